import type { ScalingLog, ServerPhase } from '../../autoscaling/scaling-log.ts';
import type { ServerState, ServerStateChange, StateChange } from '../../recording.ts';

/** A verdict of the health checks of a POP's first balancer. */
export interface Verdict {
  readonly t_s: number;
  readonly server: number;
  readonly healthy: boolean;
}

interface ServerView {
  isDead: boolean;
  isDrained: boolean;
  isAbsent: boolean;
  isJudgedUp: boolean;
  /** `in-service` where nobody scales. */
  phase: ServerPhase;
  shown: Shown;
}

type Shown = Pick<ServerStateChange, 'state' | 'scaling'>;

export interface ServerMoments {
  readonly states: readonly StateChange[];
  readonly verdicts: readonly Verdict[];
  readonly scaling: ScalingLog;
  readonly popOfServer: Int32Array;
  readonly hasChecks: boolean;
  readonly durationNs: number;
}

interface Moment {
  readonly t_s: number;
  readonly happen: () => void;
}

const PHASE_CAUSES: Readonly<Record<ServerPhase, string>> = {
  off: 'autoscaler does not ask for it',
  starting: 'autoscaler starts it',
  'in-service': 'autoscaler has started it',
  ending: 'autoscaler takes it away',
};

/**
 * What happened to servers and POPs, what autoscalers did and what the checks found, in order of
 * time, in HAProxy's words. A server of a POP that is down is dead too: its POP's own checks get no
 * answer.
 */
export function serverStates(moments: ServerMoments): readonly ServerStateChange[] {
  const { states, verdicts, scaling, popOfServer, hasChecks, durationNs } = moments;
  const views = Array.from(popOfServer, () => viewAtFirst(hasChecks));
  const isPopDead = new Set<number>();
  const isServerDead = new Set<number>();
  const changes: ServerStateChange[] = [];
  const update = (server: number, t_s: number, cause: string): void => {
    const view = views[server]!;
    view.isDead = isServerDead.has(server) || isPopDead.has(popOfServer[server]!);
    const shown = shownOf(view, hasChecks);
    if (shown.state === view.shown.state && shown.scaling === view.shown.scaling) return;
    view.shown = shown;
    changes.push({ t_s, server, cause, ...shown });
  };
  const take = (change: StateChange): void => {
    const { kind, index, state, t_s, cause } = change;
    const isDead = state === 'down' || state === 'failing';
    if (kind === 'server') {
      mark(isServerDead, index, isDead);
      views[index]!.isDrained = state === 'draining';
      views[index]!.isAbsent = state === 'withdrawn';
      update(index, t_s, cause);
    } else if (kind === 'pop') {
      // Probes of a POP that answers users with errors still reach its servers.
      mark(isPopDead, index, state === 'down');
      popOfServer.forEach((pop, server) => {
        if (pop === index) update(server, t_s, cause);
      });
    }
  };
  const phases = scaling.phases.filter(({ atNs }) => atNs <= durationNs);
  // At one instant in this order: sorting is stable.
  const all: readonly Moment[] = [
    ...states.map((change) => ({ t_s: change.t_s, happen: () => take(change) })),
    ...phases.map(({ atNs, server, phase }) => {
      const t_s = Math.max(atNs, 0) / 1e9;
      return {
        t_s,
        happen: () => {
          views[server]!.phase = phase;
          update(server, t_s, PHASE_CAUSES[phase]);
        },
      };
    }),
    ...verdicts.map(({ t_s, server, healthy }) => ({
      t_s,
      happen: () => {
        views[server]!.isJudgedUp = healthy;
        update(server, t_s, 'health check');
      },
    })),
  ];
  for (const { happen } of all.toSorted((a, b) => a.t_s - b.t_s)) happen();
  return changes;
}

function viewAtFirst(hasChecks: boolean): ServerView {
  const shown: Shown = { state: hasChecks ? 'UP' : 'no check' };
  return {
    isDead: false,
    isDrained: false,
    isAbsent: false,
    isJudgedUp: true,
    phase: 'in-service',
    shown,
  };
}

function mark(set: Set<number>, member: number, isIn: boolean): void {
  if (isIn) set.add(member);
  else set.delete(member);
}

function shownOf(view: ServerView, hasChecks: boolean): Shown {
  const { phase } = view;
  if (view.isAbsent) return { state: 'MAINT' };
  if (phase === 'off' || phase === 'starting') return { state: 'MAINT', scaling: phase };
  if (phase === 'ending') return { state: 'DRAIN', scaling: phase };
  if (view.isDrained) return { state: 'DRAIN' };
  return { state: judged(view, hasChecks) };
}

function judged({ isJudgedUp, isDead }: ServerView, hasChecks: boolean): ServerState {
  if (!hasChecks) return 'no check';
  if (isJudgedUp) return isDead ? 'UP going down' : 'UP';
  return isDead ? 'DOWN' : 'DOWN going up';
}

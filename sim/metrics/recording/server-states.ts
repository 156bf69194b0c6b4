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
  state: ServerState;
}

/**
 * What happened to servers and POPs, and what the checks found, in order of time, in HAProxy's
 * words. A server of a POP that is down is dead too: its POP's own checks get no answer.
 */
export function serverStates(
  states: readonly StateChange[],
  verdicts: readonly Verdict[],
  popOfServer: Int32Array,
  hasChecks: boolean,
): readonly ServerStateChange[] {
  const views = Array.from(popOfServer, (): ServerView => {
    const state = hasChecks ? 'UP' : 'no check';
    return { isDead: false, isDrained: false, isAbsent: false, isJudgedUp: true, state };
  });
  const isPopDead = new Set<number>();
  const isServerDead = new Set<number>();
  const changes: ServerStateChange[] = [];
  const update = (server: number, t_s: number, cause: string): void => {
    const view = views[server]!;
    view.isDead = isServerDead.has(server) || isPopDead.has(popOfServer[server]!);
    const state = stateOf(view, hasChecks);
    if (state === view.state) return;
    view.state = state;
    changes.push({ t_s, server, state, cause });
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
  let next = 0;
  for (const { t_s, server, healthy } of verdicts) {
    while (next < states.length && states[next]!.t_s <= t_s) take(states[next++]!);
    views[server]!.isJudgedUp = healthy;
    update(server, t_s, 'health check');
  }
  while (next < states.length) take(states[next++]!);
  return changes;
}

function mark(set: Set<number>, member: number, isIn: boolean): void {
  if (isIn) set.add(member);
  else set.delete(member);
}

function stateOf(view: ServerView, hasChecks: boolean): ServerState {
  if (view.isAbsent) return 'MAINT';
  if (view.isDrained) return 'DRAIN';
  if (!hasChecks) return 'no check';
  if (view.isJudgedUp) return view.isDead ? 'UP going down' : 'UP';
  return view.isDead ? 'DOWN' : 'DOWN going up';
}

import type { RecordingIndex, ServerState, ServerStateChange } from '../../sim/recording.ts';
import type { Report } from './report.ts';

/** A balancer's word for a server, and two of ours for what an autoscaler keeps out of the pool. */
export type ShownServerState = ServerState | 'scaled down' | 'starting';

export interface ServerStateNow {
  readonly state: ShownServerState;
  /** null = from the start. */
  readonly since_s: number | null;
  readonly cause: string | null;
}

/** A server's state from one change to the next, seconds. */
export interface ServerStateSpan {
  readonly from_s: number;
  readonly until_s: number;
  readonly state: ShownServerState;
  readonly cause: string | null;
}

/** What the balancer of a POP thought of each server, to be asked at any time. */
export class ServerHistory {
  readonly #initial: ServerState;
  readonly #duration_s: number;
  /** By server, in order of time. */
  readonly #changes = new Map<number, RecordingIndex['moments']['server_states'][number][]>();

  constructor({ moments, duration_s }: RecordingIndex, initial: ServerState) {
    this.#initial = initial;
    this.#duration_s = duration_s;
    for (const change of moments.server_states) {
      const list = this.#changes.get(change.server);
      if (list === undefined) this.#changes.set(change.server, [change]);
      else list.push(change);
    }
  }

  at(server: number, time_s: number): ServerStateNow {
    const last = this.#changes.get(server)?.findLast(({ t_s }) => t_s <= time_s);
    if (last === undefined) return { state: this.#initial, since_s: null, cause: null };
    return { state: shownState(last), since_s: last.t_s, cause: last.cause };
  }

  /** The whole story of a server without gaps. */
  spans(server: number): readonly ServerStateSpan[] {
    const changes = this.#changes.get(server) ?? [];
    const states = [
      { t_s: 0, state: this.#initial, cause: null },
      ...changes.map((change) => ({ ...change, state: shownState(change) })),
    ];
    return states.flatMap(({ t_s, state, cause }, i): ServerStateSpan[] => {
      const until_s = states[i + 1]?.t_s ?? this.#duration_s;
      return until_s > t_s ? [{ from_s: t_s, until_s, state, cause }] : [];
    });
  }

  hasChanges(server: number): boolean {
    return this.#changes.has(server);
  }
}

/** Whether an autoscaler starts and stops any of its servers: what a legend has to explain. */
export function hasScaledServers({ moments }: RecordingIndex): boolean {
  return moments.server_states.some(({ scaling }) => scaling !== undefined);
}

/** Of recordings of older versions nobody knows who keeps a server out: it is `MAINT`. */
function shownState({ state, scaling }: ServerStateChange): ShownServerState {
  if (scaling === 'off') return 'scaled down';
  return scaling === 'starting' ? 'starting' : state;
}

/**
 * Before its first change a server is `UP`, or `no check` where nobody checks: the recording does
 * not say which, so a change or the scenario has to.
 */
export function initialServerState(
  { moments }: RecordingIndex,
  manifest: Report['manifest'],
): ServerState {
  if (moments.server_states.some(({ state }) => /^(UP|DOWN)/.test(state))) return 'UP';
  const resolved = manifest?.resolved;
  const isChecked = typeof resolved === 'object' && resolved !== null && 'health' in resolved;
  return isChecked ? 'UP' : 'no check';
}

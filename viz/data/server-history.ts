import type { RecordingIndex, ServerState } from '../../sim/recording.ts';
import type { Report } from './report.ts';

export interface ServerStateNow {
  readonly state: ServerState;
  /** null = from the start. */
  readonly since_s: number | null;
  readonly cause: string | null;
}

/** A server's state from one change to the next, seconds. */
export interface ServerStateSpan {
  readonly from_s: number;
  readonly until_s: number;
  readonly state: ServerState;
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
    return { state: last.state, since_s: last.t_s, cause: last.cause };
  }

  /** The whole story of a server without gaps. */
  spans(server: number): readonly ServerStateSpan[] {
    const changes = this.#changes.get(server) ?? [];
    const first = { t_s: 0, state: this.#initial, cause: null };
    return [first, ...changes].flatMap(({ t_s, state, cause }, i) => {
      const until_s = changes[i]?.t_s ?? this.#duration_s;
      return until_s > t_s ? [{ from_s: t_s, until_s, state, cause }] : [];
    });
  }

  hasChanges(server: number): boolean {
    return this.#changes.has(server);
  }
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

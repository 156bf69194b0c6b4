import type { EntityState, StateChange } from '../../sim/recording.ts';

export interface StateNow {
  readonly state: EntityState;
  /** null = from the start. */
  readonly since_s: number | null;
  readonly cause: string | null;
}

const UP: StateNow = { state: 'up', since_s: null, cause: null };

/** What the story did to each entity, to be asked at any time. */
export class StateHistory {
  readonly #changes = new Map<string, StateChange[]>();

  constructor(changes: readonly StateChange[]) {
    for (const change of changes) {
      const key = `${change.kind}/${change.index}`;
      const list = this.#changes.get(key);
      if (list === undefined) this.#changes.set(key, [change]);
      else list.push(change);
    }
  }

  at(kind: StateChange['kind'], index: number, time_s: number): StateNow {
    const changes = this.#changes.get(`${kind}/${index}`);
    const last = changes?.findLast((change) => change.t_s <= time_s);
    return last === undefined ? UP : { state: last.state, since_s: last.t_s, cause: last.cause };
  }

  of(kind: StateChange['kind'], index: number): readonly StateChange[] {
    return this.#changes.get(`${kind}/${index}`) ?? [];
  }
}

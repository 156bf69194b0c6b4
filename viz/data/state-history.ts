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
  readonly #changes = new Map<StateChange['kind'], Map<number, StateChange[]>>();

  constructor(changes: readonly StateChange[]) {
    for (const change of changes) {
      let ofKind = this.#changes.get(change.kind);
      if (ofKind === undefined) this.#changes.set(change.kind, (ofKind = new Map()));
      const list = ofKind.get(change.index);
      if (list === undefined) ofKind.set(change.index, [change]);
      else list.push(change);
    }
  }

  /** Entities that are not up all the time, ascending: the only ones to look at for trouble. */
  changing(kind: StateChange['kind']): readonly number[] {
    return [...(this.#changes.get(kind)?.keys() ?? [])].sort((a, b) => a - b);
  }

  at(kind: StateChange['kind'], index: number, time_s: number): StateNow {
    const changes = this.#changes.get(kind)?.get(index);
    const last = changes?.findLast((change) => change.t_s <= time_s);
    return last === undefined ? UP : { state: last.state, since_s: last.t_s, cause: last.cause };
  }

  of(kind: StateChange['kind'], index: number): readonly StateChange[] {
    return this.#changes.get(kind)?.get(index) ?? [];
  }
}

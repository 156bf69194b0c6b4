/**
 * Effects that lie on top of each other: two `degrade` events may overlap on one server. Each
 * target keeps the list of what is active, in order of beginning, and its state is reckoned anew
 * from the list, so that the last one's end leaves exactly what was there before the first.
 */
export class ActiveEffects<Effect> {
  readonly #active = new Map<number, Effect[]>();

  begin(target: number, effect: Effect): readonly Effect[] {
    const active = [...this.of(target), effect];
    this.#active.set(target, active);
    return active;
  }

  /** Ends one: an event that repeats may lie on top of itself. */
  end(target: number, effect: Effect): readonly Effect[] {
    const before = this.of(target);
    const ending = before.indexOf(effect);
    const active = before.filter((_, index) => index !== ending);
    this.#active.set(target, active);
    return active;
  }

  endAll(target: number): readonly Effect[] {
    this.#active.delete(target);
    return [];
  }

  of(target: number): readonly Effect[] {
    return this.#active.get(target) ?? [];
  }
}

/** Product of one factor of each effect; effects without it count as 1. */
export function product<Effect>(
  effects: readonly Effect[],
  factor: (effect: Effect) => number | undefined,
): number {
  return effects.reduce((soFar, effect) => soFar * (factor(effect) ?? 1), 1);
}

/** 1 − Π (1 − ratio): independent causes of loss or error on top of each other. */
export function union<Effect>(
  effects: readonly Effect[],
  ratio: (effect: Effect) => number | undefined,
): number {
  return 1 - effects.reduce((soFar, effect) => soFar * (1 - (ratio(effect) ?? 0)), 1);
}

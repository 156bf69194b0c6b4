import type { RecordedCatchments } from '../../sim/recording.ts';

/**
 * Which POP serves each region at the time it was last moved to. Playing forwards applies the
 * changes passed; going back starts over from the initial state.
 */
export class CatchmentHistory {
  readonly #record: RecordedCatchments;
  /** Changes applied so far. */
  #applied = 0;
  /** By region: POP, or -1 without a route. */
  readonly pops: Int32Array;
  /** By region: when it last changed, seconds; -Infinity = never. */
  readonly changed_s: Float64Array;
  /** Goes up when `pops` changes. */
  version = 0;

  constructor(record: RecordedCatchments) {
    this.#record = record;
    this.pops = Int32Array.from(record.initial);
    this.changed_s = new Float64Array(record.initial.length).fill(-Infinity);
  }

  moveTo(time_s: number): void {
    const { t_s, region, pop, initial } = this.#record;
    if (this.#applied > 0 && t_s[this.#applied - 1]! > time_s) {
      this.pops.set(initial);
      this.changed_s.fill(-Infinity);
      this.#applied = 0;
      this.version++;
    }
    const before = this.#applied;
    while (this.#applied < t_s.length && t_s[this.#applied]! <= time_s) {
      const change = this.#applied++;
      this.pops[region[change]!] = pop[change]!;
      this.changed_s[region[change]!] = t_s[change]!;
    }
    if (this.#applied !== before) this.version++;
  }
}

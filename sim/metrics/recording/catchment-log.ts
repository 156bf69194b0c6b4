import type { RecordedCatchments } from '../../recording.ts';
import type { Routing } from '../../routing/routing.ts';

/** Which POP serves each region: as it is at 0:00, and every change. */
export class CatchmentLog {
  private readonly routing: Routing;
  private readonly pop: Int32Array;
  #initial: readonly number[] = [];
  readonly #times_s: number[] = [];
  readonly #regions: number[] = [];
  readonly #pops: number[] = [];

  constructor(routing: Routing, regionCount: number) {
    this.routing = routing;
    this.pop = new Int32Array(regionCount);
  }

  /** The story begins. */
  open(): void {
    for (let region = 0; region < this.pop.length; region++) {
      this.pop[region] = this.routing.servingPop(region);
    }
    this.#initial = [...this.pop];
  }

  /** Looks at all regions: what DNS or an oracle decides is announced by nobody. */
  look(nowNs: number): void {
    for (let region = 0; region < this.pop.length; region++) this.lookAt(region, nowNs);
  }

  lookAt(region: number, nowNs: number): void {
    const pop = this.routing.servingPop(region);
    if (pop === this.pop[region]) return;
    this.pop[region] = pop;
    this.#times_s.push(nowNs / 1e9);
    this.#regions.push(region);
    this.#pops.push(pop);
  }

  recorded(): RecordedCatchments {
    return {
      initial: this.#initial,
      t_s: this.#times_s,
      region: this.#regions,
      pop: this.#pops,
    };
  }
}

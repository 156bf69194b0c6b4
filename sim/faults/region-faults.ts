import type { Tables } from '../tables.ts';
import type { EventAction } from '../world.ts';
import { ActiveEffects, union } from './active-effects.ts';

type Degradation = Extract<EventAction, { verb: 'degrade' }>;

/** What can happen to a region's access network: loss, of all that `degrade` may say. */
export class RegionFaults {
  private readonly tables: Tables;
  readonly #degradations = new ActiveEffects<Degradation>();

  constructor(tables: Tables) {
    this.tables = tables;
  }

  degrade(region: number, degradation: Degradation): void {
    this.#apply(region, this.#degradations.begin(region, degradation));
  }

  restore(region: number, degradation: Degradation): void {
    this.#apply(region, this.#degradations.end(region, degradation));
  }

  /** Nothing degrades it any more. */
  restoreFully(region: number): void {
    this.#apply(region, this.#degradations.endAll(region));
  }

  #apply(region: number, active: readonly Degradation[]): void {
    this.tables.regionLossRatio[region] = union(active, (effect) => effect.lossRatio);
  }
}

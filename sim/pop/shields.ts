import type { Backbone } from '../network/backbone.ts';
import { NONE } from '../requests.ts';
import { Condition, type Pops } from './pops.ts';

/**
 * Which shield POP each POP sends its misses to: the nearest by propagation over the backbone that
 * is serving; ties by order of declaration. A shield POP has no shield but itself, and asks the
 * origin.
 */
export class Shields {
  private readonly pops: Pops;
  private readonly backbone: Backbone;
  private readonly shieldPops: readonly number[];
  private readonly shieldOf: Int32Array;

  constructor(names: readonly string[], pops: Pops, backbone: Backbone) {
    this.pops = pops;
    this.backbone = backbone;
    this.shieldPops = names.map((name) => pops.names.indexOf(name));
    this.shieldOf = new Int32Array(pops.count).fill(NONE);
    this.choose();
  }

  /** NONE where misses go straight to the origin. */
  of(pop: number): number {
    return this.shieldOf[pop]!;
  }

  /** Chooses anew: a POP or a link has changed. */
  choose(): void {
    for (let pop = 0; pop < this.pops.count; pop++) this.shieldOf[pop] = this.#nearest(pop);
  }

  #nearest(pop: number): number {
    if (this.shieldPops.includes(pop)) return NONE;
    let nearest = NONE;
    let leastNs = Infinity;
    for (const shield of this.shieldPops) {
      if (this.pops.condition[shield] !== Condition.Serving) continue;
      const distanceNs = this.backbone.distanceNs(pop, shield);
      if (distanceNs < leastNs) {
        leastNs = distanceNs;
        nearest = shield;
      }
    }
    return nearest;
  }
}

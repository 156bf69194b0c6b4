/** The metros of one world, with distances. */

import type { MetroAttributes } from '../attributes.ts';
import { greatCircleKm } from '../geo.ts';
import { demand, metroTable } from './metro-table.ts';

export class MetroMap {
  /** Ordered by code. */
  readonly metros: readonly MetroAttributes[];
  readonly codes: readonly string[];
  readonly #byCode: ReadonlyMap<string, MetroAttributes>;

  /** The named metros and then the largest others by demand, `count` in all. */
  constructor(named: Iterable<string>, count: number) {
    const table = metroTable();
    const chosen = new Set(named);
    // Ties by code, as sorting is stable and the table is ordered.
    for (const { name } of [...table].sort((a, b) => demand(b) - demand(a))) {
      if (chosen.size < count) chosen.add(name);
    }
    this.metros = table.filter(({ name }) => chosen.has(name));
    this.codes = this.metros.map(({ name }) => name);
    this.#byCode = new Map(this.metros.map((metro) => [metro.name, metro]));
  }

  has(code: string): boolean {
    return this.#byCode.has(code);
  }

  /** Throws for a code that is not in this world. */
  metro(code: string): MetroAttributes {
    const metro = this.#byCode.get(code);
    if (metro === undefined) throw new Error(`no metro "${code}" in this world`);
    return metro;
  }

  km(from: string, to: string): number {
    const [a, b] = [this.metro(from), this.metro(to)];
    return greatCircleKm(a.latitude, a.longitude, b.latitude, b.longitude);
  }

  /** Code of the one with most demand of a non-empty list. */
  largest(metros: readonly MetroAttributes[]): string {
    return metros.reduce((a, b) => (demand(b) > demand(a) ? b : a)).name;
  }

  /** The nearest of a non-empty list; ties by order in the list. */
  nearest(from: string, candidates: readonly string[]): string {
    let best = candidates[0]!;
    let bestKm = Infinity;
    for (const candidate of candidates) {
      const km = this.km(from, candidate);
      if (km < bestKm) [best, bestKm] = [candidate, km];
    }
    return best;
  }
}

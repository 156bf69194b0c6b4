/** From the names that scenarios use to the indices of a compiled network. */

import type { AsIndex, LinkIndex, MetroIndex, Network, PopIndex, RegionIndex } from './network.ts';

export interface NetworkNames {
  readonly metros: ReadonlyMap<string, MetroIndex>;
  /** By AS number, as AS names need not be unique. */
  readonly ases: ReadonlyMap<number, AsIndex>;
  readonly pops: ReadonlyMap<string, PopIndex>;
  readonly links: ReadonlyMap<string, LinkIndex>;
  readonly regions: ReadonlyMap<string, RegionIndex>;
}

export function indexNames(network: Network): NetworkNames {
  return {
    metros: positions(network.metroNames),
    ases: positions([...network.asn]),
    pops: positions(network.popNames),
    links: positions(network.linkNames),
    regions: positions(network.regionNames),
  };
}

function positions<N, I extends number>(names: readonly N[]): ReadonlyMap<N, I> {
  return new Map(names.map((name, index) => [name, index as I]));
}

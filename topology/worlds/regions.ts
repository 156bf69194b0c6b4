/** Client regions: a metro as seen through one of its eyeball ASes. */

import type { AccessTechnology, Continent } from '../attributes.ts';
import { ACCESS_RTT_NS } from '../access.ts';
import type { NetworkGraph } from '../network-graph.ts';
import type { AsHierarchy } from './as-hierarchy.ts';
import { drawFor, type Draw } from './draw.ts';
import type { MetroMap } from './metro-map.ts';
import { demand } from './metro-table.ts';
import type { WorldPlan } from './world-plan.ts';

/**
 * Share of lines that are fibre and cable, the rest DSL; a coarse reading of the OECD broadband
 * statistics of 2023 and, outside the OECD, an estimate.
 */
const LINES: Readonly<Record<Continent, { readonly fibre: number; readonly cable: number }>> = {
  africa: { fibre: 0.35, cable: 0 },
  asia: { fibre: 0.75, cable: 0.1 },
  europe: { fibre: 0.45, cable: 0.25 },
  'north-america': { fibre: 0.25, cable: 0.6 },
  oceania: { fibre: 0.5, cable: 0.2 },
  'south-america': { fibre: 0.65, cable: 0.2 },
};

/**
 * Of a metro with two regions, the share of clients with the country's carrier, not the local
 * one.
 */
const NATIONAL_SHARE = 0.6;

export function addRegions(
  graph: NetworkGraph,
  plan: WorldPlan,
  map: MetroMap,
  { nationals, locals }: AsHierarchy,
): void {
  const draw = drawFor(plan.seed, 'regions');
  const nationalOf = new Map(nationals.map((as) => [as.country, as]));
  const bySize = map.metros
    .map((metro, index) => ({ metro, local: locals[index]!, demand: demand(metro) }))
    .sort((a, b) => b.demand - a.demand);
  // Each metro is a region; the largest that have a national carrier are two, until there are
  // enough.
  const twice = new Set(
    bySize
      .filter(({ metro }) => nationalOf.has(metro.country))
      .slice(0, plan.regionCount - bySize.length),
  );
  const total = bySize.reduce((sum, entry) => sum + entry.demand, 0);
  for (const entry of bySize.sort((a, b) => (a.metro.name < b.metro.name ? -1 : 1))) {
    const { metro, local } = entry;
    const name = `${metro.country.toLowerCase()}-${metro.name}`;
    const add = (name: string, as: number, share: number): void => {
      const access = technology(metro.continent, draw);
      graph.addNode(`region/${name}`, {
        kind: 'region',
        name,
        metro: `metro/${metro.name}`,
        as: `as/${as}`,
        continent: metro.continent,
        country: metro.country,
        populationShare: (share * entry.demand) / total,
        access,
        accessRttNs: ACCESS_RTT_NS[access],
      });
    };
    if (!twice.has(entry)) add(name, local.asn, 1);
    else {
      add(name, nationalOf.get(metro.country)!.asn, NATIONAL_SHARE);
      add(`${name}-2`, local.asn, 1 - NATIONAL_SHARE);
    }
  }
}

function technology(continent: Continent, draw: Draw): AccessTechnology {
  const { fibre, cable } = LINES[continent];
  if (draw.chance(fibre)) return 'fibre';
  return draw.chance(cable / (1 - fibre)) ? 'cable' : 'dsl';
}

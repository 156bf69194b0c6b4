/** Who is a member of which IXP, and which members peer with each other there. */

import type { AsHierarchy, DraftAs } from './as-hierarchy.ts';
import { drawFor } from './draw.ts';
import type { WorldKnobs } from './knobs.ts';
import type { MetroMap } from './metro-map.ts';
import type { WorldPlan } from './world-plan.ts';

/** Members by metro code of the IXP. */
export type Exchanges = ReadonlyMap<string, readonly DraftAs[]>;

/** Draws members, adds the IXP's metro to those who come from elsewhere, and lets eyeballs peer. */
export function buildExchanges(
  plan: WorldPlan,
  map: MetroMap,
  knobs: WorldKnobs,
  { regionals, nationals, locals }: AsHierarchy,
): Exchanges {
  const draw = drawFor(plan.seed, 'exchanges');
  const exchanges = new Map<string, DraftAs[]>(plan.ixps.map((ixp) => [ixp, []]));
  for (const as of [...regionals, ...nationals, ...locals]) {
    const here = plan.ixps.filter((ixp) => as.metros.has(ixp));
    for (const ixp of here) if (draw.chance(knobs.ixpLocal)) exchanges.get(ixp)!.push(as);
    if (here.length > 0 || as.tier === 'transit') continue;
    const from = as.home ?? [...as.metros][0]!;
    const ixp = map.nearest(from, plan.ixps);
    if (map.km(from, ixp) > knobs.ixpRemoteKm || !draw.chance(knobs.ixpRemote)) continue;
    as.metros.add(ixp);
    exchanges.get(ixp)!.push(as);
  }
  for (const members of exchanges.values()) {
    const eyeballs = members.filter((as) => as.tier === 'eyeball');
    eyeballs.forEach((as, index) => {
      for (const other of eyeballs.slice(0, index)) {
        if (!draw.chance(knobs.eyeballPeering) || as.peers.has(other) || other.peers.has(as))
          continue;
        if (as.providers.has(other) || other.providers.has(as)) continue;
        as.peers.add(other);
      }
    });
  }
  return exchanges;
}

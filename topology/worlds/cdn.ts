/** The CDN of a built-in world: its POPs, their BGP sessions, and the backbone between them. */

import { CONTINENTS, Relation, type Continent } from '../attributes.ts';
import { propagationNs } from '../geo.ts';
import { addLink, type NetworkGraph } from '../network-graph.ts';
import type { AsHierarchy, DraftAs } from './as-hierarchy.ts';
import { backboneByRule } from './backbone-by-rule.ts';
import { drawFor } from './draw.ts';
import type { Exchanges } from './exchanges.ts';
import type { WorldKnobs } from './knobs.ts';
import type { MetroMap } from './metro-map.ts';
import type { WorldPlan } from './world-plan.ts';

const BACKBONE_BANDWIDTH_BPS = 400e9;
/** Bit errors and micro-bursts of a link that is not congested. */
const BACKBONE_LOSS_RATIO = 0.00001;
/**
 * Buffer of a link: a tenth of a typical long-haul RTT, as many flows share it (Appenzeller
 * 2004).
 */
const BACKBONE_BUFFER_NS = 20_000_000;

export function addPops(graph: NetworkGraph, plan: WorldPlan, map: MetroMap): void {
  for (const code of [...plan.pops].sort()) {
    const { latitude, longitude, continent, country } = map.metro(code);
    const metro = `metro/${code}`;
    graph.addNode(`pop/${code}`, {
      kind: 'pop',
      name: code,
      metro,
      latitude,
      longitude,
      continent,
      country,
    });
  }
}

/** Transit at every POP, peering at the POPs that stand where an IXP is. */
export function addSessions(
  graph: NetworkGraph,
  plan: WorldPlan,
  map: MetroMap,
  knobs: WorldKnobs,
  hierarchy: AsHierarchy,
  exchanges: Exchanges,
): void {
  const draw = drawFor(plan.seed, 'sessions');
  const contracts = transitContracts(plan, knobs, hierarchy);
  const at = (code: string) => (as: DraftAs) => as.metros.has(code);
  const byAsn = (a: DraftAs, b: DraftAs): number => a.asn - b.asn;
  for (const code of [...plan.pops].sort()) {
    const sellers = hierarchy.tier1s.filter(at(code));
    let transit = sellers.filter(
      (as) =>
        draw.chance(knobs.cdnTransit) && contracts.get(as)!.includes(map.metro(code).continent),
    );
    if (transit.length === 0) {
      const others = sellers.length > 0 ? sellers : hierarchy.regionals.filter(at(code));
      transit = [draw.pick(others.length > 0 ? others : hierarchy.tier1s)];
    }
    for (const as of transit.sort(byAsn)) {
      addLink(graph, `pop/${code}`, `as/${as.asn}`, {
        kind: 'session',
        relation: Relation.Provider,
      });
    }
    const members = (exchanges.get(code) ?? []).filter((as) => !transit.includes(as));
    const peers = members.filter((as) =>
      draw.chance(as.tier === 'transit' ? knobs.cdnRegionalPeering : knobs.cdnEyeballPeering),
    );
    for (const as of peers.sort(byAsn)) {
      addLink(graph, `pop/${code}`, `as/${as.asn}`, {
        kind: 'session',
        relation: Relation.Peer,
        ixp: `ixp/${code}`,
      });
    }
  }
}

/** On which continents the CDN buys from each tier-1. */
function transitContracts(
  plan: WorldPlan,
  knobs: WorldKnobs,
  { tier1s }: AsHierarchy,
): ReadonlyMap<DraftAs, readonly Continent[]> {
  const draw = drawFor(plan.seed, 'transit contracts');
  return new Map(
    tier1s.map((as) => {
      const only = draw.pick<Continent>(['europe', 'north-america']);
      return [as, draw.chance(knobs.cdnOneContinent) ? [only] : CONTINENTS];
    }),
  );
}

export function addBackbone(graph: NetworkGraph, plan: WorldPlan, map: MetroMap): void {
  const { backbone, backboneIs, pops } = plan;
  const names = backboneIs === 'all' ? backbone : backboneByRule(pops, backbone, map);
  for (const name of names) {
    const [a, b] = name.split('-') as [string, string];
    addLink(graph, `pop/${a}`, `pop/${b}`, {
      kind: 'backbone',
      name,
      latencyNs: propagationNs(map.km(a, b)),
      bandwidthBps: BACKBONE_BANDWIDTH_BPS,
      lossRatio: BACKBONE_LOSS_RATIO,
      bufferNs: BACKBONE_BUFFER_NS,
    });
  }
}

/**
 * The tiered AS graph of a built-in world.
 *
 *     tier-1 ═══ tier-1        full mesh of peers, present at the hubs
 *        │          │
 *     regional ── regional     present in their countries and at hubs abroad
 *        │    ╲     │
 *     national    local ══ IXP ══ local     eyeballs: a metro's own, a country's
 */

import type { AsAttributes, MetroAttributes } from '../attributes.ts';
import { HUBS, REGIONALS, SECOND_HUBS, TIER_1S, type RegionalCarrier } from './carriers.ts';
import { drawFor, type Draw } from './draw.ts';
import type { WorldKnobs } from './knobs.ts';
import type { MetroMap } from './metro-map.ts';
import type { WorldPlan } from './world-plan.ts';

/** An AS under construction; the lists are of other members of the hierarchy. */
export interface DraftAs {
  readonly asn: number;
  readonly name: string;
  readonly tier: AsAttributes['tier'];
  /** Metro of a local eyeball; null for others. */
  readonly home: string | null;
  /** Country of an eyeball; empty for carriers. */
  readonly country: string;
  readonly metros: Set<string>;
  readonly providers: Set<DraftAs>;
  readonly peers: Set<DraftAs>;
}

export interface AsHierarchy {
  readonly tier1s: readonly DraftAs[];
  readonly regionals: readonly DraftAs[];
  /** One a country with two metros or more. */
  readonly nationals: readonly DraftAs[];
  /** One a metro, in the order of the metros. */
  readonly locals: readonly DraftAs[];
}

/** First private 32-bit AS number (RFC 6996): eyeballs are nobody in particular. */
const FIRST_PRIVATE_ASN = 4_200_000_000;

export function buildHierarchy(plan: WorldPlan, map: MetroMap, knobs: WorldKnobs): AsHierarchy {
  const tier1s = buildTier1s(plan, map, knobs);
  const carriers = REGIONALS.slice(0, plan.regionalCount);
  const regionals = buildRegionals(plan, carriers, map, knobs, tier1s);
  const nationals = buildNationals(plan, map, knobs);
  const locals = map.metros.map((metro, index) =>
    draft(FIRST_PRIVATE_ASN + 1000 + index, `${metro.name}-local`, 'eyeball', [metro.name], {
      home: metro.name,
      country: metro.country,
    }),
  );
  const market: Market = { map, knobs, tier1s, regionals, carriers, nationals };
  const draw = drawFor(plan.seed, 'providers');
  for (const national of nationals) chooseProviders(national, market, draw);
  for (const local of locals) chooseProviders(local, market, draw);
  return { tier1s, regionals, nationals, locals };
}

interface Market {
  readonly map: MetroMap;
  readonly knobs: WorldKnobs;
  readonly tier1s: readonly DraftAs[];
  readonly regionals: readonly DraftAs[];
  readonly carriers: readonly RegionalCarrier[];
  readonly nationals: readonly DraftAs[];
}

function draft(
  asn: number,
  name: string,
  tier: AsAttributes['tier'],
  metros: Iterable<string>,
  where: { readonly home: string | null; readonly country: string } = { home: null, country: '' },
): DraftAs {
  return {
    asn,
    name,
    tier,
    ...where,
    metros: new Set(metros),
    providers: new Set(),
    peers: new Set(),
  };
}

function buildTier1s(plan: WorldPlan, map: MetroMap, knobs: WorldKnobs): readonly DraftAs[] {
  const draw = drawFor(plan.seed, 'tier-1 footprints');
  const { tier1AtHub, tier1AtSecondHub, tier1Elsewhere, tier1Overseas } = knobs;
  const presence = ({ name, continent }: MetroAttributes): number => {
    const isOverseas = continent !== 'europe' && continent !== 'north-america';
    const probability = byRank(name, tier1AtHub, tier1AtSecondHub, tier1Elsewhere);
    return isOverseas ? tier1Overseas * probability : probability;
  };
  const tier1s = TIER_1S.slice(0, plan.tier1Count).map(({ asn, name }) => {
    const metros = map.metros.filter((metro) => draw.chance(presence(metro)));
    return draft(
      asn,
      name,
      'tier-1',
      metros.map((metro) => metro.name),
    );
  });
  tier1s.forEach((as, index) => {
    for (const other of tier1s.slice(0, index)) as.peers.add(other);
  });
  return tier1s;
}

function byRank(code: string, hub: number, secondHub: number, elsewhere: number): number {
  if (HUBS.includes(code)) return hub;
  return SECOND_HUBS.includes(code) ? secondHub : elsewhere;
}

function buildRegionals(
  plan: WorldPlan,
  carriers: readonly RegionalCarrier[],
  map: MetroMap,
  knobs: WorldKnobs,
  tier1s: readonly DraftAs[],
): readonly DraftAs[] {
  const draw = drawFor(plan.seed, 'regional carriers');
  const regionals = carriers.map(({ asn, name, sellsIn, hubs }) => {
    const home = map.metros.filter((metro) => sells(sellsIn, metro));
    const { regionalAtHub, regionalAtSecondHub, regionalElsewhere } = knobs;
    const sold = home
      .map((metro) => metro.name)
      .filter((code) =>
        draw.chance(byRank(code, regionalAtHub, regionalAtSecondHub, regionalElsewhere)),
      );
    const abroad = hubs.filter((hub) => map.has(hub));
    return draft(asn, name, 'transit', [...sold, ...abroad]);
  });
  for (const regional of regionals) {
    const met = tier1s.filter((tier1) => shareMetro(tier1, regional));
    const upstreams = met.length >= knobs.regionalUpstreams ? met : tier1s;
    while (regional.providers.size < Math.min(knobs.regionalUpstreams, upstreams.length)) {
      regional.providers.add(draw.pick(upstreams));
    }
  }
  regionals.forEach((as, index) => {
    for (const other of regionals.slice(0, index)) {
      if (shareMetro(as, other) && draw.chance(knobs.regionalPeering)) as.peers.add(other);
    }
  });
  return regionals;
}

function sells(sellsIn: readonly string[], { name, country }: MetroAttributes): boolean {
  return sellsIn.includes(country) || sellsIn.includes(name);
}

function buildNationals(plan: WorldPlan, map: MetroMap, knobs: WorldKnobs): readonly DraftAs[] {
  const draw = drawFor(plan.seed, 'national carriers');
  const byCountry = new Map<string, MetroAttributes[]>();
  for (const metro of map.metros) {
    const metros = byCountry.get(metro.country);
    if (metros === undefined) byCountry.set(metro.country, [metro]);
    else metros.push(metro);
  }
  return [...byCountry]
    .filter(([, metros]) => metros.length >= 2)
    .map(([country, metros], index) =>
      draft(
        FIRST_PRIVATE_ASN + index,
        `${country.toLowerCase()}-national`,
        'eyeball',
        metros
          .map((metro) => metro.name)
          .filter(
            (code) =>
              code === map.largest(metros) ||
              draw.chance(byRank(code, 1, 1, knobs.nationalElsewhere)),
          ),
        { home: null, country },
      ),
    );
}

/** Every eyeball gets one provider at least; where nobody sells at its metro it buys at a hub. */
function chooseProviders(eyeball: DraftAs, market: Market, draw: Draw): void {
  const { knobs, map } = market;
  const regionals = market.regionals.filter((as) => shareMetro(as, eyeball));
  const national = market.nationals.filter(
    (as) => eyeball.home !== null && as.country === eyeball.country,
  );
  const nearby = [...regionals, ...national];
  const tier1s = market.tier1s.filter((as) => shareMetro(as, eyeball));
  const wanted =
    1 + (draw.chance(knobs.secondProvider) ? 1 + (draw.chance(knobs.secondProvider) ? 1 : 0) : 0);
  for (let i = 0; i < wanted; i++) {
    const first = draw.chance(knobs.buysRegional) ? nearby : tier1s;
    const sellers = first.length > 0 ? first : first === nearby ? tier1s : nearby;
    if (sellers.length > 0) eyeball.providers.add(draw.pick(sellers));
  }
  const stranded = eyeball.providers.size === 0;
  if (!stranded && !draw.chance(knobs.buysAbroad)) return;
  const serving = market.regionals.filter((_, i) =>
    market.carriers[i]!.sellsIn.includes(eyeball.country),
  );
  const seller = stranded && serving.length > 0 ? draw.pick(serving) : draw.pick(market.tier1s);
  if (shareMetro(seller, eyeball)) return void eyeball.providers.add(seller);
  eyeball.metros.add(map.nearest([...eyeball.metros][0]!, [...seller.metros]));
  eyeball.providers.add(seller);
}

function shareMetro(a: DraftAs, b: DraftAs): boolean {
  const [small, large] = a.metros.size < b.metros.size ? [a, b] : [b, a];
  for (const metro of small.metros) if (large.metros.has(metro)) return true;
  return false;
}

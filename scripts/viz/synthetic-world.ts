import { greatCircleKm } from '../../topology/index.ts';
import type { RecordedLink, RecordedPop, RecordedRegion, RecordedWorld } from '../../sim/index.ts';
import { RandomStreams, type Stream } from '../../sim/kernel/random.ts';
import { coloursOf } from '../../sim/metrics/recording/palette.ts';

/** Sizes of worlds that the page must bear: design of the dashboard, performance budget. */
export const TIERS = {
  S: { pops: 24, links: 60, regions: 100 },
  M: { pops: 150, links: 1000, regions: 2000 },
  L: { pops: 500, links: 5000, regions: 20_000 },
} as const;
export type Tier = keyof typeof TIERS;

export function streamOf(tier: Tier, purpose: string): Stream {
  return new RandomStreams(`synthetic ${tier}`, 0).stream(purpose, 0);
}

/** A world of a tier's size: places drawn within the inhabited latitudes, links to the nearest. */
export function syntheticWorld(tier: Tier): RecordedWorld {
  const { pops: popCount, links: linkCount, regions: regionCount } = TIERS[tier];
  const draw = streamOf(tier, 'world');
  const place = () => ({
    latitude: Math.round((draw.uniform() * 110 - 45) * 100) / 100,
    longitude: Math.round((draw.uniform() * 340 - 170) * 100) / 100,
  });
  const places = Array.from({ length: popCount }, place);
  const colours = coloursOf(places);
  const servers = 4;
  const pops = places.map((at, pop): RecordedPop => {
    const name = `p${pop}`;
    return {
      name,
      label: `City ${pop}`,
      ...at,
      country: null,
      continent: null,
      first_server: pop * servers,
      server_count: servers,
      concurrency: servers * 8,
      capacity_per_s: 4000,
      egress_bps: 100e9,
      is_shield: pop % 10 === 0,
      colour: colours[pop]!,
    };
  });
  const weights = Array.from({ length: regionCount }, () => draw.exponential(1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    pops,
    servers: pops.flatMap((_, pop) =>
      Array.from({ length: servers }, (__, i) => ({
        name: String(i),
        pop,
        weight: 1,
        concurrency: 8,
        speed: 1,
      })),
    ),
    links: nearestLinks(pops, linkCount),
    regions: weights.map((weight, region): RecordedRegion => ({
      name: `r${region}`,
      label: `Region ${region}`,
      ...place(),
      country: null,
      continent: null,
      weight: weight / total,
    })),
    origins: [{ name: 'main', near_pop: 0, server_count: 8 }],
    prefixes: ['www'],
    classes: ['page'],
    routing: 'anycast',
    balancer: 'two-choices',
    has_geography: true,
  };
}

/** The shortest pairs, of each POP in turn its nearest, then its second nearest … */
function nearestLinks(pops: readonly RecordedPop[], count: number): RecordedLink[] {
  const links = new Map<string, RecordedLink>();
  const ranked = pops.map((_, a) => nearest(pops, a));
  for (let rank = 0; links.size < count && rank < pops.length - 1; rank++) {
    for (let pop = 0; pop < pops.length && links.size < count; pop++) {
      const other = ranked[pop]![rank]!;
      const [a, b] = pop < other ? [pop, other] : [other, pop];
      const name = `p${a}-p${b}`;
      const rtt_s = (2 * distanceKm(pops[a]!, pops[b]!)) / 200_000;
      links.set(name, { name, kind: 'backbone', a, b, bandwidth_bps: 100e9, rtt_s });
    }
  }
  return [...links.values()];
}

function nearest(pops: readonly RecordedPop[], from: number): number[] {
  const km = pops.map((pop) => distanceKm(pops[from]!, pop));
  return pops
    .map((_, pop) => pop)
    .filter((pop) => pop !== from)
    .sort((a, b) => km[a]! - km[b]! || a - b);
}

type Place = Pick<RecordedPop, 'latitude' | 'longitude'>;

export function distanceKm(a: Place, b: Place): number {
  return greatCircleKm(a.latitude!, a.longitude!, b.latitude!, b.longitude!);
}

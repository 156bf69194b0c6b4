import { hash32 } from '../../balancer/index.ts';
import { exp } from '../kernel/exp.ts';
import { log } from '../kernel/log.ts';
import { mix32 } from '../kernel/mix.ts';
import { purposeKey, uniformFrom } from '../kernel/random.ts';
import type { Tables } from '../tables.ts';
import { characteristicTime } from './characteristic-time.ts';
import { Tier } from './fetches.ts';
import { WarmContents } from './warm-contents.ts';
import { cacheKey, objectShares, type Places, placesOf, type WarmTables } from './warm-tables.ts';

const PRESENCE = purposeKey('warm-presence');
const FRESHNESS = purposeKey('warm-freshness');

/** 1 and far more than three rounded operations can be off by. */
const ROUNDING_ROOM = 1 + 1e-9;

/** The caches of one tier at one POP, and what reaches them. */
interface CacheGroup {
  readonly tier: Tier;
  readonly pop: number;
  /** Requests for each object of the catalogue, relative to each other. */
  readonly rates: Float64Array;
  readonly places: Places | null;
  /** By server of the POP. */
  readonly times: Float64Array;
}

/**
 * Fills the caches with what they would hold after a long time of this traffic: object i is in an
 * LRU cache with probability 1 − exp(−λᵢT), T being the cache's characteristic time (Che, Tung &
 * Wang 2002). The shield tier sees what the edge misses, λᵢ exp(−λᵢT). Then only queues and
 * connections are left to the pre-run.
 */
export function warmCaches(tables: Tables, seed: number, warm: WarmTables): void {
  const { pops, caches } = tables;
  const asked = (warm.asked ??= objectShares(tables));
  const missed = warm.missed ?? new Float64Array(asked.length);
  if (caches.hasTier(Tier.Edge)) {
    for (let pop = 0; pop < pops.count; pop++) {
      const group = cacheGroup(tables, Tier.Edge, pop, asked, warm);
      fill(tables, group, seed);
      if (warm.missed === null) addMisses(missed, group);
    }
  }
  warm.missed = missed;
  if (!caches.hasTier(Tier.Shield)) return;
  for (let pop = 0; pop < pops.count; pop++) {
    if (caches.cache(Tier.Shield, pops.firstServer(pop)) === undefined) continue;
    fill(tables, cacheGroup(tables, Tier.Shield, pop, missed, warm), seed);
  }
}

function cacheGroup(
  tables: Tables,
  tier: Tier,
  pop: number,
  rates: Float64Array,
  warm: WarmTables,
): CacheGroup {
  const key = cacheKey(tier, pop);
  let places = warm.places.get(key);
  if (places === undefined) {
    places = placesOf(tables, tier, pop);
    warm.places.set(key, places);
  }
  let times = warm.characteristicTimes.get(key);
  if (times === undefined) {
    times = timesOf(tables, tier, pop, rates, places);
    warm.characteristicTimes.set(key, times);
  }
  return { tier, pop, rates, places, times };
}

/** Characteristic time of each server's cache. */
function timesOf(
  { pops, world, catalogue }: Tables,
  tier: Tier,
  pop: number,
  rates: Float64Array,
  places: Places | null,
): Float64Array {
  const { edge, shield } = world.cache!;
  const { capacityBytes, capacityObjects } = tier === Tier.Edge ? edge! : shield!;
  const capacity = Math.min(capacityBytes, capacityObjects);
  const times = new Float64Array(pops.serverCountOf(pop));
  const counts = new Int32Array(times.length);
  for (let object = 0; object < rates.length; object++) {
    if (rates[object]! > 0) counts[places === null ? 0 : places[object]!]!++;
  }
  const ratesOf = Array.from(counts, (count) => new Float64Array(count));
  const sizesOf = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let object = 0; object < rates.length; object++) {
    if (rates[object]! <= 0) continue;
    const server = places === null ? 0 : places[object]!;
    const at = counts[server]!++;
    ratesOf[server]![at] = rates[object]!;
    sizesOf[server]![at] =
      capacityBytes < Infinity ? catalogue.sizeBytes(catalogue.classOf(object), object) : 1;
  }
  if (places === null) return times.fill(characteristicTime(ratesOf[0]!, sizesOf[0]!, capacity));
  return times.map((_, server) => characteristicTime(ratesOf[server]!, sizesOf[server]!, capacity));
}

function addMisses(missed: Float64Array, { rates, places, times }: CacheGroup): void {
  for (let object = 0; object < rates.length; object++) {
    const rate = rates[object]!;
    if (rate <= 0) continue;
    if (places !== null) {
      missed[object]! += rate * exp(-rate * times[places[object]!]!);
    } else {
      const missRate = rate * exp(-rate * times[0]!);
      for (let server = 0; server < times.length; server++) missed[object]! += missRate;
    }
  }
}

/** Stores what the draw says is there, the longest unused first, so that it is evicted first. */
function fill(tables: Tables, group: CacheGroup, seed: number): void {
  const { pops } = tables;
  const { tier, pop, places, times } = group;
  const first = pops.firstServer(pop);
  const cacheSeeds = Int32Array.from(times, (_, server) =>
    mix32(seed ^ hash32(`${tier}/${pops.serverNames[first + server]!}`)),
  );
  const contents = Array.from(times, () => new WarmContents());
  if (places === null) {
    times.forEach((_, server) => drawContents(group, cacheSeeds, contents, server));
  } else {
    drawContents(group, cacheSeeds, contents, null);
  }
  contents.forEach((content, server) => {
    const objects = content.longestUnusedFirst();
    store(tables, tier, first + server, objects, cacheSeeds[server]!);
  });
}

/** Of all objects at one server, or of each where it belongs. */
function drawContents(
  { rates, places, times }: CacheGroup,
  cacheSeeds: Int32Array,
  contents: readonly WarmContents[],
  onlyServer: number | null,
): void {
  for (let object = 0; object < rates.length; object++) {
    const rate = rates[object]!;
    if (rate <= 0) continue;
    const server = onlyServer ?? places![object]!;
    const timeT = times[server]!;
    // Age of the last use is exponential; the object is there if it is less than T.
    const uniform = uniformFrom(mix32(object ^ cacheSeeds[server]!), PRESENCE);
    // −ln u ≥ 1 − u: most objects are seldom asked for and told absent without a logarithm
    if (1 - uniform > rate * timeT * ROUNDING_ROOM) continue;
    const age = -log(uniform) / rate;
    if (age < timeT) contents[server]!.add(object, age);
  }
}

function store(
  { caches, catalogue, kernel, world }: Tables,
  tier: Tier,
  server: number,
  objects: Int32Array,
  cacheSeed: number,
): void {
  for (const object of objects) {
    const classIndex = catalogue.classOf(object);
    const { ttlNs } = world.classes[classIndex]!;
    const left = uniformFrom(mix32(object ^ cacheSeed), FRESHNESS);
    const expiresNs = kernel.nowNs + (ttlNs === Infinity ? Infinity : left * ttlNs);
    caches.store(tier, server, object, catalogue.sizeBytes(classIndex, object), expiresNs);
  }
}

import { hash32, policies } from '../../balancer/index.ts';
import { exp } from '../kernel/exp.ts';
import { log } from '../kernel/log.ts';
import { mix32 } from '../kernel/mix.ts';
import { purposeKey, uniformFrom } from '../kernel/random.ts';
import { zipfShares } from '../kernel/zipf.ts';
import { NONE } from '../requests.ts';
import type { Tables } from '../tables.ts';
import { characteristicTime } from './characteristic-time.ts';
import { Tier } from './fetches.ts';

const PRESENCE = purposeKey('warm-presence');
const FRESHNESS = purposeKey('warm-freshness');

/** 1 and far more than three rounded operations can be off by. */
const ROUNDING_ROOM = 1 + 1e-9;

/** Characteristic times by cache, reckoned once a world: replications share them. */
export type CharacteristicTimes = Map<string, number>;

/** Requests for each object, relative to each other: at clients, and after the edge tier. */
export interface ObjectRates {
  asked: Float64Array | null;
  missed: Float64Array | null;
}

/** The objects that a cache may hold, and how often each is asked for there. */
interface Candidates {
  /** Equal for caches with equal candidates. */
  readonly key: string;
  readonly objects: number[];
  /** Requests for each, relative to each other. */
  readonly rates: number[];
}

/**
 * Fills the caches with what they would hold after a long time of this traffic: object i is in an
 * LRU cache with probability 1 − exp(−λᵢT), T being the cache's characteristic time (Che, Tung &
 * Wang 2002). The shield tier sees what the edge misses, λᵢ exp(−λᵢT). Then only queues and
 * connections are left to the pre-run.
 */
export function warmCaches(
  tables: Tables,
  seed: number,
  times: CharacteristicTimes,
  known: ObjectRates,
): void {
  const { pops, caches } = tables;
  const shares = (known.asked ??= objectShares(tables));
  const missRates = known.missed ?? new Float64Array(shares.length);
  for (let pop = 0; pop < pops.count; pop++) {
    const first = pops.firstServer(pop);
    const end = first + pops.serverCountOf(pop);
    if (caches.hasTier(Tier.Edge)) {
      const candidates = candidatesOf(tables, Tier.Edge, pop, shares);
      for (let server = first; server < end; server++) {
        const timeT = timeOf(tables, Tier.Edge, candidates[server - first]!, times);
        fill(tables, Tier.Edge, server, candidates[server - first]!, seed, timeT);
        if (known.missed === null) addMisses(missRates, candidates[server - first]!, timeT);
      }
    }
  }
  known.missed = missRates;
  if (!caches.hasTier(Tier.Shield)) return;
  for (let server = 0; server < pops.serverCount; server++) {
    if (caches.cache(Tier.Shield, server) === undefined) continue;
    const pop = pops.popOf(server);
    const candidates = candidatesOf(tables, Tier.Shield, pop, missRates);
    const own = candidates[server - pops.firstServer(pop)]!;
    fill(tables, Tier.Shield, server, own, seed, timeOf(tables, Tier.Shield, own, times));
  }
}

/** Share of all requests that each object gets, passes left out. */
function objectShares({ world, catalogue }: Tables): Float64Array {
  const shares = new Float64Array(catalogue.objectCount);
  world.classes.forEach(({ share, objects, passRatio }, classIndex) => {
    if (objects === null) return;
    const { first, count } = catalogue.range(classIndex);
    const { popularity } = objects;
    const alpha = popularity.law === 'zipf' ? popularity.alpha : 0;
    const within = zipfShares(alpha, count);
    for (let rank = 0; rank < count; rank++) {
      shares[first + rank] = share * (1 - passRatio) * within[rank]!;
    }
  });
  return shares;
}

/** Per server of the POP: the objects whose requests reach its cache. */
function candidatesOf(tables: Tables, tier: Tier, pop: number, rates: Float64Array): Candidates[] {
  const { pops, caches, world } = tables;
  const first = pops.firstServer(pop);
  const serverCount = pops.serverCountOf(pop);
  const candidates = (key: string): Candidates => ({ key, objects: [], rates: [] });
  const all = candidates(`${tier}/${pop}`);
  const lists = Array.from({ length: serverCount }, (_, index) =>
    candidates(`${tier}/${pop}/${index}`),
  );
  const isHashed = policies.find(({ name }) => name === world.balancer.policy.name)!.consistent;
  const hashesObjects = isHashed && world.balancer.hashKey === 'object';
  // Where requests go to any server and each looks in its own cache, all hold the same.
  const holdSame = !hashesObjects && caches.isOwnPlace(tier);
  const { first: balancer } = pops.balancersOf(pop);
  for (let object = 0; object < rates.length; object++) {
    const rate = rates[object]!;
    if (rate <= 0) continue;
    const taker = hashesObjects ? pops.pick(pop, balancer, mix32(object) >>> 0, 0) : first;
    const owner = taker === NONE ? NONE : caches.ownerOf(tier, taker, object);
    const list = holdSame ? all : lists[owner - first];
    list?.objects.push(object);
    list?.rates.push(rate);
  }
  return holdSame ? lists.map(() => all) : lists;
}

function timeOf(
  tables: Tables,
  tier: Tier,
  { key, objects, rates }: Candidates,
  times: CharacteristicTimes,
): number {
  const known = times.get(key);
  if (known !== undefined) return known;
  const { edge, shield } = tables.world.cache!;
  const { capacityBytes, capacityObjects } = tier === Tier.Edge ? edge! : shield!;
  const countsBytes = capacityBytes < Infinity;
  const sizes = objects.map((object) => (countsBytes ? sizeOf(tables, object) : 1));
  const timeT = characteristicTime(rates, sizes, Math.min(capacityBytes, capacityObjects));
  times.set(key, timeT);
  return timeT;
}

function addMisses(missRates: Float64Array, { objects, rates }: Candidates, timeT: number): void {
  objects.forEach((object, index) => {
    const rate = rates[index]!;
    missRates[object]! += rate * exp(-rate * timeT);
  });
}

/** Stores what the draw says is there, the longest unused first, so that it is evicted first. */
function fill(
  tables: Tables,
  tier: Tier,
  server: number,
  { objects, rates }: Candidates,
  seed: number,
  timeT: number,
): void {
  const { caches, catalogue, kernel, pops, world } = tables;
  const cacheSeed = mix32(seed ^ hash32(`${tier}/${pops.serverNames[server]!}`));
  const present: { object: number; age: number }[] = [];
  objects.forEach((object, index) => {
    // Age of the last use is exponential; the object is there if it is less than T.
    const uniform = uniformFrom(mix32(object ^ cacheSeed), PRESENCE);
    // −ln u ≥ 1 − u: most objects are seldom asked for and told absent without a logarithm
    if (1 - uniform > rates[index]! * timeT * ROUNDING_ROOM) return;
    const age = -log(uniform) / rates[index]!;
    if (age < timeT) present.push({ object, age });
  });
  present.sort((a, b) => b.age - a.age || a.object - b.object);
  for (const { object } of present) {
    const classIndex = catalogue.classOf(object);
    const { ttlNs } = world.classes[classIndex]!;
    const left = uniformFrom(mix32(object ^ cacheSeed), FRESHNESS);
    const expiresNs = kernel.nowNs + (ttlNs === Infinity ? Infinity : left * ttlNs);
    caches.store(tier, server, object, catalogue.sizeBytes(classIndex, object), expiresNs);
  }
}

function sizeOf({ catalogue }: Tables, object: number): number {
  return catalogue.sizeBytes(catalogue.classOf(object), object);
}

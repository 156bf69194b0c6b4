import {
  createBalancer,
  policies,
  type Balancer,
  type PolicyDefinition,
} from '../../balancer/index.ts';
import { mix32 } from '../kernel/mix.ts';
import { zipfShares } from '../kernel/zipf.ts';
import { NONE } from '../requests.ts';
import type { Tables } from '../tables.ts';
import type { Tier } from './fetches.ts';

/** Per object: the server, counted within its POP, in whose cache it belongs. */
export type Places = Uint8Array | Uint16Array;

/**
 * What a warm start needs and is a function of the world alone, reckoned by its first replication:
 * some bytes an object and POP, against seconds. The keys are `cacheKey`s.
 */
export class WarmTables {
  /** Share of all requests that each object gets, passes left out. */
  asked: Float64Array | null = null;
  /** The same after the edge tier, not normalised. */
  missed: Float64Array | null = null;
  /** null where any server's cache may hold any object. */
  readonly places = new Map<string, Places | null>();
  /** Characteristic time of each server's cache, in units of 1 ÷ rate. */
  readonly characteristicTimes = new Map<string, Float64Array>();
}

/** Names the caches of a tier at a POP. */
export function cacheKey(tier: Tier, pop: number): string {
  return `${tier}/${pop}`;
}

/** Share of all requests that each object gets, passes left out. */
export function objectShares({ world, catalogue }: Tables): Float64Array {
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

/** Where each object belongs as long as all servers serve. */
export function placesOf(tables: Tables, tier: Tier, pop: number): Places | null {
  const { pops, caches, catalogue, world } = tables;
  const hashesObjects = policyOf(tables).consistent && world.balancer.hashKey === 'object';
  const serverCount = pops.serverCountOf(pop);
  // Where requests go to any server and each looks in its own cache, all hold the same.
  if (serverCount === 1 || (!hashesObjects && caches.isOwnPlace(tier))) return null;
  const first = pops.firstServer(pop);
  const takerOf = hashesObjects ? objectTaker(tables, pop) : () => first;
  const places = new (serverCount <= 256 ? Uint8Array : Uint16Array)(catalogue.objectCount);
  for (let object = 0; object < places.length; object++) {
    places[object] = caches.ownerOf(tier, takerOf(object), object) - first;
  }
  return places;
}

/** The server that takes requests for an object; of all there are, where nobody is well yet. */
function objectTaker(tables: Tables, pop: number): (object: number) => number {
  const { pops, world, kernel } = tables;
  const first = pops.firstServer(pop);
  const { first: balancer } = pops.balancersOf(pop);
  let everybody: Balancer | null = null;
  return (object) => {
    const keyHash = mix32(object) >>> 0;
    const taker = pops.pick(pop, balancer, keyHash, 0);
    if (taker !== NONE) return taker;
    if (everybody === null) {
      const { options } = world.balancer.policy;
      const policy = policyOf(tables).create(options, { random: () => 0 });
      everybody = createBalancer({ policy, clock: kernel });
      for (const { name, weight } of world.pops[pop]!.servers) {
        everybody.add({ id: `${world.pops[pop]!.name}/${name}`, weight });
      }
    }
    return first + everybody.pick(keyHash, 0);
  };
}

function policyOf({ world }: Tables): PolicyDefinition {
  return policies.find(({ name }) => name === world.balancer.policy.name)!;
}

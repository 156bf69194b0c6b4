import { mix32 } from '../kernel/mix.ts';
import { NONE } from '../requests.ts';
import type { CacheSpec, CacheTierSpec } from '../world.ts';
import { evictionPolicies } from './eviction/index.ts';
import { Tier } from './fetches.ts';
import { Found, type ObjectCache } from './object-cache.ts';
import { ObjectIndex } from './object-index.ts';
import { Condition, type Pops } from './pops.ts';
import { WatchedCache } from './watched-cache.ts';

/**
 * The caches: at each server one for the edge tier and, at servers of shield POPs, one for the
 * shield tier; and, per cache, the fetches under way that others may join.
 */
export class Caches {
  readonly staleIfErrorNs: number;
  readonly staleWhileRevalidateNs: number;
  private readonly pops: Pops;
  private readonly tiers: readonly (CacheTierSpec | null)[];
  private readonly caches: (ObjectCache | undefined)[][];
  /** Per cache: object → fetch under way. */
  private readonly joinableByTier: ObjectIndex[][];

  constructor(spec: CacheSpec | null, pops: Pops) {
    this.pops = pops;
    this.staleIfErrorNs = spec?.staleIfErrorNs ?? 0;
    this.staleWhileRevalidateNs = spec?.staleWhileRevalidateNs ?? 0;
    this.tiers = [spec?.edge ?? null, spec?.shield ?? null];
    const shieldPops = new Set(spec?.shield?.pops ?? []);
    this.caches = [[], []];
    this.joinableByTier = [[], []];
    for (let server = 0; server < pops.serverCount; server++) {
      const isShield = shieldPops.has(pops.names[pops.popOf(server)]!);
      this.caches[Tier.Edge]!.push(createCache(this.tiers[Tier.Edge]!));
      this.caches[Tier.Shield]!.push(isShield ? createCache(this.tiers[Tier.Shield]!) : undefined);
      this.joinableByTier[Tier.Edge]!.push(new ObjectIndex(1));
      this.joinableByTier[Tier.Shield]!.push(new ObjectIndex(1));
    }
  }

  hasTier(tier: Tier): boolean {
    return this.tiers[tier] !== null;
  }

  collapses(tier: Tier): boolean {
    return this.tiers[tier]?.collapseRequests ?? false;
  }

  cache(tier: Tier, server: number): ObjectCache | undefined {
    return this.caches[tier]![server];
  }

  /** From now on each server's cache of the edge tier counts look-ups; by server. */
  watchEdge(): readonly (WatchedCache | undefined)[] {
    const watched = this.caches[Tier.Edge]!.map((cache) =>
      cache === undefined ? undefined : new WatchedCache(cache),
    );
    this.caches[Tier.Edge] = watched;
    return watched;
  }

  /** Whether whoever takes a request looks in its own cache, not in that of the object's owner. */
  isOwnPlace(tier: Tier): boolean {
    return this.tiers[tier]!.placement === 'server';
  }

  /** The server of the POP in whose cache the object belongs when `server` took the request. */
  ownerOf(tier: Tier, server: number, object: number): number {
    if (this.tiers[tier]!.placement === 'server') return server;
    const pops = this.pops;
    const pop = pops.popOf(server);
    const first = pops.firstServer(pop);
    const end = first + pops.serverCountOf(pop);
    const key = mix32(object);
    let owner = NONE;
    let highest = -1;
    for (let candidate = first; candidate < end; candidate++) {
      if (pops.serverCondition[candidate] !== Condition.Serving) continue;
      const score = mix32(key ^ Math.imul(candidate + 1, 0x9e3779b1)) >>> 0;
      if (score > highest) {
        highest = score;
        owner = candidate;
      }
    }
    return owner === NONE ? server : owner;
  }

  /** The fetch under way that a miss may join; NONE if there is none. */
  joinable(tier: Tier, server: number, object: number): number {
    return this.joinableByTier[tier]![server]!.get(object);
  }

  setJoinable(tier: Tier, server: number, object: number, fetch: number): void {
    this.joinableByTier[tier]![server]!.insert(object, fetch);
  }

  clearJoinable(tier: Tier, server: number, object: number, fetch: number): void {
    const joinable = this.joinableByTier[tier]![server]!;
    if (joinable.get(object) === fetch) joinable.delete(object);
  }

  /** A stale copy that may still be served because the origin failed (RFC 5861 section 4). */
  mayServeStaleOnError(tier: Tier, server: number, object: number, nowNs: number): boolean {
    const cache = this.caches[tier]![server];
    return cache !== undefined && nowNs < cache.expiresNs(object) + this.staleIfErrorNs;
  }

  /** A stale copy that may be served while it is fetched anew (RFC 5861 section 3). */
  mayServeStaleMeanwhile(tier: Tier, server: number, object: number, nowNs: number): boolean {
    const cache = this.caches[tier]![server];
    return cache !== undefined && nowNs < cache.expiresNs(object) + this.staleWhileRevalidateNs;
  }

  lookUp(tier: Tier, server: number, object: number, nowNs: number): Found {
    return this.caches[tier]![server]?.lookUp(object, nowNs) ?? Found.Nothing;
  }

  store(tier: Tier, server: number, object: number, sizeBytes: number, expiresNs: number): void {
    this.caches[tier]![server]?.store(object, sizeBytes, expiresNs);
  }

  /** A server lost its memory. */
  clear(server: number): void {
    for (const tier of [Tier.Edge, Tier.Shield]) {
      this.caches[tier]![server]?.clear();
      this.joinableByTier[tier]![server]!.clear();
    }
  }
}

function createCache(spec: CacheTierSpec | null): ObjectCache | undefined {
  if (spec === null) return undefined;
  const definition = evictionPolicies.find(({ name }) => name === spec.eviction.name);
  if (definition === undefined) throw new Error(`no eviction policy ${spec.eviction.name}`);
  return definition.create(definition.options.parse(spec.eviction.options), {
    bytes: spec.capacityBytes,
    objects: spec.capacityObjects,
  });
}

import type { Network } from '../../topology/index.ts';
import type { DnsSpec } from '../world.ts';
import type { Streams } from './convergence.ts';
import type { RoutingStrategy } from './routing-strategy.ts';

/** Resolvers a region; each client keeps to one, by its hash. */
export const RESOLVERS_PER_REGION = 8;
/**
 * How long clients that ignore TTLs hold an answer: an assumption. Pang et al. (IMC 2004) saw
 * expired answers in use for hours; half an hour lets a run of one hour show the whole tail.
 */
export const IGNORED_TTL_HOLD_NS = 30 * 60 * 1e9;

const NO_ANSWER = -1;

/** Why a client has the address that it has. */
export interface DnsExplanation {
  /** Of the region's, 0 … RESOLVERS_PER_REGION − 1. */
  readonly resolver: number;
  /** Region that the authority takes the client to be in. */
  readonly place: number;
  /** Whether it holds the answer for as long as it likes. */
  readonly ignoresTtl: boolean;
  readonly validForNs: number;
}

/**
 * What clients of DNS strategies know. Each region has some resolvers, a share of which stand in
 * another region; the authority sees where the resolver stands unless it sends ECS (RFC 7871).
 * Answers are kept for the TTL, and change only when somebody asks after it ran out. Clients that
 * ignore TTLs hold what their resolver once told them. Caches are warm at the start, with ages
 * spread evenly over the TTL.
 */
export class DnsCaches {
  private readonly strategy: RoutingStrategy;
  private readonly isUsable: (pop: number) => boolean;
  private readonly onQuery: (region: number) => void;
  private ttlNs: number;
  private ignoringRatio: number;
  /** Region whose place decides the answers of a resolver. */
  private readonly place: Uint32Array;
  private readonly answer: Int32Array;
  private readonly expiresNs: Float64Array;
  private readonly heldAnswer: Int32Array;
  private readonly heldUntilNs: Float64Array;

  constructor(options: {
    network: Network;
    strategy: RoutingStrategy;
    dns: DnsSpec;
    random: Streams;
    nowNs: number;
    isUsable: (pop: number) => boolean;
    onQuery: (region: number) => void;
  }) {
    const { network, strategy, dns, random, nowNs } = options;
    this.strategy = strategy;
    this.isUsable = options.isUsable;
    this.onQuery = options.onQuery;
    this.ttlNs = dns.ttlNs;
    this.ignoringRatio = dns.clientsIgnoringTtlRatio;
    const count = network.regionCount * RESOLVERS_PER_REGION;
    this.place = new Uint32Array(count);
    this.answer = new Int32Array(count);
    this.expiresNs = new Float64Array(count);
    this.heldAnswer = new Int32Array(count);
    this.heldUntilNs = new Float64Array(count);
    for (let region = 0; region < network.regionCount; region++) {
      const draw = random('dns', network.regionNames[region]!);
      for (let i = 0; i < RESOLVERS_PER_REGION; i++) {
        const resolver = region * RESOLVERS_PER_REGION + i;
        this.place[resolver] = placeOf(network, dns, region, draw);
        this.answer[resolver] = strategy.choose(this.place[resolver]!, this.isUsable);
        this.expiresNs[resolver] = nowNs + draw() * dns.ttlNs;
        this.heldAnswer[resolver] = this.answer[resolver]!;
        this.heldUntilNs[resolver] = nowNs + draw() * IGNORED_TTL_HOLD_NS;
      }
    }
  }

  setTtlNs(ttlNs: number): void {
    this.ttlNs = ttlNs;
  }

  setIgnoringRatio(ratio: number): void {
    this.ignoringRatio = ratio;
  }

  /** Prefix that a client (a 32-bit hash) of the region uses now; asks the authority if it must. */
  prefixFor(region: number, client: number, nowNs: number): number {
    const hash = scramble(client);
    const resolver = region * RESOLVERS_PER_REGION + (hash & (RESOLVERS_PER_REGION - 1));
    // The low bits chose the resolver; the rest is uniform in [0, 2^29).
    if (hash >>> 3 < this.ignoringRatio * 0x20000000) return this.heldBy(resolver, region, nowNs);
    return this.resolve(resolver, region, nowNs);
  }

  /** The answer that most resolvers of the region hold, fresh or not; ties to the lower prefix. */
  commonAnswer(region: number): number {
    const first = region * RESOLVERS_PER_REGION;
    let common = NO_ANSWER;
    let commonCount = 0;
    for (let i = first; i < first + RESOLVERS_PER_REGION; i++) {
      const answer = this.answer[i]!;
      let count = 0;
      for (let j = first; j < first + RESOLVERS_PER_REGION; j++) {
        if (this.answer[j] === answer) count++;
      }
      if (count < commonCount || (count === commonCount && answer > common)) continue;
      common = answer;
      commonCount = count;
    }
    return common;
  }

  /** What `prefixFor` looks at, without asking. */
  explain(region: number, client: number, nowNs: number): DnsExplanation {
    const hash = scramble(client);
    const resolver = region * RESOLVERS_PER_REGION + (hash & (RESOLVERS_PER_REGION - 1));
    const ignoresTtl = hash >>> 3 < this.ignoringRatio * 0x20000000;
    const untilNs = ignoresTtl ? this.heldUntilNs[resolver]! : this.expiresNs[resolver]!;
    return {
      resolver: hash & (RESOLVERS_PER_REGION - 1),
      place: this.place[resolver]!,
      ignoresTtl,
      validForNs: Math.max(0, untilNs - nowNs),
    };
  }

  private resolve(resolver: number, region: number, nowNs: number): number {
    if (nowNs >= this.expiresNs[resolver]!) {
      this.answer[resolver] = this.strategy.choose(this.place[resolver]!, this.isUsable);
      this.expiresNs[resolver] = nowNs + this.ttlNs;
      this.onQuery(region);
    }
    return this.answer[resolver]!;
  }

  private heldBy(resolver: number, region: number, nowNs: number): number {
    if (nowNs >= this.heldUntilNs[resolver]!) {
      this.heldAnswer[resolver] = this.resolve(resolver, region, nowNs);
      this.heldUntilNs[resolver] = nowNs + Math.max(IGNORED_TTL_HOLD_NS, this.ttlNs);
    }
    return this.heldAnswer[resolver]!;
  }
}

function placeOf(network: Network, dns: DnsSpec, region: number, draw: () => number): number {
  const isRemote = draw() < dns.remoteResolverRatio;
  const sendsEcs = draw() < dns.ecsRatio;
  const remote = remoteRegion(network, region, draw());
  return isRemote && !sendsEcs && remote !== NO_ANSWER ? remote : region;
}

/** Another region of the continent, by population: public resolvers answer from a site nearby. */
function remoteRegion(network: Network, region: number, quantile: number): number {
  const { regionCount, regionContinents, regionPopulationShare } = network;
  let total = 0;
  for (let other = 0; other < regionCount; other++) {
    if (other === region || regionContinents[other] !== regionContinents[region]) continue;
    total += regionPopulationShare[other]!;
  }
  let left = quantile * total;
  let chosen = NO_ANSWER;
  for (let other = 0; other < regionCount; other++) {
    if (other === region || regionContinents[other] !== regionContinents[region]) continue;
    chosen = other;
    left -= regionPopulationShare[other]!;
    if (left < 0) break;
  }
  return chosen;
}

/** Spreads client numbers over 32 bits: multiply by the odd 2^32 ÷ golden ratio, fold down. */
function scramble(client: number): number {
  const product = Math.imul(client, 0x9e3779b1);
  return (product ^ (product >>> 16)) >>> 0;
}

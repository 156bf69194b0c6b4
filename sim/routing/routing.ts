import type { Timers } from '../../balancer/index.ts';
import type { Network } from '../../topology/index.ts';
import type { BgpSpec, DnsSpec, RoutingSpec } from '../world.ts';
import { assert } from './assert.ts';
import { BgpControl } from './bgp-control.ts';
import { BgpSessions } from './bgp-sessions.ts';
import { CatchmentSolver } from './catchments.ts';
import { instantConvergence, PerHopConvergence, type Streams } from './convergence.ts';
import { DnsCaches, type DnsExplanation } from './dns.ts';
import { HotPotatoWalker } from './hot-potato.ts';
import { MetroDistances } from './metro-distances.ts';
import { PopStanding } from './pop-standing.ts';
import { PrefixRoutes } from './prefix-routes.ts';
import type { RoutingStrategy, StrategyWorld } from './routing-strategy.ts';
import { routingStrategies } from './strategies/index.ts';
import { UnicastRtts } from './unicast.ts';

export interface RoutingOptions {
  readonly network: Network;
  readonly spec: RoutingSpec;
  readonly timers: Timers;
  readonly random: Streams;
  /** A region's packets to a prefix go to another POP from now on; -1 = no route. */
  readonly onRouteChange?: (prefix: number, region: number, fromPop: number, toPop: number) => void;
  readonly onBgpUpdates?: (count: number) => void;
  /** A resolver of the region asked the authority. */
  readonly onDnsQuery?: (region: number) => void;
}

/** Settings that may change in flight; times in ns. */
export type RoutingSettings = Partial<BgpSpec> &
  Partial<Pick<DnsSpec, 'ttlNs' | 'clientsIgnoringTtlRatio' | 'failoverNs'>>;

/**
 * Where clients' packets go: the strategy's prefixes and addresses, BGP's routes to them, and when
 * who learns of a change. The simulator asks per request (`prefixFor`, then `popOf` and
 * `oneWayNs`; no allocation) and tells what happens to POPs and sessions. A dead POP keeps its
 * catchment until routes have moved: requests that still go there are lost.
 */
export class Routing {
  readonly prefixCount: number;
  private readonly network: Network;
  private readonly strategy: RoutingStrategy;
  private readonly sessions: BgpSessions;
  private readonly routes: PrefixRoutes;
  private readonly control: BgpControl;
  private readonly unicast: UnicastRtts;
  private readonly dns: DnsCaches | null;
  private readonly prefixOfRegion: Int32Array;
  private bgp: BgpSpec;
  private failoverNs: number;
  private readonly standing: PopStanding;

  constructor(options: RoutingOptions) {
    const { network, spec, timers, random } = options;
    this.network = network;
    this.bgp = spec.bgp;
    this.failoverNs = spec.dns.failoverNs;

    const distances = new MetroDistances(network);
    const solver = new CatchmentSolver(network, new HotPotatoWalker(network, distances));
    this.unicast = new UnicastRtts(network);
    const solved = this.unicast.measure(solver, network, spec);
    this.strategy = createStrategy(spec, {
      network,
      unicastRttNs: (region, pop) => this.unicast.of(region, pop),
      distanceKm: (region, pop) =>
        distances.between(network.regionMetro[region]!, network.popMetro[pop]!),
    });
    this.prefixCount = this.strategy.prefixes.length;

    this.sessions = new BgpSessions(network, spec, this.strategy.prefixes);
    const convergence =
      spec.convergence === 'instant'
        ? instantConvergence
        : new PerHopConvergence(() => this.bgp, random);
    this.routes = new PrefixRoutes({
      network,
      solver,
      sessions: this.sessions,
      convergence,
      timers,
      prefixCount: this.prefixCount,
      solved,
      onRouteChange: options.onRouteChange ?? (() => {}),
      onBgpUpdates: options.onBgpUpdates ?? (() => {}),
    });
    this.control = new BgpControl({
      network,
      sessions: this.sessions,
      routes: this.routes,
      timers,
      random,
      bgp: () => this.bgp,
    });
    this.prefixOfRegion = new Int32Array(network.regionCount);
    this.standing = new PopStanding({
      popCount: network.popCount,
      startsInService: (pop) =>
        spec.announceFrom === 'all' || spec.announceFrom.includes(network.popNames[pop]!),
      timers,
      failoverNs: () => this.failoverNs,
      isOracle: this.strategy.addressing === 'oracle',
      onChange: () => this.chooseForRegions(),
    });
    this.rankPops();
    this.chooseForRegions();
    this.dns =
      this.strategy.addressing === 'dns'
        ? new DnsCaches({
            network,
            strategy: this.strategy,
            dns: spec.dns,
            random,
            nowNs: timers.nowNs,
            isUsable: (pop) => this.standing.isUsable(pop),
            onQuery: options.onDnsQuery ?? (() => {}),
          })
        : null;
  }

  prefixName(prefix: number): string {
    return this.strategy.prefixes[prefix]!.name;
  }

  // --- data plane -------------------------------------------------------------------------------

  /** Prefix whose address a client (a 32-bit hash) of the region uses; may cause a DNS query. */
  prefixFor(region: number, client: number, nowNs: number): number {
    return this.dns?.prefixFor(region, client, nowNs) ?? this.prefixOfRegion[region]!;
  }

  /** POP that the region's packets to the prefix now reach, dead or alive; -1 = no route. */
  popOf(prefix: number, region: number): number {
    return this.routes.live(prefix).pop[region]!;
  }

  /** Whether clients learn their address from DNS, and so not all of a region at once. */
  get asksDns(): boolean {
    return this.dns !== null;
  }

  /**
   * POP that most of the region's clients reach now; -1 = no route. With DNS, by the answers that
   * its resolvers hold, ties to the lower index. Asks nobody and changes nothing.
   */
  servingPop(region: number): number {
    if (this.dns === null) return this.popOf(this.prefixOfRegion[region]!, region);
    const prefix = this.dns.commonAnswer(region);
    return prefix < 0 ? -1 : this.popOf(prefix, region);
  }

  /** One way, without the access network; 0 without a route. */
  oneWayNs(prefix: number, region: number): number {
    return this.routes.live(prefix).oneWayNs[region]!;
  }

  /** ASes from the region's to the last before the CDN; 0 without a route. */
  asHopCount(prefix: number, region: number): number {
    return this.routes.live(prefix).hopCount[region]!;
  }

  /** Names of these ASes, from the region's on; null while the route is changing or without one. */
  asPath(prefix: number, region: number): readonly string[] | null {
    const path = this.routes.asPath(prefix, region);
    return path === null ? null : path.map((as) => this.network.asNames[as]!);
  }

  /** How a client of the region came to its address; null where no DNS is asked. */
  explainDns(region: number, client: number, nowNs: number): DnsExplanation | null {
    return this.dns?.explain(region, client, nowNs) ?? null;
  }

  /** RTT over the POP's own unicast route, all sessions up; Infinity without a route. */
  unicastRttNs(region: number, pop: number): number {
    return this.unicast.of(region, pop);
  }

  /** Least unicast RTT over the POPs that can serve; Infinity if there is none. */
  bestRttNs(region: number): number {
    return this.unicast.bestRttNs(region);
  }

  /** POP of least unicast RTT among those that can serve; -1 if there is none. */
  bestPop(region: number): number {
    return this.unicast.bestPop(region);
  }

  /** Share of all clients whose region's route to the prefix ends at each POP. */
  catchmentShares(prefix: number): Float64Array {
    const shares = new Float64Array(this.network.popCount);
    this.routes.live(prefix).pop.forEach((pop, region) => {
      if (pop >= 0) shares[pop]! += this.network.regionPopulationShare[region]!;
    });
    return shares;
  }

  // --- control plane ----------------------------------------------------------------------------

  /** `power`: gone at once, found out by BFD or hold timers. `clean`: withdraws as it goes. */
  popFailed(pop: number, mode: 'power' | 'clean'): void {
    this.standing.setPowered(pop, false);
    if (mode === 'clean') this.standing.notice(pop);
    this.rankPops();
    this.control.popFailed(pop, mode);
  }

  popRecovered(pop: number): void {
    this.standing.setPowered(pop, true);
    this.rankPops();
    this.control.popRecovered(pop);
  }

  /**
   * The POP answers, but with errors, or does so no more: BGP takes no notice, the authority's
   * health checks do after `failoverNs`, the oracle at once.
   */
  popHealthChanged(pop: number, isHealthy: boolean): void {
    this.standing.setHealthy(pop, isHealthy);
    this.rankPops();
  }

  /** Stops announcing one prefix, or all, from the POP; resolvers are told at once for all. */
  withdraw(pop: number, prefix?: number): void {
    this.control.setAnnounced(pop, prefix, false);
    if (prefix === undefined) this.setInService(pop, false);
  }

  announce(pop: number, prefix?: number): void {
    this.control.setAnnounced(pop, prefix, true);
    if (prefix === undefined) this.setInService(pop, true);
  }

  prepend(pop: number, count: number, prefix?: number): void {
    this.control.prepend(pop, count, prefix);
  }

  /** All sessions between the POP and the AS; noticed at once (the link went down). */
  sessionDown(pop: number, asIndex: number): void {
    this.control.setSession(pop, asIndex, false);
  }

  sessionUp(pop: number, asIndex: number): void {
    this.control.setSession(pop, asIndex, true);
  }

  /**
   * Anycast prefixes are withdrawn session by session, evenly over `gradualNs`; a prefix that only
   * this POP announces stays, and DNS stops naming it now.
   */
  drain(pop: number, gradualNs: number): void {
    this.control.drain(pop, gradualNs);
    this.setInService(pop, false);
  }

  undrain(pop: number): void {
    this.control.undrain(pop);
    this.setInService(pop, true);
  }

  updateSettings(settings: RoutingSettings): void {
    const { ttlNs, clientsIgnoringTtlRatio, failoverNs, ...bgp } = settings;
    this.bgp = { ...this.bgp, ...bgp };
    this.failoverNs = failoverNs ?? this.failoverNs;
    if (ttlNs !== undefined) this.dns?.setTtlNs(ttlNs);
    if (clientsIgnoringTtlRatio !== undefined) this.dns?.setIgnoringRatio(clientsIgnoringTtlRatio);
  }

  private setInService(pop: number, isInService: boolean): void {
    this.standing.setInService(pop, isInService);
    this.rankPops();
  }

  private rankPops(): void {
    this.unicast.rank((pop) => this.standing.canServe(pop));
  }

  /** Fixed addresses never change, as their strategies do not look at who is usable. */
  private chooseForRegions(): void {
    if (this.strategy.addressing === 'dns') return;
    const isUsable = (pop: number) => this.standing.isUsable(pop);
    for (let region = 0; region < this.network.regionCount; region++) {
      this.prefixOfRegion[region] = this.strategy.choose(region, isUsable);
    }
  }
}

function createStrategy(spec: RoutingSpec, world: StrategyWorld): RoutingStrategy {
  const { name, options } = spec.strategy;
  const definition = routingStrategies.find((candidate) => candidate.name === name);
  assert(definition !== undefined, `there is no routing strategy ${name}`);
  return definition.create(world, definition.options.parse(options));
}

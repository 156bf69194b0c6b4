import { meanOf, type ArrivalSpec, type PopSpec, type WorldSpec } from '../../sim/index.ts';

/** What arrives at an entity against what it can serve. */
export interface EntityLoad {
  /** `pop/fra`, `origin/main`, or `all POPs` where routing decides who gets what. */
  readonly entity: string;
  readonly offeredPerSecond: number;
  readonly capacityPerSecond: number;
  /** Offered ÷ capacity; at 1 and above queues grow until they are full. */
  readonly utilisation: number;
}

/** Share of all requests by POP name. */
export type PopShares = ReadonlyMap<string, number>;

export interface OfferedLoad {
  readonly meanPerSecond: number;
  readonly peakPerSecond: number;
  readonly entities: readonly EntityLoad[];
}

/**
 * The load before any fault, from mean rates and mean service times, at the busiest hour. Retries,
 * handshakes and hits at a shield are left out, so an entity at 0.9 may be overloaded in fact, but
 * one at 1 certainly is. `popShares` says where routing sends requests, if that is known.
 */
export function offeredLoad(world: WorldSpec, popShares?: PopShares): OfferedLoad {
  const meanPerSecond = meanRate(world.traffic.arrivals, world.time.durationNs);
  const peakPerSecond = meanPerSecond * peakFactor(world);
  return {
    meanPerSecond,
    peakPerSecond,
    entities: [...popLoads(world, peakPerSecond, popShares), ...originLoads(world, peakPerSecond)],
  };
}

function meanRate(arrivals: ArrivalSpec, durationNs: number): number {
  if (arrivals.law !== 'trace') return arrivals.ratePerSecond;
  return durationNs === 0 ? 0 : arrivals.atNs.length / (durationNs / 1e9);
}

/** With `peak` all regions are held at their busiest hour; with `daily` they take turns. */
function peakFactor({ traffic: { dayCurve } }: WorldSpec): number {
  return dayCurve.kind === 'peak' ? 1 + dayCurve.amplitude : 1;
}

/**
 * With client regions, routing decides which POP gets how much: without the shares only the sum is
 * known. A laboratory's POPs get equal parts.
 */
function popLoads(world: WorldSpec, ratePerSecond: number, shares?: PopShares): EntityLoad[] {
  const capacities = world.pops.map((pop) => popCapacity(world, pop));
  if (shares !== undefined) {
    return world.pops.map(({ name }, i) =>
      load(`pop/${name}`, ratePerSecond * (shares.get(name) ?? 0), capacities[i]!),
    );
  }
  if (world.network !== undefined) {
    return [
      load(
        'all POPs',
        ratePerSecond,
        capacities.reduce((sum, one) => sum + one, 0),
      ),
    ];
  }
  const share = ratePerSecond / Math.max(1, world.pops.length);
  return world.pops.map((pop, i) => load(`pop/${pop.name}`, share, capacities[i]!));
}

/** Requests a second that the POP's slots serve: Σ concurrency × speed ÷ mean service time. */
function popCapacity(world: WorldSpec, pop: PopSpec): number {
  const meanNs = pop.serviceTime === undefined ? meanOverClasses(world) : meanOf(pop.serviceTime);
  // With processor sharing, `concurrency` processors are shared by everybody inside.
  const slots = pop.servers.reduce((sum, server) => sum + server.speed * server.concurrency, 0);
  return meanNs === 0 ? Infinity : slots / (meanNs / 1e9);
}

function meanOverClasses(world: WorldSpec): number {
  return world.classes.reduce((sum, one) => sum + one.share * meanOf(one.serviceTime), 0);
}

/**
 * Origins with servers. Without a cache every request comes; with one, at least what no cache may
 * answer. Several origins share evenly.
 */
function originLoads(world: WorldSpec, ratePerSecond: number): EntityLoad[] {
  const passRatio =
    world.cache === null
      ? 1
      : world.classes.reduce((sum, one) => sum + one.share * one.passRatio, 0);
  const rate = (ratePerSecond * passRatio) / Math.max(1, world.origins.length);
  return world.origins
    .filter((origin) => origin.serverCount > 0)
    .map((origin) => {
      const slots = origin.serverCount * origin.concurrency;
      const meanNs = meanOf(origin.serviceTime);
      return load(`origin/${origin.name}`, rate, meanNs === 0 ? Infinity : slots / (meanNs / 1e9));
    });
}

function load(entity: string, offeredPerSecond: number, capacityPerSecond: number): EntityLoad {
  const utilisation = offeredPerSecond === 0 ? 0 : offeredPerSecond / capacityPerSecond;
  return { entity, offeredPerSecond, capacityPerSecond, utilisation };
}

import type { PopSpec, WorldSpec } from '../world.ts';

/**
 * Whether the world is a queueing laboratory: requests meet a balancer, a queue and a server, and
 * nothing else. There is no way to the client, no cache, origin, deadline, retry, health check or
 * event, so that a request is its visit to a server.
 */
export function isLaboratory(world: WorldSpec): boolean {
  return isBare(world) && isSteady(world);
}

/** Nothing but servers, and balancers that do no more than pick. */
function isBare(world: WorldSpec): boolean {
  return (
    world.network === undefined &&
    world.origins.length === 0 &&
    world.cache === null &&
    world.health === null &&
    world.passive === undefined &&
    (world.autoscalers ?? []).length === 0 &&
    world.balancer.around === undefined &&
    world.classes.every((spec) => spec.objects === null && spec.sizeBytes.law === 'constant') &&
    world.pops.every(isPlain)
  );
}

function isPlain(pop: PopSpec): boolean {
  return (
    pop.discipline === 'fifo' && pop.serviceTime === undefined && pop.crashWhenFullNs === undefined
  );
}

/** Requests of one rate, sent once by clients who wait for ever. */
function isSteady({ traffic, events, record }: WorldSpec): boolean {
  return (
    traffic.arrivals.law === 'poisson' &&
    traffic.arrivals.ratePerSecond > 0 &&
    traffic.dayCurve.kind === 'flat' &&
    traffic.timeout === null &&
    traffic.retry.max === 0 &&
    events.length === 0 &&
    record.timelineNs === 0
  );
}

/**
 * What the short way honours, or this file rules out. A key that comes to a world or a POP must be
 * thought of here before the program compiles.
 */
type Reckoned =
  | 'scenario'
  | 'strategy'
  | 'time'
  | 'network'
  | 'pops'
  | 'origins'
  | 'classes'
  | 'traffic'
  | 'routing'
  | 'balancer'
  | 'health'
  | 'passive'
  | 'cache'
  | 'autoscalers'
  | 'events'
  | 'record'
  | 'name'
  | 'servers'
  | 'balancerCount'
  | 'discipline'
  | 'queueLimit'
  | 'crashWhenFullNs'
  | 'serviceTime'
  | 'egressBps';
type Unreckoned = Exclude<keyof WorldSpec | keyof PopSpec, Reckoned>;
true satisfies Unreckoned extends never ? true : never;

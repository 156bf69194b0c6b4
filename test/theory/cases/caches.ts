import type { GateCase, Quantity } from '../gate/gate-case.ts';
import { metric, quantity, requestShare, divided } from '../gate/quantities.ts';
import type { Load } from '../gate/run-length.ts';
import { perSecond, plain } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';

/** One cache before an origin: LRU, lifetimes, and one fetch for all who wait. */
export function caches(): readonly GateCase[] {
  return readVectors('cache').map((vector) => {
    if (vector.id.startsWith('ttl-')) return lifetime(vector);
    return vector.id.startsWith('collapse-') ? collapsing(vector) : leastRecentlyUsed(vector);
  });
}

interface Cache {
  readonly rate: number;
  readonly objects: number;
  readonly popularity: string;
  readonly cache: string;
  readonly ttl: string;
  /** Round trip to the origin. */
  readonly latency: string;
}

/** The server takes no time: the cache sees the Poisson stream itself. */
function cacheScenario(lab: Cache): string {
  return `version: 1
network:
  pops:
    lab: { servers: 1 }
traffic:
  arrivals: poisson ${perSecond(lab.rate)}
  classes:
    page: { service_time: 0s, objects: ${lab.objects}, ttl: ${lab.ttl} }
  popularity: ${lab.popularity}
cache: { ${lab.cache} }
origins:
  main: { latency: ${lab.latency} }
balancer: { policy: random }
`;
}

/**
 * Independent references, Zipf. King's exact law where the vector has it, else Che's approximation,
 * whose error at these sizes is 1e-3 (C = 10) and 6e-6 (C = 100); at C = 500 and 1,000 less.
 */
function leastRecentlyUsed(vector: Vector): GateCase {
  const objects = input(vector, 'N');
  const capacity = input(vector, 'C');
  const hitRatio = vector.expected['hit_lru_exact'] ?? expectedOf(vector, 'hit_lru_che');
  const isExact = vector.expected['hit_lru_exact'] !== undefined;
  const rate = 1;
  return {
    id: vector.id,
    file: 'cache',
    scenario: cacheScenario({
      rate,
      objects,
      popularity: `zipf ${plain(input(vector, 'zipf_alpha'))}`,
      cache: `capacity: ${capacity} objects, policy: lru`,
      ttl: '100d',
      latency: '0s',
    }),
    load: cacheLoad(rate, characteristicRequests(vector), hitRatio),
    quantities: [
      {
        ...metric('hit_ratio', hitRatio, 'hit_ratio'),
        relativeError: isExact ? 1e-6 : 1e-4,
      },
      requestShare('miss', 1 - hitRatio, 'origin_fetches'),
    ],
  };
}

/** How long an object that nobody asks for stays, in requests: Che's T, or 2 C by rule of thumb. */
function characteristicRequests(vector: Vector): number {
  return vector.expected['che_T'] ?? 2 * input(vector, 'C');
}

function cacheLoad(rate: number, relaxationArrivals: number, hitRatio: number): Load {
  return {
    arrivalRate: rate,
    relaxationArrivals,
    // twice that of independent hits: neighbours find the same content
    varianceTimesArrivals: (2 * (1 - hitRatio)) / hitRatio,
    copies: 1,
    halfWidth: 0.01,
  };
}

/** One object: a miss, then hits until its lifetime is over; hits do not prolong it. */
function lifetime(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  const ttl = input(vector, 'ttl');
  const hitRatio = expectedOf(vector, 'hit_ttl_no_reset');
  return {
    id: vector.id,
    file: 'cache',
    scenario: cacheScenario({
      rate,
      objects: 1,
      popularity: 'uniform',
      cache: 'capacity: 10 objects',
      ttl: `${plain(ttl * 10)}ms`,
      latency: '0s',
    }),
    load: cacheLoad(rate, Math.max(1, rate * ttl), 1 - hitRatio),
    quantities: [
      fetchRate(vector, 'origin_fetch_rate_no_reset', rate),
      metric('hit_ratio', hitRatio, 'hit_ratio'),
    ],
  };
}

/** A renewal cycle: the first who misses fetches, all who come meanwhile wait, then hits. */
function collapsing(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  return {
    id: vector.id,
    file: 'cache',
    scenario: cacheScenario({
      rate,
      objects: 1,
      popularity: 'uniform',
      cache: 'capacity: 10 objects, collapse_requests: on',
      ttl: `${plain(input(vector, 'ttl') * 10)}ms`,
      latency: `${plain(input(vector, 'fetch') * 10)}ms`,
    }),
    load: cacheLoad(rate, rate * (input(vector, 'ttl') + input(vector, 'fetch')), 0.5),
    quantities: [
      fetchRate(vector, 'origin_fetch_rate_collapsed', rate),
      requestShare('frac_leader', expectedOf(vector, 'frac_leader'), 'miss'),
      requestShare('frac_waiting', expectedOf(vector, 'frac_waiting'), 'collapsed'),
      quantity('frac_fresh_hit', expectedOf(vector, 'frac_fresh_hit'), ({ metrics }) =>
        divided(metrics['hits']! - metrics['collapsed']!, metrics['requests']),
      ),
      quantity('latency', expectedOf(vector, 'mean_latency_added'), ({ metrics }) =>
        typeof metrics['latency_mean_s'] === 'number' ? metrics['latency_mean_s'] * 100 : null,
      ),
    ],
  };
}

/** Fetches a unit of time, from those a request and the rate of requests. */
function fetchRate(vector: Vector, name: string, rate: number): Quantity {
  return quantity(name, expectedOf(vector, name), ({ metrics }) => {
    const perRequest = divided(metrics['origin_fetches'], metrics['requests']);
    return perRequest === null ? null : perRequest * rate;
  });
}

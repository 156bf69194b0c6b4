import type { GateCase } from '../gate/gate-case.ts';
import { inUnits, quantity, scaled, UNITS_PER_SECOND } from '../gate/quantities.ts';
import { relativeVariance } from '../gate/birth-death.ts';
import { queueLoad } from '../gate/run-length.ts';
import { duration, laboratory, perSecond } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';

/** Queues behind queues, and queues that people leave. */
export function networks(): readonly GateCase[] {
  return [openNetwork(), ...readVectors('abandonment').map(abandonment)];
}

/**
 * Edge, shield, origin, as a product of M/M/1 (Jackson 1957): a laboratory spreads its traffic
 * evenly over its POPs, so the shield serves its own requests (0.7 a unit) and the edge's, all of
 * which no cache may answer, and the origin both. Loads 0.7 (edge), 0.7 (shield), 0.8 (origin):
 * the time at each is that of its vector, in its own mean service time.
 */
function openNetwork(): GateCase {
  const [edge, origin] = ['mm1-rho0.7', 'mm1-rho0.8'].map((id) =>
    readVectors('mm1').find((vector) => vector.id === id)!,
  ) as [Vector, Vector];
  const [shieldUnits, originUnits] = [0.7 / 1.4, 0.8 / 1.4];
  const times = {
    edge: expectedOf(edge, 'W'),
    shield: expectedOf(edge, 'W') * shieldUnits,
    origin: expectedOf(origin, 'W') * originUnits,
  };
  return {
    id: 'jackson+edge-shield-origin',
    file: 'jackson',
    scenario: `version: 1
network:
  pops:
    edge: { servers: 1, service_time: exponential mean=${duration(1)} }
    shield: { servers: 1, service_time: exponential mean=${duration(shieldUnits)} }
traffic:
  arrivals: poisson ${perSecond(1.4)}
  classes:
    page: { objects: 1000, cacheable: off }
cache:
  edge: { capacity: 10 objects }
  shield: { pops: [shield], capacity: 10 objects }
origins:
  main: { servers: 1, service_time: exponential mean=${duration(originUnits)} }
balancer: { policy: random }
`,
    load: { ...queueLoad({ arrivalRate: 1.4, utilisation: 0.8 }), halfWidth: 0.01 },
    quantities: [
      quantity('W_edge', times.edge + times.shield + times.origin, ({ pops }) =>
        inUnits(pops['edge']!['latency_mean_s']),
      ),
      quantity('W_shield', times.shield + times.origin, ({ pops }) =>
        inUnits(pops['shield']!['latency_mean_s']),
      ),
      quantity('W_origin', times.origin, ({ origins }) =>
        inUnits(origins['main']!['latency_mean_s']),
      ),
      quantity('L_edge', expectedOf(edge, 'L'), ({ pops }) => pops['edge']!['in_system_mean']!),
      quantity('L_shield', expectedOf(edge, 'L'), ({ pops }) => pops['shield']!['in_system_mean']!),
      quantity(
        'L_origin',
        expectedOf(origin, 'L'),
        ({ origins }) => origins['main']!['in_system_mean']!,
      ),
      quantity('lambda_origin', 1.4, ({ origins }) =>
        scaled(origins['main']!['requests_per_s'], 1 / UNITS_PER_SECOND),
      ),
    ],
  };
}

/** Erlang-A: clients leave the queue, but not the server, when their patience ends (Palm 1957). */
function abandonment(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  const servers = input(vector, 'c');
  const theta = input(vector, 'theta');
  const waiting = (n: number): number => Math.max(0, n - servers);
  const process = {
    birth: () => rate,
    death: (n: number) => Math.min(n, servers) + theta * waiting(n),
  };
  return {
    id: vector.id,
    file: 'abandonment',
    scenario: laboratory({
      pop: `servers: 1, concurrency: ${servers}`,
      rate,
      service: `exponential mean=${duration(1)}`,
      traffic: `timeout: exponential mean=${duration(1 / theta)}`,
    }),
    load: {
      arrivalRate: rate,
      // the slower of service and patience
      relaxationArrivals: rate / Math.min(1, theta),
      varianceTimesArrivals: relativeVariance(process, waiting) * rate,
      copies: 1,
      halfWidth: 0.01,
    },
    quantities: [
      quantity('P_abandon', expectedOf(vector, 'P_abandon'), ({ metrics }) =>
        typeof metrics['timeouts'] === 'number' ? metrics['timeouts'] / metrics['requests']! : null,
      ),
      quantity(
        'Lq',
        expectedOf(vector, 'Lq'),
        ({ metrics }) => metrics['in_system_mean']! - metrics['utilisation']! * servers,
      ),
      quantity('Wq_all', expectedOf(vector, 'Wq_all'), ({ metrics }) =>
        inUnits(metrics['queue_wait_mean_s']),
      ),
      quantity(
        'busy',
        expectedOf(vector, 'busy'),
        ({ metrics }) => metrics['utilisation']! * servers,
      ),
    ],
  };
}

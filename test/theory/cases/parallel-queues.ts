import type { GateCase, Quantity } from '../gate/gate-case.ts';
import {
  allAnswered,
  arrivalRate,
  divided,
  metric,
  ofServer,
  quantity,
  time,
} from '../gate/quantities.ts';
import { queueLoad } from '../gate/run-length.ts';
import { duration, laboratory } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';
import { quantiles } from './single-queues.ts';

/** Servers side by side behind a policy that does not look at them: static splits. */
export function parallelQueues(): readonly GateCase[] {
  return readVectors('round-robin').map((vector) => {
    if (vector.id.startsWith('rr-')) return roundRobin(vector);
    if (vector.id.startsWith('dm1-')) return constantArrivals(vector);
    return vector.id.startsWith('het-') ? weighted(vector) : randomSplit(vector);
  });
}

const EXPONENTIAL = `exponential mean=${duration(1)}`;

/** Each of n servers gets every n-th request: E_n/M/1, gaps of scv 1/n. */
function roundRobin(vector: Vector): GateCase {
  const servers = input(vector, 'n_servers');
  const rate = input(vector, 'total_lambda');
  const rho = input(vector, 'rho');
  return {
    id: vector.id,
    file: 'round-robin',
    scenario: laboratory({
      pop: `servers: ${servers}`,
      rate,
      service: EXPONENTIAL,
      policy: 'round-robin',
    }),
    load: queueLoad({
      arrivalRate: rate,
      utilisation: rho,
      scv: (1 + 1 / servers) / 2,
      copies: servers,
    }),
    quantities: [
      ...queueQuantities(vector, servers),
      metric('rho', rho, 'utilisation'),
      arrivalRate(rate),
      allAnswered,
      evenShare(servers),
    ],
  };
}

function constantArrivals(vector: Vector): GateCase {
  const rate = 1 / input(vector, 'interarrival');
  return {
    id: vector.id,
    file: 'round-robin',
    scenario: laboratory({ pop: 'servers: 1', law: 'constant', rate, service: EXPONENTIAL }),
    load: queueLoad({ arrivalRate: rate, utilisation: rate, scv: 0.5 }),
    quantities: [
      ...queueQuantities(vector, 1),
      metric('rho', rate, 'utilisation'),
      // the window may hold one request more or less
      { ...arrivalRate(rate), relativeError: 1e-3 },
      allAnswered,
    ],
  };
}

function queueQuantities(vector: Vector, servers: number): Quantity[] {
  return [
    time('W', expectedOf(vector, 'W'), 'latency_mean_s'),
    time('Wq', expectedOf(vector, 'Wq'), 'queue_wait_mean_s'),
    metric('L', servers * expectedOf(vector, 'L'), 'in_system_mean'),
    ...quantiles(vector),
  ];
}

/** In turn means to within one request: the first server's share of a window. */
function evenShare(servers: number): Quantity {
  return {
    ...shareOf('0', 1 / servers),
    relativeError: 1e-2,
  };
}

function shareOf(server: string, expected: number): Quantity {
  return quantity(`share_${server}`, expected, (result) =>
    divided(result.servers[`lab/${server}`]!['requests'], result.metrics['requests']),
  );
}

/** Splitting a Poisson stream at random gives Poisson streams: n times M/M/1. */
function randomSplit(vector: Vector): GateCase {
  const servers = input(vector, 'n_servers');
  const rate = input(vector, 'total_lambda');
  const rho = rate / servers;
  return {
    id: vector.id,
    file: 'round-robin',
    scenario: laboratory({ pop: `servers: ${servers}`, rate, service: EXPONENTIAL }),
    load: queueLoad({ arrivalRate: rate, utilisation: rho, copies: servers }),
    quantities: [
      time('W', expectedOf(vector, 'W'), 'latency_mean_s'),
      metric('L', expectedOf(vector, 'L_total'), 'in_system_mean'),
      metric('rho', rho, 'utilisation'),
      ...quantiles(vector),
      arrivalRate(rate),
      allAnswered,
      ...Array.from({ length: servers }, (_, server) => shareOf(String(server), 1 / servers)),
    ],
  };
}

/** Servers 1, 2 and 4 times as fast, and as often drawn: all at the same load. */
function weighted(vector: Vector): GateCase {
  const speeds = vector.inputs['mu'] as readonly number[];
  const weights = vector.inputs['weights'] as readonly number[];
  const rate = input(vector, 'total_lambda');
  const rho = expectedOf(vector, 'rho_each');
  const groups = speeds.map(
    (speed, i) => `{ count: 1, type: s${speed}, weight: ${weights[i]}, speed: ${speed} }`,
  );
  return {
    id: vector.id,
    file: 'round-robin',
    scenario: laboratory({
      pop: `servers: [${groups.join(', ')}]`,
      rate,
      service: EXPONENTIAL,
    }),
    load: queueLoad({ arrivalRate: rate, utilisation: rho, copies: rate / (rho * speeds[0]!) }),
    quantities: [
      time('W', expectedOf(vector, 'W_mean'), 'latency_mean_s'),
      metric('L', expectedOf(vector, 'L_total'), 'in_system_mean'),
      ...speeds.map((speed) => ofServer(`rho_s${speed}`, rho, `s${speed}-0`, 'utilisation')),
      arrivalRate(rate),
      allAnswered,
    ],
  };
}

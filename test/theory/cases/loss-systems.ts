import { type BirthDeath, relativeVariance } from '../gate/birth-death.ts';
import type { GateCase } from '../gate/gate-case.ts';
import {
  arrivalRate,
  metric,
  quantity,
  requestShare,
  scaled,
  time,
  UNITS_PER_SECOND,
  waitingCount,
} from '../gate/quantities.ts';
import type { Load } from '../gate/run-length.ts';
import { duration, laboratory } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';

/** Queues that turn requests away: M/M/c/K, and no queue at all (Erlang B). */
export function lossSystems(): readonly GateCase[] {
  return [
    ...readVectors('finite-buffer').map(finiteBuffer),
    ...readVectors('erlang-b').map((vector, i) => lossSystem(vector, LAWS[i % LAWS.length]!)),
  ];
}

/** Erlang's formula knows of the service time its mean only: the cases take turns. */
const LAWS = [
  `exponential mean=${duration(1)}`,
  `hyperexponential mean=${duration(1)} scv=4`,
  duration(1),
  `lognormal mean=${duration(1)} scv=2`,
  `erlang stages=3 mean=${duration(1)}`,
] as const;

function finiteBuffer(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  const servers = 'c' in vector.inputs ? input(vector, 'c') : 1;
  const places = input(vector, 'K');
  return {
    id: vector.id,
    file: 'finite-buffer',
    scenario: laboratory({
      pop: `servers: 1, concurrency: ${servers}, queue: ${places - servers}`,
      rate,
      service: `exponential mean=${duration(1)}`,
    }),
    load: lossLoad(rate, servers, places),
    quantities: [
      requestShare('P_block', expectedOf(vector, 'P_block'), 'rejected'),
      time('W', expectedOf(vector, 'W'), 'latency_mean_s'),
      time('Wq', expectedOf(vector, 'Wq'), 'queue_wait_mean_s'),
      metric('L', expectedOf(vector, 'L'), 'in_system_mean'),
      waitingCount(expectedOf(vector, 'Lq'), servers),
      metric('utilisation', expectedOf(vector, 'utilisation'), 'utilisation'),
      quantity('throughput', expectedOf(vector, 'throughput'), ({ metrics }) =>
        scaled(metrics['requests_per_s'], metrics['availability']! / UNITS_PER_SECOND),
      ),
      arrivalRate(rate),
    ],
  };
}

function lossSystem(vector: Vector, law: string): GateCase {
  const rate = input(vector, 'A_erlang');
  const servers = input(vector, 'N');
  return {
    id: vector.id,
    file: 'erlang-b',
    scenario: laboratory({
      pop: `servers: 1, concurrency: ${servers}, queue: 0`,
      rate,
      service: law,
    }),
    load: spread(lossLoad(rate, servers, servers)),
    quantities: [
      requestShare('P_block', expectedOf(vector, 'P_block'), 'rejected'),
      metric('carried', expectedOf(vector, 'carried'), 'in_system_mean'),
      metric('utilisation', expectedOf(vector, 'utilisation'), 'utilisation'),
      arrivalRate(rate),
    ],
  };
}

/** With a law of scv 4, blocked requests come in larger crowds. */
function spread(load: Load): Load {
  return { ...load, varianceTimesArrivals: 2 * load.varianceTimesArrivals };
}

/**
 * By PASTA the share of requests that find all places taken is the share of time they are. That
 * forgets in a service time, or, with a queue near saturation, as M/M/1/K does: (K/π)² (ρ = 1).
 */
function lossLoad(rate: number, servers: number, places: number): Load {
  const process: BirthDeath = {
    birth: (n) => (n < places ? rate : 0),
    death: (n) => Math.min(n, servers),
  };
  const queue = places - servers;
  const isFull = (n: number): number => (n === places ? 1 : 0);
  return {
    arrivalRate: rate,
    relaxationArrivals: Math.max(rate, ((queue + 1) / Math.PI) ** 2),
    varianceTimesArrivals: relativeVariance(process, isFull) * rate,
    copies: 1,
    halfWidth: RARE_HALF_WIDTH[`${servers}/${places}`] ?? 0.01,
  };
}

/** A block in 100 to 300 requests, many at a time: 1 % would take 10⁸ requests and more. */
const RARE_HALF_WIDTH: Readonly<Record<string, number>> = {
  '30/30': 0.02,
  '50/64': 0.03,
  '1000/1000': 0.05,
};

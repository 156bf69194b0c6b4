import type { GateCase, Quantity } from '../gate/gate-case.ts';
import {
  allAnswered,
  arrivalRate,
  latencyQuantile,
  metric,
  serviceTime,
  time,
  waitingCount,
} from '../gate/quantities.ts';
import { relativeVariance } from '../gate/birth-death.ts';
import { halfWidthAt, type Load, queueLoad } from '../gate/run-length.ts';
import { duration, laboratory } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';

/** One queue of unlimited length, first come first served: M/M/1, and M/M/c (Erlang C). */
export function singleQueues(): readonly GateCase[] {
  return [
    ...readVectors('mm1').map((vector) => markovQueue(vector, 'mm1', 1)),
    ...readVectors('erlang-c').map((vector) => markovQueue(vector, 'erlang-c', input(vector, 'c'))),
  ];
}

function markovQueue(vector: Vector, file: string, servers: number): GateCase {
  const rate = input(vector, 'lambda');
  return {
    id: vector.id,
    file,
    scenario: laboratory({
      pop: `servers: 1, concurrency: ${servers}`,
      rate,
      service: `exponential mean=${duration(1)}`,
    }),
    load: markovLoad(rate, servers),
    quantities: [...meanQuantities(vector, rate, servers), ...quantiles(vector)],
  };
}

/** What every queue without an end has: W, Wq, L, Lq, ρ, and what comes in goes out. */
export function meanQuantities(vector: Vector, rate: number, servers: number): Quantity[] {
  return [
    time('W', expectedOf(vector, 'W'), 'latency_mean_s'),
    time('Wq', expectedOf(vector, 'Wq'), 'queue_wait_mean_s'),
    metric('L', expectedOf(vector, 'L'), 'in_system_mean'),
    waitingCount(expectedOf(vector, 'Lq'), servers),
    metric('rho', expectedOf(vector, 'rho'), 'utilisation'),
    serviceTime((expectedOf(vector, 'rho') * servers) / rate, servers),
    arrivalRate(rate),
    allAnswered,
  ];
}

/** Quantiles of the time in the system that the vector has and results report. */
export function quantiles(vector: Vector): Quantity[] {
  return ['p50', 'p90', 'p99', 'p999'].flatMap((p) => {
    const expected = vector.expected[`T_${p}`];
    return expected === undefined ? [] : [latencyQuantile(p, expected)];
  });
}

/** M/M/c with service rate 1. */
export function markovLoad(rate: number, servers: number): Load {
  const rho = rate / servers;
  const process = {
    birth: () => rate,
    death: (n: number) => Math.min(n, servers),
  };
  return {
    ...queueLoad({ arrivalRate: rate, utilisation: rho }),
    // never faster than a service time
    relaxationArrivals: Math.max(rate, rho / (1 - Math.sqrt(rho)) ** 2),
    // of L, which by Little's law varies as W does, and by the arrivals beside
    varianceTimesArrivals: relativeVariance(process, (n) => n) * rate,
    halfWidth: halfWidthAt(rho),
  };
}

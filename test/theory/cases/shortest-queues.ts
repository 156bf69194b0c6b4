import type { GateCase } from '../gate/gate-case.ts';
import { allAnswered, arrivalRate, metric, ofServer, quantity, time } from '../gate/quantities.ts';
import { halfWidthAt, queueLoad } from '../gate/run-length.ts';
import { duration, laboratory } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';

/** Servers side by side behind a policy that compares queues: all of them, or d drawn at random. */
export function shortestQueues(): readonly GateCase[] {
  return [
    ...readVectors('finite-n-lb').map((vector) =>
      vector.expected['W'] === undefined ? nearMeanField(vector) : exact(vector),
    ),
    ...readVectors('power-of-d').map(meanField),
  ];
}

const EXPONENTIAL = `exponential mean=${duration(1)}`;

/**
 * JSQ and SQ(2) with few servers. Comparing pools them: as a whole they forget as M/M/1 does. All
 * servers are alike, so each has the load ρ: the first and the last, as a tie that is not drawn
 * favours one of them.
 */
function exact(vector: Vector): GateCase {
  const servers = input(vector, 'N');
  const rho = input(vector, 'rho');
  const rate = servers * rho;
  const policy = vector.inputs['policy'] === 'jsq' ? 'least-request' : 'two-choices';
  return {
    id: vector.id,
    file: 'finite-n-lb',
    scenario: laboratory({ pop: `servers: ${servers}`, rate, service: EXPONENTIAL, policy }),
    load: queueLoad({ arrivalRate: rate, utilisation: rho }),
    quantities: [
      withDigits(time('W', expectedOf(vector, 'W'), 'latency_mean_s')),
      withDigits(metric('L', expectedOf(vector, 'L_total'), 'in_system_mean')),
      quantity('idle', expectedOf(vector, 'frac_servers_idle'), ({ metrics }) =>
        typeof metrics['utilisation'] === 'number' ? 1 - metrics['utilisation'] : null,
      ),
      ofServer('rho_first', rho, '0', 'utilisation'),
      ofServer('rho_last', rho, String(servers - 1), 'utilisation'),
      arrivalRate(rate),
      allAnswered,
    ],
  };
}

/** These vectors have 7 digits. */
function withDigits<T extends { relativeError: number }>(quantity: T): T {
  return { ...quantity, relativeError: 1e-5 };
}

/** Many servers, but not infinitely many: how much slower 50 or 100 are, Mitzenmacher measured. */
function nearMeanField(vector: Vector): GateCase {
  const servers = input(vector, 'N');
  return manyServers(vector, 'finite-n-lb', {
    servers,
    rho: input(vector, 'rho'),
    choices: 2,
    mean: expectedOf(vector, 'W_meanfield'),
  });
}

/** N → ∞ taken at N = 400, and nearer where the queues are long. */
function meanField(vector: Vector): GateCase {
  return manyServers(vector, 'power-of-d', {
    servers: input(vector, 'lambda_per_server') > 0.95 ? 1000 : 400,
    rho: input(vector, 'lambda_per_server'),
    choices: input(vector, 'd'),
    mean: expectedOf(vector, 'T_mean'),
  });
}

interface Supermarket {
  readonly servers: number;
  readonly rho: number;
  readonly choices: number;
  readonly mean: number;
}

function manyServers(vector: Vector, file: string, market: Supermarket): GateCase {
  const { servers, rho, choices, mean } = market;
  const rate = servers * rho;
  const tau = relaxationUnits(rho, choices);
  const gap = finiteSizeGap(market);
  return {
    id: vector.id,
    file,
    scenario: laboratory({
      pop: `servers: ${servers}`,
      rate,
      service: EXPONENTIAL,
      policy: `two-choices, choices: ${choices}`,
    }),
    load: {
      arrivalRate: rate,
      relaxationArrivals: tau * rate,
      varianceTimesArrivals: 6 * tau,
      copies: servers,
      halfWidth: halfWidthAt(rho),
    },
    quantities: [
      { ...time('W', mean * (1 + gap), 'latency_mean_s'), relativeError: gap },
      metric('s1', rho, 'utilisation'),
      arrivalRate(rate),
      allAnswered,
    ],
  };
}

/**
 * 1 ÷ the spectral gap of the mean-field equations ds_k/dt = λ(s_{k−1}^d − s_k^d) − (s_k − s_{k+1})
 * linearised at their fixed point; numerically, service times: 2.3 (d = 2, ρ = 0.5), 6.3 (0.8),
 * 13.2 (0.9), 142 (0.99); less with more choices. Within 1.42 ÷ (1 − ρ) all of them.
 */
function relaxationUnits(rho: number, choices: number): number {
  return choices === 2 ? 1.42 / (1 - rho) : 0.92 / (1 - rho);
}

/**
 * N servers are slower than infinitely many by about a/N. Known (Mitzenmacher 2001, table 1, and
 * the vectors): +1.2 % at N = 100, ρ = 0.9 and +2.5 % at 0.95, so a ≈ 0.12 ÷ (1 − ρ) for d = 2.
 * The expected value is put in the middle of [0, 2 a/N] and may be missed by half of that; more
 * choices are nearer to one queue for all, where the gap is relatively larger: a × (d − 1).
 */
function finiteSizeGap({ servers, rho, choices }: Supermarket): number {
  return (0.12 * (choices - 1)) / ((1 - rho) * servers);
}

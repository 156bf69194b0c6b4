import type { GateCase, Quantity } from '../gate/gate-case.ts';
import { allAnswered, arrivalRate, latencyQuantile, quantity } from '../gate/quantities.ts';
import { type Load, queueLoad } from '../gate/run-length.ts';
import { duration, laboratory, plain } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';
import { meanQuantities } from './single-queues.ts';

/** M/G/1, first come first served: Pollaczek and Khinchine, and the whole law of M/D/1. */
export function generalService(): readonly GateCase[] {
  return readVectors('mg1').map((vector) =>
    vector.id.startsWith('md1-dist') ? waitingLaw(vector) : generalQueue(vector),
  );
}

function generalQueue(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  return {
    id: vector.id,
    file: 'mg1',
    scenario: laboratory({ pop: 'servers: 1', rate, service: lawOf(vector) }),
    load: loadOf(vector, rate),
    quantities: meanQuantities(vector, rate, 1),
  };
}

/** `deterministic 1`, `Erlang-4 mean 1`, or the parameters of H2, lognormal, bounded Pareto. */
function lawOf({ id, inputs: { service } }: Vector): string {
  if (service === 'deterministic 1') return duration(1);
  const erlang = /^Erlang-(\d+) mean 1$/.exec(String(service));
  if (erlang !== null) return `erlang stages=${erlang[1]} mean=${duration(1)}`;
  const p = service as Readonly<Record<string, number>>;
  if (p['rate1'] !== undefined) {
    const mean1 = duration(1 / p['rate1']);
    const mean2 = duration(1 / p['rate2']!);
    return `hyperexponential p=${plain(p['p1']!)} mean1=${mean1} mean2=${mean2}`;
  }
  // of the logarithm of nanoseconds
  if (p['sigma'] !== undefined) {
    return `lognormal mu=${plain(p['mu']! + Math.log(NS_PER_UNIT))} sigma=${p['sigma']}`;
  }
  if (p['alpha'] !== undefined) {
    return `pareto alpha=${p['alpha']} min=${duration(p['L']!)} max=${duration(p['H']!)}`;
  }
  throw new Error(`${id}: unknown service law`);
}

const NS_PER_UNIT = 1e7;

/**
 * Of the wait, by the diffusion limit; heavy tails are worse, by E[Wq²]/E[Wq]² against the 2/ρ of
 * M/M/1. The bounded Pareto, whose largest service times come once in 10⁵ requests, gets 10 %.
 */
function loadOf(vector: Vector, rate: number): Load {
  const rho = expectedOf(vector, 'rho');
  const scv = (1 + expectedOf(vector, 'scv')) / 2;
  const load = queueLoad({ arrivalRate: rate, utilisation: rho, scv });
  const spread = expectedOf(vector, 'E_Wq2') / expectedOf(vector, 'Wq') ** 2;
  const tail = Math.max(1, spread / (2 / rho));
  return {
    ...load,
    varianceTimesArrivals: load.varianceTimesArrivals * tail ** 3,
    halfWidth: scv > 100 ? 0.1 : load.halfWidth,
  };
}

/**
 * M/D/1: the time in the system is the wait and one unit, so the wait's quantiles are the time's
 * less one, and P(Wq ≤ t) is read from thresholds `share(latency > t + 1)`.
 */
function waitingLaw(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  const utilisation = rate;
  const shares = WAITS.map((units) => `  - share(latency > ${limit(units)}) < 99%\n`);
  return {
    id: vector.id,
    file: 'mg1',
    scenario: laboratory({
      pop: 'servers: 1',
      rate,
      service: duration(1),
      more: `thresholds:\n${shares.join('')}`,
    }),
    load: queueLoad({ arrivalRate: rate, utilisation, scv: 0.5 }),
    quantities: [
      ...WAITS.map((units) => waitAtMost(vector, units)),
      ...['p90', 'p99', 'p999'].map((p) => latencyQuantile(p, expectedOf(vector, `Wq_${p}`), 1)),
      arrivalRate(rate),
      allAnswered,
    ],
  };
}

const WAITS = [1, 2, 5, 0] as const;

function limit(waitUnits: number): string {
  return duration(waitUnits + 1);
}

/** The share is of those above: P(Wq = 0) is the share of those not above one unit. */
function waitAtMost(vector: Vector, units: number): Quantity {
  const name = units === 0 ? 'P_Wq_0' : `P_Wq_le_${units}`;
  const key = `latency_over_${limit(units)}_ratio`;
  return quantity(name, expectedOf(vector, name), ({ metrics }) =>
    typeof metrics[key] === 'number' ? 1 - metrics[key] : null,
  );
}

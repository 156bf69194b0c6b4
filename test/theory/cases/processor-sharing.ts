import type { GateCase, Quantity } from '../gate/gate-case.ts';
import { allAnswered, arrivalRate, inUnits, metric, quantity, time } from '../gate/quantities.ts';
import type { Load } from '../gate/run-length.ts';
import { duration, laboratory } from '../gate/scenario-text.ts';
import { expectedOf, input, readVectors, type Vector } from '../gate/vectors.ts';
import { markovLoad } from './single-queues.ts';

/**
 * Processor sharing. Of M/G/1-PS the mean knows nothing of the law but its mean, and a job of size
 * x takes x/(1 − ρ); so the cases are run with several laws, one of which has three sizes that are
 * classes of their own. M/M/c-PS has the number inside, and so the mean, of M/M/c.
 */
export function processorSharing(): readonly GateCase[] {
  const vectors = readVectors('ps');
  const insensitive = vectors.filter(({ id }) => id.startsWith('mg1ps'));
  return [
    ...insensitive.flatMap((vector) =>
      LAWS.map(([name, law]) => sharing(vector, 'ps', `${vector.id}+${name}`, law, 1)),
    ),
    ...insensitive.map(threeSizes),
    ...vectors
      .filter(({ id }) => id.startsWith('mm1ps'))
      .map((vector) => sharing(vector, 'ps', vector.id, LAWS[0][1], 1)),
    ...readVectors('erlang-c')
      .filter((vector) => SHARED_SERVERS.has(input(vector, 'c')))
      .map((vector) =>
        sharing(vector, 'erlang-c', `${vector.id}+ps`, LAWS[0][1], input(vector, 'c')),
      ),
  ];
}

const LAWS = [
  ['exponential', `exponential mean=${duration(1)}`],
  ['hyperexponential', `hyperexponential mean=${duration(1)} scv=4`],
  ['constant', duration(1)],
] as const;

const SHARED_SERVERS = new Set([2, 5]);

function sharing(
  vector: Vector,
  file: string,
  id: string,
  service: string,
  servers: number,
): GateCase {
  const rate = input(vector, 'lambda');
  const mean = vector.expected['T_mean'] ?? expectedOf(vector, 'W');
  return {
    id,
    file,
    scenario: laboratory({
      pop: `servers: 1, concurrency: ${servers}, discipline: ps`,
      rate,
      service,
    }),
    load: spread(markovLoad(rate, servers), service.includes('scv=4') ? 4 : 1),
    quantities: [
      time('W', mean, 'latency_mean_s'),
      // Little's law, where the vector does not say it
      metric('L', vector.expected['L'] ?? rate * mean, 'in_system_mean'),
      metric('rho', rate / servers, 'utilisation'),
      arrivalRate(rate),
      allAnswered,
    ],
  };
}

/** 50 % of size 0.1, 45 % of 1, 5 % of 10: mean 0.05 + 0.45 + 0.5 = 1. */
function threeSizes(vector: Vector): GateCase {
  const rate = input(vector, 'lambda');
  const scenario = laboratory({ pop: 'servers: 1, discipline: ps', rate, service: duration(1) });
  const classes = `  classes:
    small: { share: 50%, service_time: ${duration(0.1)} }
    middle: { share: 45%, service_time: ${duration(1)} }
    large: { share: 5%, service_time: ${duration(10)} }
`;
  return {
    id: `${vector.id}+three-sizes`,
    file: 'ps',
    scenario: scenario.replace(/ {2}classes:\n.*\n/, classes),
    // E[S²] = 0.5 · 0.01 + 0.45 + 0.05 · 100 = 5.455
    load: spread(markovLoad(rate, 1), 4.455),
    quantities: [
      time('W', expectedOf(vector, 'T_mean'), 'latency_mean_s'),
      ofClass(vector, 'T_given_size_0p1', 'small'),
      ofClass(vector, 'T_given_size_1', 'middle'),
      ofClass(vector, 'T_given_size_10', 'large'),
      metric('L', expectedOf(vector, 'L'), 'in_system_mean'),
      allAnswered,
    ],
  };
}

/** Large jobs stay long: averages vary more than those of M/M/c, as the diffusion limit has it. */
function spread(load: Load, scv: number): Load {
  return { ...load, varianceTimesArrivals: (load.varianceTimesArrivals * (1 + scv)) / 2 };
}

function ofClass(vector: Vector, name: string, className: string): Quantity {
  return quantity(name, expectedOf(vector, name), ({ classes }) =>
    inUnits(classes[className]!['latency_mean_s']),
  );
}

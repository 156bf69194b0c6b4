import { RandomStreams } from '../../sim/kernel/random.ts';

/** Choices of a swarm scenario, all from its seed. */
export interface Draws {
  chance(probability: number): boolean;
  /** An integer, both ends included. */
  integer(low: number, high: number): number;
  real(low: number, high: number): number;
  oneOf<T>(values: readonly T[]): T;
  /** Each value with the probability. */
  some<T>(values: readonly T[], probability: number): T[];
}

export function drawsFrom(seed: number, purpose: string): Draws {
  const stream = new RandomStreams(`swarm ${seed}`, 0).stream('swarm', purpose);
  const integer = (low: number, high: number): number => low + stream.below(high - low + 1);
  return {
    integer,
    chance: (probability) => stream.bernoulli(probability),
    real: (low, high) => low + (high - low) * stream.uniform(),
    oneOf: (values) => values[integer(0, values.length - 1)]!,
    some: (values, probability) => values.filter(() => stream.bernoulli(probability)),
  };
}

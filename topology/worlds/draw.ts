/**
 * Random choices while a world is built: one named stream a purpose, so that purposes do not
 * disturb each other.
 */

import seedrandom from 'seedrandom';

export interface Draw {
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of a non-empty list, all equally likely. */
  pick<T>(list: readonly T[]): T;
}

export function drawFor(seed: string, purpose: string): Draw {
  const random = seedrandom(`${seed}/${purpose}`);
  return {
    chance: (probability) => random() < probability,
    pick: (list) => list[Math.floor(random() * list.length)]!,
  };
}

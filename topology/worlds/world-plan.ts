import type { WorldKnobs } from './knobs.ts';

/** What is decided by hand for a built-in world; the rest is drawn by rule from the seed. */
export interface WorldPlan {
  /** `global-24@1`; a change of what it builds is a new version. */
  readonly name: string;
  readonly summary: string;
  /** Of everything drawn by rule: the name, or for another sample of the same kind, more. */
  readonly seed: string;
  /** POPs by metro code. */
  readonly pops: readonly string[];
  /** Backbone links as `fra-ams`: all of them, or only the long routes, which a rule completes. */
  readonly backbone: readonly string[];
  readonly backboneIs: 'all' | 'long-haul';
  readonly ixps: readonly string[];
  readonly tier1Count: number;
  readonly regionalCount: number;
  /** Metros where clients are, POP metros included: the largest by demand. */
  readonly metroCount: number;
  readonly regionCount: number;
  /** Where this world departs from `KNOBS`: with few carriers each of them weighs more. */
  readonly knobs: Partial<WorldKnobs>;
}

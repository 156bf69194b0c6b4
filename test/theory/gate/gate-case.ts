import type { RunResult } from '../../../sim/index.ts';
import type { Load } from './run-length.ts';

/** One reference case of the queueing vectors, as a scenario and the numbers it must give. */
export interface GateCase {
  /** That of the vector; a variant of it has `+what`. */
  readonly id: string;
  /** Name of the vector file. */
  readonly file: string;
  /** The scenario as YAML, but for how long it runs. */
  readonly scenario: string;
  readonly load: Load;
  /** The first is the one whose half-width must meet the limit. */
  readonly quantities: readonly Quantity[];
}

/** One number that theory knows and a result holds. */
export interface Quantity {
  readonly name: string;
  readonly expected: number;
  /** In the unit of `expected`; null = the result does not say. */
  readonly measure: (result: RunResult) => number | null;
  /** What the measurement may be off by whatever its length, relative to `expected`. */
  readonly relativeError: number;
  /** Relaxation times that a window must have for it to mean anything (`run-length.ts`). */
  readonly relaxationsMin: number;
}

/** A vector, or a whole file of them, that the scenario format has no words for. */
export interface Inexpressible {
  readonly what: string;
  readonly reason: string;
}

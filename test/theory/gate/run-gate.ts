import { CASES } from '../cases/index.ts';
import type { GateCase } from './gate-case.ts';
import { comparable, type Measured, measureCase } from './measure.ts';
import { type GateSize, runLength, type RunLength } from './run-length.ts';
import { criticalT, imprecision, objection } from './verdict.ts';

/** What became of one case. */
export interface CaseOutcome {
  readonly gateCase: GateCase;
  readonly length: RunLength;
  readonly measured: readonly Measured[];
  readonly objections: readonly string[];
  readonly cpuSeconds: number;
}

/**
 * `npm test` and the mutation check run the small size, by the general way of the simulator;
 * `ANYCASTLE_GATE=full` the one that the protocol asks for, by the way that users' runs take.
 * `test/laboratory` holds the two ways to the same bits.
 */
export const GATE_SIZE: GateSize = process.env['ANYCASTLE_GATE'] === 'full' ? 'full' : 'ci';

/** How many numbers the whole gate compares: the family over which α is divided. */
export function comparisonCount(size: GateSize): number {
  return Object.values(CASES)
    .flat()
    .reduce((sum, gateCase) => {
      const length = lengthOf(gateCase, size);
      return sum + (length === null ? 0 : comparable(gateCase, length).length);
    }, 0);
}

/** null: too long for this size. */
export function lengthOf({ load, quantities }: GateCase, size: GateSize): RunLength | null {
  const tails = quantities.map(({ relaxationsMin }) => relaxationsMin);
  return runLength(load, size, tails);
}

/** null: too long for this size. */
export function runCase(gateCase: GateCase, size: GateSize): CaseOutcome | null {
  const length = lengthOf(gateCase, size);
  if (length === null) return null;
  const started = process.cpuUsage();
  const measured = measureCase(gateCase, length, size === 'ci');
  const { user, system } = process.cpuUsage(started);
  const critical = criticalT(comparisonCount(size));
  const objections = [
    imprecision(measured[0]!, length),
    ...measured.map((one) => objection(one, critical)),
  ].filter((found) => found !== null);
  return { gateCase, length, measured, objections, cpuSeconds: (user + system) / 1e6 };
}

import { expect, it } from 'vitest';
import { CASES } from '../cases/index.ts';
import { GATE_SIZE, lengthOf, runCase } from './run-gate.ts';
import { percent } from './verdict.ts';

/**
 * One test a case: every number that theory knows is inside its interval, and the interval of the
 * first is narrow. Prints the half-width reached.
 */
export function describeGate(name: keyof typeof CASES): void {
  const cases = CASES[name]!;
  const inTime = cases.filter((gateCase) => lengthOf(gateCase, GATE_SIZE) !== null);
  const tooLong = cases.filter((gateCase) => !inTime.includes(gateCase));
  it.each(inTime.map((gateCase) => [gateCase.id, gateCase] as const))(
    '%s',
    (_id, gateCase) => {
      const { measured, length, objections, cpuSeconds } = runCase(gateCase, GATE_SIZE)!;
      const leading = measured[0]!;
      const reached = leading.halfWidth / leading.quantity.expected;
      console.log(
        `${gateCase.id}: ${leading.quantity.name} ± ${percent(reached)} ` +
          `(limit ${percent(length.halfWidthMax)}), ${measured.length} numbers, ` +
          `${cpuSeconds.toFixed(1)} s`,
      );
      expect(objections).toEqual([]);
    },
    // A full case may take an hour on a busy machine.
    GATE_SIZE === 'full' ? 3_600_000 : 120_000,
  );
  for (const { id } of tooLong) it.skip(`${id}: too long for CI, runs with npm run gate`);
}

import { describe, expect, it } from 'vitest';
import { anycastDetours, inflationTable } from '../../bench/delay-law.ts';
import { MEASURED_INFLATION, MEASURED_WORSE, QUANTILES } from '../../bench/measured-inflation.ts';
import { worlds } from '../../topology/index.ts';

describe('delays in global-80', () => {
  const graph = worlds.find(({ name }) => name === 'topology/global-80@1')!.build();

  it('lie within 20 % of the measured quantiles p25 to p90 in every distance bin', () => {
    inflationTable(graph).forEach((row, bin) => {
      const { fromKm, inflation } = MEASURED_INFLATION[bin]!;
      row.forEach((value, i) => {
        const off = Math.abs(value / inflation[i]! - 1);
        expect(off, `from ${fromKm} km, p${100 * QUANTILES[i]!}`).toBeLessThan(0.2);
      });
    });
  });

  it('send as many anycast clients on a detour as were measured, within 3 points', () => {
    const { by25Ms, by100Ms } = anycastDetours(graph);
    expect(Math.abs(by25Ms - MEASURED_WORSE.by25Ms)).toBeLessThan(0.03);
    expect(Math.abs(by100Ms - MEASURED_WORSE.by100Ms)).toBeLessThan(0.03);
  });
});

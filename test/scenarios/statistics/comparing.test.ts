import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import {
  bcaInterval,
  bestCandidates,
  holm,
  kendallTau,
  pairedDifference,
  pNoWorse,
  tInterval,
  verdictOf,
  welchDifference,
} from '../../../scenarios/statistics/index.ts';

/** Hours of additional sleep under two drugs, ten patients (Student, Biometrika 6, 1908). */
const DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("Welch's difference", () => {
  it("gives the textbook's answer for Student's sleep data as two samples", () => {
    const { estimate, pValue, varianceReduction } = welchDifference(DRUG_1, DRUG_2, 'difference')!;
    expect(estimate.mean).toBeCloseTo(-1.58, 10);
    expect(estimate.low).toBeCloseTo(-3.3654832, 6);
    expect(estimate.high).toBeCloseTo(0.2054832, 6);
    expect(pValue).toBeCloseTo(0.0793941, 6);
    expect(varianceReduction).toBeNull();
  });

  it('takes samples of any size, ratios of positive ones', () => {
    expect(welchDifference([1], [2, 3], 'difference')!.estimate.low).toBeNull();
    expect(welchDifference([2, 2], [1, 1, 1], 'ratio')!.estimate).toMatchObject({
      mean: 1,
      low: 1,
    });
    expect(welchDifference(DRUG_1, DRUG_2, 'ratio')).toBeNull();
    expect(welchDifference([], [1], 'difference')).toBeNull();
  });
});

describe('paired difference', () => {
  it("gives the textbook's answer for Student's sleep data", () => {
    const { estimate, pValue } = pairedDifference(DRUG_1, DRUG_2, 'difference', 'x')!;
    expect(estimate.mean).toBeCloseTo(-1.58, 10);
    expect(estimate.low).toBeCloseTo(-2.4598858, 6);
    expect(estimate.high).toBeCloseTo(-0.7001142, 6);
    expect(pValue).toBeCloseTo(0.00283289, 7);
  });

  it('on the ratio scale is exact for proportional values', () => {
    const baseline = [1, 2, 3, 4];
    const { estimate, pValue, varianceReduction } = pairedDifference(
      baseline.map((x) => 0.9 * x),
      baseline,
      'ratio',
      'x',
    )!;
    expect(estimate.mean).toBeCloseTo(-0.1, 12);
    expect(pValue).toBeLessThan(1e-12);
    expect(varianceReduction === null || varianceReduction > 1e20).toBe(true);
  });

  it('needs positive values for ratios and complete pairs', () => {
    expect(pairedDifference(DRUG_1, DRUG_2, 'ratio', 'x')).toBeNull();
    expect(() => pairedDifference([1], [1, 2], 'difference', 'x')).toThrow(RangeError);
  });

  it('tells what common random numbers saved: (1 + 1) / 0.2 = 10', () => {
    // A = B + noise with Var(noise) = 0.2 and Cov(B, noise) such that Var A = Var B.
    const b = [1, -1, 1, -1, 1, -1, 1, -1];
    const noise = [0.4, 0.4, -0.4, -0.4, 0.4, 0.4, -0.4, -0.4];
    const a = b.map((x, i) => x + noise[i]!);
    const variance = (xs: number[]): number => xs.reduce((s, x) => s + x * x, 0) / 7;
    const expected = (variance(a) + variance(b)) / variance(noise);
    expect(pairedDifference(a, b, 'difference', 'x')!.varianceReduction).toBeCloseTo(expected, 10);
  });

  it('one-sided p against a margin', () => {
    const differences = [0.01, 0.012, 0.008, 0.011, 0.009];
    expect(pNoWorse(differences, 0.03)).toBeLessThan(1e-4);
    expect(pNoWorse(differences, 0.01)).toBeCloseTo(0.5, 6);
    expect(pNoWorse(differences, 0)).toBeGreaterThan(0.999);
  });
});

describe('BCa bootstrap', () => {
  it('is a function of values and seed', () => {
    expect(bcaInterval(DRUG_1, 'a')).toEqual(bcaInterval(DRUG_1, 'a'));
    expect(bcaInterval(DRUG_1, 'a')).not.toEqual(bcaInterval(DRUG_1, 'b'));
    expect(bcaInterval([2, 2, 2], 'a')).toEqual({ low: 2, high: 2 });
  });

  it('is about ± z s √((n−1)/n) / √n for symmetric values', () => {
    const values = Array.from({ length: 40 }, (_, i) => i - 19.5);
    const { low, high } = bcaInterval(values, 'a');
    const half = 1.96 * Math.sqrt(values.reduce((s, x) => s + x * x, 0) / 40 / 40);
    expect(low / -half).toBeCloseTo(1, 1);
    expect(high / half).toBeCloseTo(1, 1);
  });

  it('leans to the long tail', () => {
    const values = Array.from({ length: 30 }, (_, i) => -Math.log(1 - (i + 0.5) / 30));
    const { low, high } = bcaInterval(values, 'a');
    const { mean } = tInterval(values)!;
    expect(high - mean).toBeGreaterThan(1.1 * (mean - low));
  });

  it('covers the mean of exponentials in 89 … 97 % of 200 samples of 20', () => {
    const random = seedrandom('coverage');
    let covered = 0;
    for (let run = 0; run < 200; run++) {
      const values = Array.from({ length: 20 }, () => -Math.log(1 - random()));
      const { low, high } = bcaInterval(values, String(run));
      if (low <= 1 && 1 <= high) covered++;
    }
    // Nominal 95 %; Efron & Tibshirani report a few per cent less for so few skewed values.
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(0.98);
  });
});

describe('families of tests and rankings', () => {
  it('Holm: 0.005·4, 0.01·3, 0.03·2, then no less than before', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, index) => expect(adjusted[index]).toBeCloseTo(p, 12));
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });

  it('Kendall tau-b with ties as in scipy.stats.kendalltau', () => {
    expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12);
    expect(kendallTau([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(kendallTau([1, 1], [1, 2])).toBeNull();
  });

  it('best of k: keeps those within noise, drops the clearly worse', () => {
    const noise = [0.1, -0.1, 0.2, -0.2, 0.05, -0.05, 0.15, -0.15, 0, 0];
    const a = noise.map((x) => 10 + x);
    const b = noise.map((x, i) => 10 + noise[9 - i]! + x / 2);
    const c = noise.map((x) => 12 + x);
    expect(bestCandidates([a, b, c])).toEqual([0, 1]);
    expect(bestCandidates([[1], [2]])).toEqual([0, 1]);
  });

  it('never drops the best of five equal alternatives more often than 5 %', () => {
    const random = seedrandom('mcb');
    let dropped = 0;
    for (let run = 0; run < 300; run++) {
      const rows = Array.from({ length: 5 }, () =>
        Array.from({ length: 10 }, () => random() + random() + random()),
      );
      if (!bestCandidates(rows).includes(0)) dropped++;
    }
    // 5 % of 300 is 15; 25 is 2.6 standard deviations above.
    expect(dropped).toBeLessThan(25);
  });
});

describe('verdict', () => {
  const difference = { mean: -0.04, low: -0.06, high: -0.02, replications: 14 };
  it.each([
    [{ difference, pAdjusted: 0.001, betterIs: 'lower', margin: null }, 'better'],
    [{ difference, pAdjusted: 0.001, betterIs: 'higher', margin: null }, 'worse'],
    [{ difference, pAdjusted: 0.2, betterIs: 'lower', margin: null }, 'no difference shown'],
    [
      {
        difference: { ...difference, high: 0.01 },
        pAdjusted: 0.2,
        betterIs: 'lower',
        margin: 0.03,
      },
      'no worse',
    ],
    [
      {
        difference: { ...difference, high: 0.04 },
        pAdjusted: 0.2,
        betterIs: 'lower',
        margin: 0.03,
      },
      'no difference shown',
    ],
    [
      {
        difference: { ...difference, replications: 9 },
        pAdjusted: 0.001,
        betterIs: 'lower',
        margin: null,
      },
      'inconclusive',
    ],
    [{ difference: null, pAdjusted: null, betterIs: 'lower', margin: null }, 'inconclusive'],
  ] as const)('%j → %s', (input, word) => {
    expect(verdictOf(input)).toBe(word);
  });
});

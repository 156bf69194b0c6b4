import seedrandom from 'seedrandom';
import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { isPrecise, mser5, tInterval } from '../../../scenarios/statistics/index.ts';
import { mm1Sojourns } from './mm1-sojourn.ts';
import { stoppingCoverage } from './stopping-coverage.ts';

/** MSER by its definition, O(n²). */
function mserByDefinition(series: readonly number[]): number {
  const batches = Array.from({ length: Math.floor(series.length / 5) }, (_, b) =>
    mean(series.slice(5 * b, 5 * b + 5)),
  );
  const scores = batches.slice(0, Math.floor(batches.length / 2) + 1).map((_, d) => {
    const kept = batches.slice(d);
    const center = mean(kept);
    return kept.reduce((sum, y) => sum + (y - center) ** 2, 0) / kept.length ** 2;
  });
  return 5 * scores.indexOf(Math.min(...scores));
}

describe('MSER-5', () => {
  it('agrees with its definition on 200 random series', () => {
    const random = seedrandom('mser');
    for (let run = 0; run < 200; run++) {
      const ramp = random() * 3;
      const series = Array.from({ length: 100 }, (_, i) => random() - ramp * Math.exp(-i / 10));
      expect(mser5(series).dropped).toBe(mserByDefinition(series));
    }
  });

  it('cuts a start-up that is nothing like the rest, and nothing of a flat series', () => {
    const settled = Array.from({ length: 180 }, (_, i) => 10 + (i % 2));
    expect(mser5([...Array.from({ length: 20 }, () => 0), ...settled])).toEqual({
      dropped: 20,
      doubtful: false,
    });
    expect(mser5(Array.from({ length: 50 }, () => 7)).dropped).toBe(0);
  });

  it('doubts a series that settles after a quarter', () => {
    const series = Array.from({ length: 200 }, (_, i) => (i < 80 ? 0 : 10 + (i % 2)));
    expect(mser5(series)).toEqual({ dropped: 80, doubtful: true });
  });

  it('survives large means: 1e9 + small changes', () => {
    const series = Array.from({ length: 100 }, (_, i) => 1e9 + (i < 20 ? -1 : (i % 2) * 0.01));
    expect(mser5(series).dropped).toBe(20);
  });

  it('refuses a series too short to judge', () => {
    expect(() => mser5([1, 2, 3, 4, 5, 6, 7, 8, 9])).toThrow(RangeError);
  });

  it('on the average of M/M/1 replications leaves the mean nearly unbiased (ρ = 0.8)', () => {
    // 20 × 8,000 customers from empty. True mean 5; without a cut the bias of 8,000 customers is
    // about −1.7 %, the standard error of the whole about 1.3 %.
    const runs = Array.from({ length: 20 }, (_, r) =>
      mm1Sojourns(0.8, 8000, seedrandom(`mser ${r}`)),
    );
    const series = Array.from({ length: 400 }, (_, bucket) =>
      mean(runs.map((run) => mean([...run.subarray(bucket * 20, bucket * 20 + 20)]))),
    );
    const { dropped } = mser5(series);
    const kept = mean(runs.map((run) => mean([...run.subarray(dropped * 20)])));
    expect(Math.abs(kept / 5 - 1)).toBeLessThan(0.04);
  });
});

describe('sequential stopping', () => {
  it('stops by h / |mean| ≤ γ / (1 + γ), not before', () => {
    const values = [10, 11, 9, 10.5, 9.5, 10, 11, 9, 10.2, 9.8];
    const { mean: center, high } = tInterval(values)!;
    const relative = (high! - center) / center;
    // γ / (1 + γ) = relative  ⇔  γ = relative / (1 − relative)
    const gamma = relative / (1 - relative);
    expect(isPrecise(values, gamma * 1.001)).toBe(true);
    expect(isPrecise(values, gamma * 0.999)).toBe(false);
    expect(isPrecise([5], 0.5)).toBe(false);
    expect(isPrecise([0, 0], 0.5)).toBe(true);
  });

  it('covers the M/M/1 mean in at least 92 % of 500 runs (ρ = 0.5)', () => {
    // ρ = 0.5: τ = 5.8, so 1,500 customers are 250 τ, and 100 τ of warm-up are cut.
    const { covered, runs } = stoppingCoverage({
      load: 0.5,
      customers: 1500,
      cut: 580,
      relative: 0.05,
      runs: 500,
    });
    expect(covered / runs).toBeGreaterThanOrEqual(0.92);
  });
});

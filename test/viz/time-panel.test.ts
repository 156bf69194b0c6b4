import { describe, expect, it } from 'vitest';
import {
  bucketAt,
  bucketsWithin,
  domainOf,
  type PanelLine,
  type TimePanel,
} from '../../viz/charts/time-panel.ts';
import { wholeBuckets } from '../../viz/views/timeline/whole-buckets.ts';

const series = { start_s: -10, bucket_s: 5, values: [1, null, 3, 4] };

describe('bucketAt', () => {
  it.each([
    [-10, 1],
    [-5.001, 1],
    [-5, null],
    [9.9, 4],
    // The end belongs to the last bucket, as does whatever comes after it.
    [10, 4],
    [-11, null],
  ])('at %d s is %s', (time_s, value) => expect(bucketAt(series, time_s)).toBe(value));
});

describe('bucketsWithin', () => {
  it('has the buckets that a window touches', () => {
    expect(bucketsWithin(series, [-6, 1])).toEqual([
      [0, 1],
      [1, null],
      [2, 3],
    ]);
    expect(bucketsWithin(series, [100, 200])).toEqual([]);
    expect(bucketsWithin(series, [-100, 200])).toHaveLength(4);
  });
});

const line = (values: readonly (number | null)[], band: PanelLine['band'] = null): PanelLine => ({
  name: 'p95',
  series: 1,
  stroke: 'strong',
  start_s: 0,
  bucket_s: 1,
  values,
  band,
});
const panel = (scale: TimePanel['scale'], lines: readonly PanelLine[]): TimePanel => ({
  title: '',
  note: '',
  format: String,
  scale,
  lines,
  layers: [],
});

describe('domainOf', () => {
  it('holds lines and bands of the window, and no more', () => {
    const one = line(
      [1, 2, 50],
      [
        [0, 1, 40],
        [2, 7, 90],
      ],
    );
    expect(domainOf(panel('zero', [one]), [0, 2])).toEqual([0, 7]);
    expect(domainOf(panel('zero', [one]), [0, 3])).toEqual([0, 90]);
  });

  it('is from 0 to 100 % for shares, and from the least above 0 for logarithms', () => {
    expect(domainOf(panel('share', [line([0.2, 3])]), [0, 2])).toEqual([0, 1]);
    expect(domainOf(panel('log', [line([0, 0.02, null, 4])]), [0, 4])).toEqual([0.02, 4]);
  });

  it('is one that can be drawn where there is nothing', () => {
    for (const scale of ['zero', 'log', 'share'] as const) {
      const [low, high] = domainOf(panel(scale, [line([null, null])]), [0, 2]);
      expect(high).toBeGreaterThan(low);
      expect(Number.isFinite(high)).toBe(true);
    }
  });

  it('stacks layers', () => {
    const layer = (values: number[]) => ({
      name: '',
      colour: 1 as const,
      start_s: 0,
      bucket_s: 1,
      values,
    });
    const stacked = { ...panel('zero', []), layers: [layer([1, 2]), layer([5, 1])] };
    expect(domainOf(stacked, [0, 2])).toEqual([0, 6]);
  });
});

describe('wholeBuckets', () => {
  it.each([
    [62, 118, 5, { from: 60, until: 120 }],
    [60, 120, 5, { from: 60, until: 120 }],
    [61, 61.5, 5, { from: 60, until: 65 }],
  ])('%d … %d s in buckets of %d s', (from, until, bucket, whole) => {
    expect(wholeBuckets(from, until, bucket)).toEqual(whole);
  });
});

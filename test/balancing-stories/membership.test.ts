import { describe, expect, it } from 'vitest';
import { lost, metric, ofServer, shareOf, tell } from './tell.ts';

/** Reported effects of who comes and goes, each against what cures it. */

describe('leastconn-bursts', async () => {
  // A fifth of a second after the newcomer has joined.
  const soon = await tell('leastconn-bursts', { 'run.duration': '30200ms' });
  const newcomers = (strategy: string) =>
    ofServer(soon[strategy], 'lab/newcomer-0', 'requests') /
    metric(soon[strategy], 'requests', { during: 'joined' });

  it('least connections sends the newcomer nearly everything', () => {
    expect(newcomers('least-connections')).toBeGreaterThan(0.9);
  });

  it('turns send it a tenth, two choices a fifth, slow start almost nothing', () => {
    expect(newcomers('round-robin')).toBeCloseTo(0.1, 1);
    // It wins whenever it is among the two of ten.
    expect(newcomers('two-choices')).toBeCloseTo(0.2, 1);
    expect(newcomers('slow-start')).toBeLessThan(0.15);
  });
});

describe('slowstart-none', async () => {
  const { 'slow-start': slow, none } = await tell('slowstart-none');
  const rejected = (result: typeof slow, during: string) => metric(result, 'rejected', { during });

  it('one newcomer among the warm is spared', () => {
    expect(rejected(none, 'one-back')).toBeGreaterThan(500);
    expect(rejected(slow, 'one-back')).toBe(0);
  });

  it('when all are new it has no effect', () => {
    const [withIt, without] = [rejected(slow, 'all-back'), rejected(none, 'all-back')];
    expect(without).toBeGreaterThan(3000);
    expect(Math.abs(withIt - without) / without).toBeLessThan(0.1);
    expect(metric(slow, 'imbalance', { during: 'all-back' })).toBeLessThan(1.05);
  });
});

describe('edf-first-pick', async () => {
  const told = await tell('edf-first-pick');

  it.each(['from-the-top', 'nginx'])('%s: the heaviest is everybody’s first pick', (strategy) => {
    expect(shareOf(told[strategy], 'lab/heavy')).toBeGreaterThan(0.7);
    expect(metric(told[strategy], 'rejected')).toBeGreaterThan(30);
  });

  it('started at a random point, it gets 2 of 21 and nobody is turned away', () => {
    expect(shareOf(told['spread'], 'lab/heavy')).toBeCloseTo(2 / 21, 1);
    expect(lost(told['spread'])).toBe(0);
  });
});

describe('syn-after-drain', async () => {
  const told = await tell('syn-after-drain', { 'run.duration': '30s' });
  const broken = (strategy: string, during?: string) =>
    metric(told[strategy], 'broken_connections', during === undefined ? {} : { during });

  it('nothing kept: each drain breaks what the server had, a tenth of the clients', () => {
    const first = broken('nothing-kept', 'first') - broken('nothing-kept', 'second');
    expect(first).toBeGreaterThan(100);
    expect(broken('nothing-kept', 'second')).toBeGreaterThan(100);
  });

  it('one previous owner keeps all over a drain, and loses some to the second', () => {
    expect(broken('faild', 'first') - broken('faild', 'second')).toBe(0);
    // A ninth of a tenth of 2,000 clients have moved twice.
    expect(broken('faild', 'second')).toBeGreaterThan(4);
    expect(broken('faild', 'second')).toBeLessThan(2000 / 45);
  });

  it('Beamer is as Faild; JET loses what drains; cookies keep all under any policy', () => {
    expect(broken('beamer')).toBe(broken('faild'));
    expect(broken('jet', 'second')).toBeGreaterThan(100);
    expect(broken('cheetah')).toBe(0);
  });

  it('a second chance and a table keep all, a table that is too small next to nothing', () => {
    expect(broken('glb')).toBe(0);
    expect(broken('table')).toBe(0);
    expect(broken('small-table')).toBeGreaterThan(broken('nothing-kept') * 0.8);
  });
});

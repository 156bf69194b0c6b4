import { describe, expect, it } from 'vitest';
import { lost, metric, shareOf, tell } from './tell.ts';

/** Reported effects of who sees whom, each against what cures it. */

describe('random-subset-imbalance', async () => {
  const told = await tell('random-subset-imbalance', { 'run.duration': '20s' });
  const imbalance = (strategy: string) => metric(told[strategy], 'imbalance');

  it.each(['random', 'random-least-request'])(
    '%s: the busiest has nearly twice its share',
    (name) => {
      // A Poisson number of clients around 10: the largest of a hundred is 18 or 19.
      expect(imbalance(name)).toBeGreaterThan(1.6);
      expect(imbalance(name)).toBeLessThan(2.4);
    },
  );

  it.each(['deterministic', 'rocksteadier'])('%s subsets give each backend ten clients', (name) => {
    expect(imbalance(name)).toBeLessThan(1.2);
  });
});

describe('zone-skew', async () => {
  const told = await tell('zone-skew', { 'run.duration': '30s' });

  it('half stays in the zone that can do a fifth, and drowns', () => {
    expect(shareOf(told['zone-aware'], 'lab/b')).toBeCloseTo(0.5, 1);
    expect(lost(told['zone-aware'])).toBeGreaterThan(0.2);
  });

  it.each(['zones-by-weight', 'no-zones'])('%s sends it a fifth', (strategy) => {
    expect(shareOf(told[strategy], 'lab/b')).toBeCloseTo(0.2, 2);
    expect(lost(told[strategy])).toBe(0);
    expect(metric(told[strategy], 'latency_p99_s')).toBeLessThan(0.2);
  });
});

describe('zone-plus-autoscaler', async () => {
  const told = await tell('zone-plus-autoscaler', { 'run.duration': '25m' });
  const { locality, 'no-locality': none, 'by-utilisation': blind } = told;

  it('oscillates while requests stay in their zone: half of what it adds is idle', () => {
    // A cycle is the window of five minutes and the time until the queue asks again.
    expect(metric(locality, 'scale_reversals')).toBeGreaterThanOrEqual(3);
    expect(metric(locality, 'servers_max') - metric(locality, 'servers_min')).toBeGreaterThan(8);
    // 42 of 48 slots of work in one of two equal halves: 42 ÷ 24 is 1.75.
    expect(metric(locality, 'imbalance')).toBeGreaterThan(1.6);
  });

  it.each(['no-locality', 'autoscaler-a-zone'])('%s rests, with fewer servers', (strategy) => {
    expect(metric(told[strategy], 'scale_reversals')).toBeLessThanOrEqual(1);
    expect(metric(told[strategy], 'scale_ups')).toBeLessThanOrEqual(2);
    expect(metric(told[strategy], 'server_hours')).toBeLessThan(
      0.9 * metric(locality, 'server_hours'),
    );
    expect(lost(told[strategy])).toBeLessThan(0.001);
  });

  it('without locality all servers have the same load', () => {
    expect(metric(none, 'imbalance')).toBeLessThan(1.1);
  });

  it('a mean that is near enough to its target hides a full zone', () => {
    // Ten servers of zone a are 40 slots for 42; with 6 in b the mean is 46 of 80.
    expect(metric(blind, 'utilisation')).toBeCloseTo(46 / 80, 1);
    expect(metric(blind, 'scale_ups')).toBe(0);
    expect(lost(blind)).toBeGreaterThan(0.1);
  });
});

describe('shield-vs-direct', async () => {
  const told = await tell('shield-vs-direct', { 'run.duration': '30s', 'run.warmup': '5s' });
  const { direct, shield, 'every-node': nodes } = told;
  const fetches = (result: typeof direct) => metric(result, 'origin_fetches');

  it('a shield fetches once for the world', () => {
    expect(fetches(shield)).toBeLessThan(fetches(direct) / 3);
    expect(fetches(nodes)).toBeGreaterThan(fetches(direct));
  });

  it('probes are observers × servers ÷ interval, whatever the traffic', () => {
    const pops = Object.keys(direct!.pops).length;
    expect(pops).toBe(80);
    // Two servers, five probes of each in the 25 s after the warm-up.
    expect(Math.abs(metric(direct, 'probes') - pops * 2 * 5)).toBeLessThan(pops * 2 * 0.5);
    expect(metric(nodes, 'probes') / metric(direct, 'probes')).toBeCloseTo(4, 0);
  });
});

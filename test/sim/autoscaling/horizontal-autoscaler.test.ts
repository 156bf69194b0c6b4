import { describe, expect, it } from 'vitest';
import type { ScalingRulesSpec } from '../../../sim/autoscaling-spec.ts';
import { desiredReplicas, type ReplicaReading } from '../../../sim/autoscaling/desired-replicas.ts';
import { HorizontalAutoscaler } from '../../../sim/autoscaling/horizontal-autoscaler.ts';
import { scaleDownLimit, scaleUpLimit } from '../../../sim/autoscaling/scaling-limits.ts';

const S = 1e9;

/** Replicas of one slot each, all ready. */
const reading = (replicas: number, usage: number, unready = 0): ReplicaReading => ({
  current: replicas + unready,
  ready: replicas,
  usage,
  capacity: replicas,
  unready,
  unreadyCapacity: unready,
});

describe('the formula ⌈replicas × metric ÷ target⌉', () => {
  it.each([
    // The documentation's own: 200m against 100m doubles, 50m halves.
    { replicas: 4, metric: 200, target: 100, desired: 8 },
    { replicas: 4, metric: 50, target: 100, desired: 2 },
    // 3 × 90 ÷ 60 = 4.5, 7 × 0.75 ÷ 0.6 = 8.75.
    { replicas: 3, metric: 90, target: 60, desired: 5 },
    { replicas: 7, metric: 0.75, target: 0.6, desired: 9 },
    // Exactly whole, though 0.9 ÷ 0.3 is a little more than 3 in doubles.
    { replicas: 5, metric: 0.9, target: 0.3, desired: 15 },
    { replicas: 6, metric: 0, target: 0.6, desired: 0 },
  ])('$replicas at $metric for $target: $desired', ({ replicas, metric, target, desired }) => {
    expect(desiredReplicas(reading(replicas, replicas * metric), target, 0.1)).toBe(desired);
  });

  it.each([
    { ratio: 1.1, desired: 10 },
    { ratio: 0.9, desired: 10 },
    { ratio: 1.11, desired: 12 },
    { ratio: 0.89, desired: 9 },
  ])('tolerates 10 %: a ratio of $ratio gives $desired of 10', ({ ratio, desired }) => {
    expect(desiredReplicas(reading(10, 10 * 0.6 * ratio), 0.6, 0.1)).toBe(desired);
  });

  it('counts those that start as idle before it asks for more', () => {
    // 4 at 90 % for 60 %: 6. With 2 starting: 3.6 ÷ 6 = 60 %, which is the target.
    expect(desiredReplicas(reading(4, 3.6), 0.6, 0.1)).toBe(6);
    expect(desiredReplicas(reading(4, 3.6, 2), 0.6, 0.1)).toBe(6);
    // With 1 starting: 3.6 ÷ 5 = 72 %, 5 × 1.2 = 6.
    expect(desiredReplicas(reading(4, 3.6, 1), 0.6, 0.1)).toBe(6);
    // With 4 starting: 45 %, which would turn the direction.
    expect(desiredReplicas(reading(4, 3.6, 4), 0.6, 0.1)).toBe(8);
  });

  it('leaves those that start out of account on the way down', () => {
    // 4 at 30 % for 60 %: 2.
    expect(desiredReplicas(reading(4, 1.2, 3), 0.6, 0.1)).toBe(2);
  });

  it('changes nothing without a metric', () => {
    expect(desiredReplicas(reading(0, 0, 5), 0.6, 0.1)).toBe(5);
  });
});

/** Kubernetes' defaults. */
const UP: ScalingRulesSpec = {
  stabilizationWindowNs: 0,
  select: 'max',
  policies: [
    { kind: 'percent', value: 100, periodNs: 15 * S },
    { kind: 'pods', value: 4, periodNs: 15 * S },
  ],
};
const DOWN: ScalingRulesSpec = {
  stabilizationWindowNs: 300 * S,
  select: 'max',
  policies: [{ kind: 'percent', value: 100, periodNs: 15 * S }],
};

describe('policies', () => {
  const still = () => 0;

  it.each([
    { current: 1, limit: 5 },
    { current: 4, limit: 8 },
    { current: 10, limit: 20 },
  ])('up from $current: 4 or 100 % more, whichever is more, to $limit', ({ current, limit }) => {
    expect(scaleUpLimit(current, still, UP)).toBe(limit);
    expect(scaleUpLimit(current, still, { ...UP, select: 'min' })).toBe(
      Math.min(current + 4, current * 2),
    );
  });

  it('reckons from what there was when the period began', () => {
    // 10 became 16 within the period: 4 more than 10 is 14, twice 10 is 20.
    const byPods = { ...UP, policies: [UP.policies[1]!] };
    expect(scaleUpLimit(16, () => 6, UP)).toBe(20);
    expect(scaleUpLimit(16, () => 6, byPods)).toBe(16);
  });

  it('the documentation’s slow descent: 80, 72, 64 by 10 %, then 4 at a time', () => {
    const rules: ScalingRulesSpec = {
      stabilizationWindowNs: 0,
      select: 'max',
      policies: [
        { kind: 'pods', value: 4, periodNs: 60 * S },
        { kind: 'percent', value: 10, periodNs: 60 * S },
      ],
    };
    // 10 % of 80 is 8; of 72 it is 7.2, and what is left is rounded down: 64.
    expect(scaleDownLimit(80, still, rules)).toBe(72);
    expect(scaleDownLimit(72, still, rules)).toBe(64);
    expect(scaleDownLimit(37, still, rules)).toBe(33);
    expect(scaleDownLimit(20, still, rules)).toBe(16);
    expect(scaleDownLimit(80, still, { ...rules, select: 'min' })).toBe(76);
    expect(scaleDownLimit(80, still, { ...rules, select: 'disabled' })).toBe(80);
  });

  it('per cents are exact: 10 and 10 % is 11', () => {
    const rules = { ...UP, policies: [{ kind: 'percent' as const, value: 10, periodNs: S }] };
    expect(scaleUpLimit(10, still, rules)).toBe(11);
    expect(scaleUpLimit(1, still, rules)).toBe(2);
  });
});

describe('syncs', () => {
  const settings = { min: 2, max: 40, target: 0.6, toleranceRatio: 0.1, scaleUp: UP };
  /** Total load in slots at each sync, 15 s apart → replicas after it. */
  const sizes = (loads: readonly number[], scaleDown = DOWN, scaleUp = UP) => {
    let replicas = 4;
    const autoscaler = new HorizontalAutoscaler({ ...settings, scaleUp, scaleDown }, 0, replicas);
    return loads.map((load, i) => {
      replicas = autoscaler.sync((i + 1) * 15 * S, reading(replicas, load));
      return replicas;
    });
  };

  it('doubles each period until it has what it wants', () => {
    // 24 slots at 60 % are 40 replicas: 4, 8, 16, 32, 40.
    expect(sizes([24, 24, 24, 24, 24])).toEqual([8, 16, 32, 40, 40]);
  });

  it('keeps the bounds', () => {
    expect(sizes([99, 99, 99, 99, 99, 99]).at(-1)).toBe(40);
    expect(sizes([0, 0], { ...DOWN, stabilizationWindowNs: 0 })).toEqual([2, 2]);
  });

  it('goes down when the greatest recommendation of 300 s does', () => {
    // 4.8 slots are 8 replicas, 2.4 are 4. Those of the first two syncs, 15 s and 30 s, say 8:
    // the window has let go of them at 330 s, which is the 22nd sync.
    const loads = [4.8, 4.8, ...Array<number>(24).fill(2.4)];
    const after = sizes(loads);
    expect(after.slice(0, 21)).toEqual(Array(21).fill(8));
    expect(after.slice(21)).toEqual(Array(5).fill(4));
  });

  it('goes up by the least recommendation of a window', () => {
    // 60 s: until 75 s after the first, which the initial 4 is a part of for 60 s.
    const slow = { ...UP, stabilizationWindowNs: 60 * S };
    expect(sizes([4.8, 6, 6, 6, 6, 6], DOWN, slow)).toEqual([4, 4, 4, 8, 10, 10]);
  });

  it('never turns a recommendation to go down into a step up', () => {
    // Twice as many were wanted than policies allowed; then the load ends.
    const one = { ...UP, policies: [{ kind: 'pods' as const, value: 1, periodNs: 15 * S }] };
    expect(sizes([4.8, 1, 1], DOWN, one)).toEqual([5, 5, 5]);
  });
});

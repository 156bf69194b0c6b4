import { expect, test } from 'vitest';
import type { WorldSpec } from '../../sim/world.ts';
import { describeWorld, randomWorld } from '../swarm/random-world.ts';
import { compareWithOracle } from './compare.ts';

/** 120 worlds of about 500 requests each; a failure names its seed and its whole world. */
const SEEDS = Array.from({ length: 120 }, (_, index) => index + 1);
const REQUESTS = 500;

test('two simulators of the same semantics tell the same story of every request', () => {
  const seen: Record<string, number> = {};
  let requestCount = 0;
  for (const seed of SEEDS) {
    const world = randomWorld(seed, REQUESTS);
    const comparison = compareWithOracle(world, `oracle ${seed}`);
    requestCount += comparison.requestCount;
    const differences = comparison.differences.slice(0, 3);
    expect(differences, describeWorld(world)).toEqual([]);
    for (const [what, count] of Object.entries(comparison.seen)) {
      seen[what] = (seen[what] ?? 0) + count;
    }
    for (const what of featuresOf(world)) seen[what] = (seen[what] ?? 0) + 1;
  }
  expect(requestCount).toBeGreaterThan(0.8 * SEEDS.length * REQUESTS);
  // What never happens proves nothing: requests by what became of them, worlds by what they had.
  const outcomes = ['completed', 'error', 'rejected', 'timeout', 'unreachable'];
  const results = ['none', 'hit', 'miss', 'pass', 'stale', 'collapsed'];
  for (const what of [...outcomes, ...results, 'attempt 1', 'attempt 3']) {
    expect(seen[what] ?? 0, what).toBeGreaterThan(10);
  }
  const verbs = ['fail', 'degrade', 'drain', 'withdraw', 'announce', 'prepend', 'surge', 'set'];
  const laws = ['poisson', 'constant', 'trace'];
  for (const what of [...verbs, ...laws, 'days', 'warm', 'egress', 'shield', 'meanwhile']) {
    expect(seen[what] ?? 0, what).toBeGreaterThan(2);
  }
});

function featuresOf({ events, traffic, time, cache, pops }: WorldSpec): readonly string[] {
  return [
    ...new Set(events.map(({ action }) => action.verb)),
    traffic.arrivals.law,
    ...(traffic.dayCurve.kind === 'daily' ? ['days'] : []),
    ...(cache !== null && time.preRunNs > 0 ? ['warm'] : []),
    ...(pops.some(({ egressBps }) => egressBps < Infinity) ? ['egress'] : []),
    ...((cache?.shield ?? null) === null ? [] : ['shield']),
    ...(cache !== null && cache.staleWhileRevalidateNs > 0 ? ['meanwhile'] : []),
  ];
}

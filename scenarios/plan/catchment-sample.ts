import { createSimulation, type WorldSpec } from '../../sim/index.ts';

/** Requests sampled: a POP with a tenth of them is known to ±0.5 points (binomial, one σ). */
const SAMPLE_SIZE = 4000;

/**
 * Share of requests that each POP serves before any fault: where routing sends clients is found by
 * simulating some thousands of requests of the undisturbed world, without caches and origins. By
 * POP name; deterministic.
 */
export function sampledPopShares(
  world: WorldSpec,
  meanPerSecond: number,
  seed: string,
): ReadonlyMap<string, number> {
  const durationNs = Math.round((SAMPLE_SIZE / meanPerSecond) * 1e9);
  const undisturbed: WorldSpec = {
    ...world,
    time: { preRunNs: 0, cutNs: 0, durationNs },
    traffic: {
      ...world.traffic,
      arrivals: { law: 'poisson', ratePerSecond: meanPerSecond },
      retry: { ...world.traffic.retry, on: [], max: 0 },
    },
    classes: world.classes.map(({ origin: _origin, ...one }) => ({ ...one, passRatio: 0 })),
    cache: null,
    origins: [],
    health: null,
    events: [],
    record: { timelineNs: 0, quantiles: [], latencyLimitsNs: [] },
  };
  const { pops } = createSimulation(undisturbed, seed, 0).run();
  const counts = Object.entries(pops).map(([pop, { requests }]) => [pop, requests ?? 0] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return new Map(counts.map(([pop, count]) => [pop, total === 0 ? 0 : count / total]));
}

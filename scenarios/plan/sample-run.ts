import {
  createReusedTables,
  createSimulation,
  type ReusedTables,
  type RunResult,
  type WorldSpec,
} from '../../sim/index.ts';

/** Requests sampled: a POP with a tenth of them is known to ±0.5 points (binomial, one σ). */
const SAMPLE_SIZE = 4000;

/** Requests of the longer timed run: about 50 ms, of which set-up no longer is the most. */
const TIMED_SIZE = 20_000;

/** What a short run of the undisturbed world shows: nothing fails, nobody asks again. */
export interface Sample {
  /** Share of all requests by POP name: where routing sends clients. */
  readonly popShares: ReadonlyMap<string, number>;
  /** Mean utilisation by link name, from warm caches; empty without a backbone. */
  readonly linkUtilisation: ReadonlyMap<string, number>;
}

/** Simulates some thousands of requests. Deterministic. */
export function sampleRun(world: WorldSpec, meanPerSecond: number, seed: string): Sample {
  const { pops, links } = run(world, meanPerSecond, seed, SAMPLE_SIZE, createReusedTables());
  const counts = Object.entries(pops).map(([pop, { requests }]) => [pop, requests ?? 0] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return {
    popShares: new Map(counts.map(([pop, count]) => [pop, total === 0 ? 0 : count / total])),
    linkUtilisation: new Map(
      Object.entries(links).flatMap(([link, { utilisation }]) =>
        typeof utilisation === 'number' ? [[link, utilisation] as const] : [],
      ),
    ),
  };
}

/**
 * Milliseconds that a replication of `requestCount` requests takes here, by `clockMs`: two short
 * runs tell the set-up and the time a request.
 */
export function replicationMs(
  world: WorldSpec,
  meanPerSecond: number,
  requestCount: number,
  clockMs: () => number,
): number {
  const reused = createReusedTables();
  const timed = (size: number): number => {
    const startedMs = clockMs();
    run(world, meanPerSecond, 'timing', size, reused);
    return clockMs() - startedMs;
  };
  // what is compiled and tabulated once is no replication's
  timed(TIMED_SIZE);
  const shortMs = timed(SAMPLE_SIZE);
  const perRequestMs = Math.max(0, timed(TIMED_SIZE) - shortMs) / (TIMED_SIZE - SAMPLE_SIZE);
  return shortMs + perRequestMs * Math.max(0, requestCount - SAMPLE_SIZE);
}

function run(
  world: WorldSpec,
  meanPerSecond: number,
  seed: string,
  requestCount: number,
  reused: ReusedTables,
): RunResult {
  const undisturbed: WorldSpec = {
    ...world,
    // a pre-run, however short, has caches start warm
    time: { preRunNs: 1, cutNs: 0, durationNs: Math.round((requestCount / meanPerSecond) * 1e9) },
    traffic: {
      ...world.traffic,
      arrivals: { law: 'poisson', ratePerSecond: meanPerSecond },
      retry: { ...world.traffic.retry, on: [], max: 0 },
    },
    health: null,
    events: [],
    record: { timelineNs: 0, quantiles: [], latencyLimitsNs: [] },
  };
  return createSimulation(undisturbed, seed, 0, { reused }).run();
}

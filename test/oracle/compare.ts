import type { Observer } from '../../sim/metrics/observer.ts';
import { Tier } from '../../sim/pop/fetches.ts';
import { createSimulation, type Simulation } from '../../sim/simulation.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { simulateSlowly, type WarmCopy } from './simulate-slowly.ts';

const OUTCOMES = ['completed', 'error', 'rejected', 'timeout', 'unreachable'] as const;
const CACHE_RESULTS = ['none', 'hit', 'miss', 'pass', 'stale', 'collapsed'] as const;

export interface Comparison {
  readonly requestCount: number;
  /** Requests whose two lines differ, in order of arrival; a missing line is ''. */
  readonly differences: readonly { readonly engine: string; readonly oracle: string }[];
  /** How often each thing happened, so that a test can ask whether it ever did. */
  readonly seen: Readonly<Record<string, number>>;
}

/**
 * Runs both simulators on one world; compares all requests that arrived in the measured window.
 * What caches hold at the start is given: the engine's warm start is a closed form, not a
 * simulation, and tested elsewhere.
 */
export function compareWithOracle(world: WorldSpec, seed: string): Comparison {
  const { lines: engine, warmth } = engineLines(world, seed);
  const oracle = new Map<string, string>();
  const seen: Record<string, number> = {};
  for (const request of simulateSlowly(world, seed, 0, warmth)) {
    if (request.outcome === null) continue;
    for (const what of [request.outcome, request.cacheResult, `attempt ${request.attempt}`]) {
      seen[what] = (seen[what] ?? 0) + 1;
    }
    oracle.set(
      keyOf(request.arrivedNs, request.region, request.seed),
      lineOf({
        ...request,
        ttfbNs: request.outcome === 'completed' ? request.ttfbNs : null,
      }),
    );
  }
  const keys = [...new Set([...engine.keys(), ...oracle.keys()])].toSorted(byArrival);
  const differences = keys
    .map((key) => ({ engine: engine.get(key) ?? '', oracle: oracle.get(key) ?? '' }))
    .filter(({ engine: a, oracle: b }) => a !== b);
  return { requestCount: keys.length, differences, seen };
}

function engineLines(world: WorldSpec, seed: string): EngineRun {
  const lines = new Map<string, string>();
  const observer: Observer = {
    requestEnded(request, outcome, endNs) {
      const { requests } = simulation.tables;
      if (!requests.isMeasured(request)) return;
      const arrivedNs = requests.arrivedNs[request]!;
      const line = lineOf({
        arrivedNs,
        endNs,
        outcome: OUTCOMES[outcome],
        pop: requests.pop[request]!,
        server: requests.server[request]!,
        attempt: requests.attempt[request]!,
        cacheResult: CACHE_RESULTS[requests.cacheResult[request]!]!,
        queueWaitNs: requests.queueWaitNs[request]!,
        ttfbNs: OUTCOMES[outcome] === 'completed' ? requests.ttfbNs : null,
      });
      lines.set(keyOf(arrivedNs, requests.region[request]!, requests.seed[request]!), line);
    },
  };
  const simulation = createSimulation(world, seed, 0, { observers: [observer] });
  const warmth = warmthOf(simulation);
  simulation.run();
  return { lines, warmth };
}

/** What the engine stores before anything happens, in order; complete once it has run. */
function warmthOf({ tables: { caches, kernel } }: Simulation): readonly WarmCopy[] {
  const warmth: WarmCopy[] = [];
  const store = caches.store.bind(caches);
  caches.store = (tier, server, object, sizeBytes, expiresNs) => {
    const tierName = tier === Tier.Edge ? 'edge' : 'shield';
    if (kernel.eventCount === 0) {
      warmth.push({ tier: tierName, server, object, sizeBytes, expiresNs });
    }
    store(tier, server, object, sizeBytes, expiresNs);
  };
  return warmth;
}

interface EngineRun {
  readonly lines: ReadonlyMap<string, string>;
  readonly warmth: readonly WarmCopy[];
}

interface Told {
  readonly arrivedNs: number;
  readonly endNs: number;
  readonly outcome: string | null | undefined;
  readonly pop: number;
  readonly server: number;
  readonly attempt: number;
  readonly cacheResult: string;
  readonly queueWaitNs: number;
  readonly ttfbNs: number | null;
}

function lineOf(told: Told): string {
  const { arrivedNs, endNs, outcome, pop, server, attempt, cacheResult, queueWaitNs, ttfbNs } =
    told;
  return (
    `${arrivedNs} → ${endNs} ${outcome}, POP ${pop}, server ${server}, attempt ${attempt}, ` +
    `${cacheResult}, waited ${Math.round(queueWaitNs)}, first byte ${ttfbNs}`
  );
}

function keyOf(arrivedNs: number, region: number, seed: number): string {
  return `${arrivedNs} ${region} ${seed}`;
}

function byArrival(a: string, b: string): number {
  const [aNs, bNs] = [Number(a.split(' ')[0]), Number(b.split(' ')[0])];
  return aNs - bNs || (a < b ? -1 : 1);
}

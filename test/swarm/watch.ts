import type { Observer } from '../../sim/metrics/observer.ts';
import { Tier } from '../../sim/pop/fetches.ts';
import type { RunResult } from '../../sim/run-result.ts';
import { createSimulation, type Simulation } from '../../sim/simulation.ts';
import type { WorldSpec } from '../../sim/world.ts';

/** What a watched run looked like from outside. */
export interface WatchedRun {
  readonly result: RunResult;
  readonly simulation: Simulation;
  /** Breaches of what must hold at every instant. */
  readonly breaches: readonly string[];
  /** ∫ (requests inside) dt over the measured window per server, added up event by event. */
  readonly insideArea: readonly number[];
  readonly ends: readonly {
    readonly arrivedNs: number;
    readonly endNs: number;
    readonly key: string;
  }[];
}

/** Runs a world and looks into its tables before every event. */
export function watch(world: WorldSpec, seed: string, paranoid = false): WatchedRun {
  const breaches = new Set<string>();
  const ends: { arrivedNs: number; endNs: number; key: string }[] = [];
  const observer: Observer = {
    requestEnded(request, _outcome, endNs) {
      const { requests, kernel } = simulation.tables;
      const arrivedNs = requests.arrivedNs[request]!;
      if (endNs < kernel.nowNs) breaches.add('a request ended in the past');
      const key = `${arrivedNs} ${requests.region[request]} ${requests.seed[request]}`;
      ends.push({ arrivedNs, endNs, key });
    },
  };
  const servers = world.pops.flatMap((pop) =>
    pop.servers.map((server) => ({ ...server, ...pop, concurrency: server.concurrency })),
  );
  const insideArea = servers.map(() => 0);
  const tiers = [
    [Tier.Edge, world.cache?.edge],
    [Tier.Shield, world.cache?.shield],
  ] as const;
  let lastNs = -Infinity;
  const look = (): void => {
    const { kernel, stations, caches } = simulation.tables;
    const { nowNs } = kernel;
    if (nowNs < lastNs) breaches.add('time ran back');
    servers.forEach(({ concurrency, queueLimit, discipline }, server) => {
      // Nothing has changed since the event before this one was handled.
      const inside = stations.insideCount(server);
      const { cutNs, durationNs } = world.time;
      const fromNs = Math.max(lastNs, cutNs);
      insideArea[server]! += inside * Math.max(0, Math.min(nowNs, durationNs) - fromNs);
      const waiting = stations.waitingCount(server);
      const busy = inside - waiting;
      if (waiting < 0 || busy < 0) breaches.add('fewer than none');
      if (waiting > queueLimit) breaches.add('more waiting than the limit');
      if (discipline === 'fifo' && busy > concurrency) breaches.add('more busy than slots');
      if (waiting > 0 && busy < concurrency) breaches.add('somebody waits beside a free slot');
      for (const [tier, spec] of tiers) {
        const cache = caches.cache(tier, server);
        if (cache === undefined) continue;
        if (cache.bytes > spec!.capacityBytes) breaches.add('more bytes than the cache holds');
        if (cache.objectCount > spec!.capacityObjects) breaches.add('more objects than it holds');
      }
    });
    lastNs = nowNs;
  };
  const simulation = createSimulation(world, seed, 0, {
    observers: [observer],
    trace: look,
    paranoid,
  });
  const result = simulation.run();
  look();
  return { result, simulation, breaches: [...breaches], insideArea, ends };
}

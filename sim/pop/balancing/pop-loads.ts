import { LATENCY_DECAY_NS, prequalOptions, SyncPrequal } from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { RandomStreams } from '../../kernel/random.ts';
import type { WorldSpec } from '../../world.ts';
import type { Caches } from '../caches.ts';
import type { Pops } from '../pops.ts';
import type { Stations } from '../stations.ts';
import { createLoadAsker } from './load-asker.ts';
import { ServerLoads } from './server-loads.ts';

/** What the servers of each POP tell of their load, in worlds whose balancers ask. */
export class PopLoads {
  private readonly world: WorldSpec;
  private readonly kernel: Kernel;
  private readonly streams: RandomStreams;
  private readonly loads: readonly (ServerLoads | null)[];

  constructor(world: WorldSpec, stations: Stations, kernel: Kernel, streams: RandomStreams) {
    this.world = world;
    this.kernel = kernel;
    this.streams = streams;
    const asks = world.balancer.around?.loads !== undefined;
    let first = 0;
    this.loads = world.pops.map(({ servers }) => {
      const range = { first, count: servers.length };
      first += servers.length;
      return asks ? new ServerLoads(range, stations, kernel, latencyDecayNs(world)) : null;
    });
  }

  of(pop: number): ServerLoads | null {
    return this.loads[pop]!;
  }

  /** Servers that report tell the hit ratio of their caches; gives the caches back. */
  watch(caches: Caches): Caches {
    if ((this.world.balancer.around?.loads?.reportNs ?? null) !== null) {
      const watched = caches.watchEdge();
      for (const loads of this.loads) loads?.watch(watched);
    }
    return caches;
  }

  /** For an instance whose requests wait for answers to probes of their own. */
  syncPrequal(pops: Pops, index: number): SyncPrequal {
    const pop = pops.popOfBalancer(index);
    const { policy, around } = this.world.balancer;
    const stream = this.streams.stream('sync-probes', index);
    return new SyncPrequal(policy.options, {
      balancer: pops.balancers[index]!,
      timers: this.kernel,
      random: () => stream.uniform(),
      asker: createLoadAsker(
        this.kernel,
        this.of(pop)!,
        (backend) => pops.isServing(pop, backend),
        around!.loads!.probeRoundTripNs!,
      ),
    });
  }

  /** Servers report to all balancers of their POP, again and again. */
  startReports(pops: Pops): void {
    const reportNs = this.world.balancer.around?.loads?.reportNs ?? null;
    if (reportNs === null) return;
    this.loads.forEach((loads, pop) => {
      const { first, end } = pops.balancersOf(pop);
      const balancers = pops.balancers.slice(first, end);
      const report = () => {
        loads!.report(balancers, this.world.time.cutNs);
        this.kernel.after(reportNs, report);
      };
      this.kernel.after(reportNs, report);
    });
  }
}

/** How fast a server's own estimate ages: as the policy that asks for it would age it. */
function latencyDecayNs({ balancer }: WorldSpec): number {
  const { name, options } = balancer.policy;
  return name === 'prequal' ? prequalOptions.parse(options).latency_decay : LATENCY_DECAY_NS;
}

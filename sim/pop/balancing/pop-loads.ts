import type { Kernel } from '../../kernel/kernel.ts';
import type { WorldSpec } from '../../world.ts';
import type { Pops } from '../pops.ts';
import type { Stations } from '../stations.ts';
import { ServerLoads } from './server-loads.ts';

/** What the servers of each POP tell of their load, in worlds whose balancers ask. */
export class PopLoads {
  readonly #world: WorldSpec;
  readonly #kernel: Kernel;
  readonly #loads: readonly (ServerLoads | null)[];

  constructor(world: WorldSpec, stations: Stations, kernel: Kernel) {
    this.#world = world;
    this.#kernel = kernel;
    const asks = world.balancer.around?.loads !== undefined;
    let first = 0;
    this.#loads = world.pops.map(({ servers }) => {
      const range = { first, count: servers.length };
      first += servers.length;
      return asks ? new ServerLoads(range, stations, kernel) : null;
    });
  }

  of(pop: number): ServerLoads | null {
    return this.#loads[pop]!;
  }

  /** Servers report to all balancers of their POP, again and again. */
  startReports(pops: Pops): void {
    const reportNs = this.#world.balancer.around?.loads?.reportNs ?? null;
    if (reportNs === null) return;
    this.#loads.forEach((loads, pop) => {
      const { first, end } = pops.balancersOf(pop);
      const balancers = pops.balancers.slice(first, end);
      const report = () => {
        loads!.report(balancers, this.#world.time.cutNs);
        this.#kernel.after(reportNs, report);
      };
      this.#kernel.after(reportNs, report);
    });
  }
}

import { Condition } from '../pop/pops.ts';
import type { Tables } from '../tables.ts';
import type { ServerFaults } from './server-faults.ts';

/**
 * Servers that run out of memory: one whose queue is full dies with all that is inside, refuses
 * connections, and is back after a while, empty. A failure of the story meanwhile ends with it.
 */
export class OverloadCrashes {
  private readonly tables: Tables;
  private readonly servers: ServerFaults;
  private readonly isDying: Uint8Array;

  constructor(tables: Tables, servers: ServerFaults) {
    this.tables = tables;
    this.servers = servers;
    this.isDying = new Uint8Array(tables.pops.serverCount);
  }

  /** It could not take a request in. */
  full(server: number): void {
    const { kernel, pops, world } = this.tables;
    const restartNs = world.pops[pops.popOf(server)]!.crashWhenFullNs;
    if (restartNs === undefined || this.isDying[server] === 1) return;
    this.isDying[server] = 1;
    // Not at once: whoever was refused is still being told.
    kernel.after(0, () => this.#crash(server, restartNs));
  }

  #crash(server: number, restartNs: number): void {
    const { kernel, pops, observers } = this.tables;
    if (pops.serverCondition[server] !== Condition.Serving) {
      this.isDying[server] = 0;
      return;
    }
    this.servers.fail(server, 'power');
    observers.serverCrashed(server, kernel.nowNs + restartNs, kernel.nowNs);
    kernel.after(restartNs, () => {
      this.isDying[server] = 0;
      this.servers.recover(server);
    });
  }
}

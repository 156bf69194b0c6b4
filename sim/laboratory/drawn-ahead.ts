import type { Arrivals } from '../traffic/arrivals.ts';
import type { RequestSource } from '../traffic/request-source.ts';

/** Draws made at once for a process. */
const BATCH = 256;

/**
 * What the next requests of each arrival process are. A stream has one owner and one purpose, so
 * drawing ahead of the clock gives every request just what it would have drawn; and a loop of draws
 * costs half of as many single ones.
 */
export class DrawnAhead {
  readonly #arrivals: Arrivals;
  readonly #source: RequestSource;
  readonly #knowsClients: boolean;
  readonly #gapsNs: Float64Array[];
  readonly #workNs: Float64Array[];
  readonly #clients: Int32Array[];
  readonly #gapsUsed: Int32Array;
  readonly #requestsUsed: Int32Array;

  /** `knowsClients`: whether anybody asks who sent a request. */
  constructor(arrivals: Arrivals, source: RequestSource, knowsClients: boolean) {
    const { processes } = arrivals;
    this.#arrivals = arrivals;
    this.#source = source;
    this.#knowsClients = knowsClients;
    this.#gapsNs = processes.map(() => new Float64Array(BATCH));
    this.#workNs = processes.map(() => new Float64Array(BATCH));
    this.#clients = processes.map(() => new Int32Array(BATCH));
    this.#gapsUsed = new Int32Array(processes.length).fill(BATCH);
    this.#requestsUsed = new Int32Array(processes.length).fill(BATCH);
  }

  /** From the last arrival to the next, whole ns. */
  gapNs(process: number): number {
    const gapsNs = this.#gapsNs[process]!;
    if (this.#gapsUsed[process] === BATCH) {
      this.#arrivals.drawGaps(process, gapsNs);
      this.#gapsUsed[process] = 0;
    }
    return gapsNs[this.#gapsUsed[process]!++]!;
  }

  /** Goes on to the next request of the process: its work (ns at speed 1). */
  workNs(process: number): number {
    const workNs = this.#workNs[process]!;
    if (this.#requestsUsed[process] === BATCH) {
      this.#source.drawWork(process, workNs);
      if (this.#knowsClients) this.#source.drawClients(process, this.#clients[process]!);
      this.#requestsUsed[process] = 0;
    }
    return workNs[this.#requestsUsed[process]!++]!;
  }

  /** Who sent the request that `workNs` went on to: a client within its region. */
  client(process: number): number {
    return this.#clients[process]![this.#requestsUsed[process]! - 1]!;
  }
}

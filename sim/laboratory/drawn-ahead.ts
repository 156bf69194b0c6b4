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
  private readonly arrivals: Arrivals;
  private readonly source: RequestSource;
  private readonly knowsClients: boolean;
  /** A batch of each process, one after the other. */
  private readonly gapsNs: Float64Array;
  private readonly workNsBatches: Float64Array;
  private readonly clients: Int32Array;
  private readonly gapsUsed: Int32Array;
  private readonly requestsUsed: Int32Array;

  /** `knowsClients`: whether anybody asks who sent a request. */
  constructor(arrivals: Arrivals, source: RequestSource, knowsClients: boolean) {
    const count = arrivals.processes.length;
    this.arrivals = arrivals;
    this.source = source;
    this.knowsClients = knowsClients;
    this.gapsNs = new Float64Array(count * BATCH);
    this.workNsBatches = new Float64Array(count * BATCH);
    this.clients = new Int32Array(count * BATCH);
    this.gapsUsed = new Int32Array(count).fill(BATCH);
    this.requestsUsed = new Int32Array(count).fill(BATCH);
  }

  /** From the last arrival to the next, whole ns. */
  gapNs(process: number): number {
    if (this.gapsUsed[process] === BATCH) {
      this.arrivals.drawGaps(process, batchOf(this.gapsNs, process));
      this.gapsUsed[process] = 0;
    }
    return this.gapsNs[process * BATCH + this.gapsUsed[process]!++]!;
  }

  /** Goes on to the next request of the process: its work (ns at speed 1). */
  workNs(process: number): number {
    if (this.requestsUsed[process] === BATCH) {
      this.source.drawWork(process, batchOf(this.workNsBatches, process));
      if (this.knowsClients) this.source.drawClients(process, batchOf(this.clients, process));
      this.requestsUsed[process] = 0;
    }
    return this.workNsBatches[process * BATCH + this.requestsUsed[process]!++]!;
  }

  /** Who sent the request that `workNs` went on to: a client within its region. */
  client(process: number): number {
    return this.clients[process * BATCH + this.requestsUsed[process]! - 1]!;
  }
}

function batchOf<Column extends Float64Array | Int32Array>(
  column: Column,
  process: number,
): Column {
  return column.subarray(process * BATCH, (process + 1) * BATCH) as Column;
}

import type { EventKind } from '../kernel/event-kind.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { whole } from '../kernel/whole.ts';
import { NO_OWNER } from './owners.ts';
import { SharingHeap } from './sharing-heap.ts';
import { StationGauges } from './station-gauges.ts';
import { NO_VISIT, VisitState, type VisitIndex, Visits } from './visits.ts';

/** What a server is made of; `Infinity` in `queueLimit` means it never rejects. */
export interface StationSpec {
  readonly concurrency: number;
  readonly speed: number;
  readonly queueLimit: number;
  readonly discipline: 'fifo' | 'ps';
}

/**
 * Servers as queueing stations, in columns: `concurrency` slots fed first come first served from
 * one queue, or `concurrency` processors shared by everybody inside (processor sharing).
 *
 * FIFO: one ServiceEnded event a visit in service (subject visit, detail its generation).
 * PS: one ServiceEnded event a server (subject −1 − server, detail its generation), for the visit
 * that ends next; every arrival and departure moves it. Attained service is a virtual time per
 * server that advances at min(1, concurrency ÷ n).
 *
 * Invariants: busy ≤ concurrency; no visit waits while a slot is free.
 */
export class Stations {
  readonly visits = new Visits();
  readonly count: number;
  readonly gauges: StationGauges;

  private readonly kernel: Kernel;
  private readonly serviceEnded: EventKind;
  private readonly concurrencyByServer: Float64Array;
  private readonly speedByServer: Float64Array;
  private readonly queueLimitByServer: Float64Array;
  private readonly isSharing: Uint8Array;
  /** In service (FIFO) or inside (PS). */
  private readonly busyCount: Int32Array;
  /** Waiting and not abandoned. */
  private readonly waitingCountByServer: Int32Array;
  private readonly queueHead: Int32Array;
  private readonly queueTail: Int32Array;
  /**
   * PS: attained service of one visit since the server was last empty, and when it was reckoned.
   */
  private readonly virtualNs: Float64Array;
  private readonly virtualAtNs: Float64Array;
  private readonly generation: Int32Array;
  private readonly sharers: (SharingHeap | undefined)[];

  constructor(specs: readonly StationSpec[], kernel: Kernel, serviceEnded: EventKind) {
    const count = specs.length;
    this.count = count;
    this.kernel = kernel;
    this.serviceEnded = serviceEnded;
    this.concurrencyByServer = Float64Array.from(specs, (spec) => spec.concurrency);
    this.speedByServer = Float64Array.from(specs, (spec) => spec.speed);
    this.queueLimitByServer = Float64Array.from(specs, (spec) => spec.queueLimit);
    this.isSharing = Uint8Array.from(specs, (spec) => (spec.discipline === 'ps' ? 1 : 0));
    this.busyCount = new Int32Array(count);
    this.waitingCountByServer = new Int32Array(count);
    this.queueHead = new Int32Array(count).fill(NO_VISIT);
    this.queueTail = new Int32Array(count).fill(NO_VISIT);
    this.virtualNs = new Float64Array(count);
    this.virtualAtNs = new Float64Array(count);
    this.generation = new Int32Array(count);
    this.sharers = specs.map((spec) =>
      spec.discipline === 'ps' ? new SharingHeap(this.visits) : undefined,
    );
    this.gauges = new StationGauges(this.concurrencyByServer, kernel.nowNs);
  }

  /** Takes the work in; NO_VISIT if the queue is full. `workNs` is at speed 1. */
  submit(server: number, owner: number, workNs: number): VisitIndex {
    const inside = this.busyCount[server]! + this.waitingCountByServer[server]!;
    const concurrency = this.concurrencyByServer[server]!;
    if (inside >= concurrency + this.queueLimitByServer[server]!) return NO_VISIT;
    const nowNs = this.kernel.nowNs;
    const visit = this.visits.acquire(owner, server, workNs, nowNs);
    if (this.isSharing[server] === 1) this.#join(server, visit);
    else if (this.busyCount[server]! < concurrency) this.#serve(server, visit);
    else this.#enqueue(server, visit);
    this.gauges.update(server, nowNs, this.#busyNow(server), inside + 1);
    return visit;
  }

  /**
   * Handles a ServiceEnded event: frees the slot, starts the next visit, and returns the visit
   * that is done (its columns stay readable until the next `submit`), or NO_VISIT if stale.
   */
  end(subject: number, detail: number): VisitIndex {
    return subject < 0 ? this.#endSharing(-1 - subject, detail) : this.#endService(subject, detail);
  }

  /** The owner leaves. A waiting visit goes; one in service is finished for nobody. */
  abandon(visit: number): void {
    const { visits } = this;
    visits.owner[visit] = NO_OWNER;
    if (visits.state[visit] !== VisitState.Waiting) return;
    visits.state[visit] = VisitState.Abandoned;
    const server = visits.server[visit]!;
    this.waitingCountByServer[server]!--;
    this.#updateGauges(server);
  }

  isWaiting(visit: number): boolean {
    return this.visits.state[visit] === VisitState.Waiting;
  }

  /** Time the visit waited, or has attained beyond its own work under PS, until now. */
  waitedNs(visit: number): number {
    const { visits } = this;
    const server = visits.server[visit]!;
    const workNs = visits.workNs[visit]! / this.speedByServer[server]!;
    const waitedNs = this.kernel.nowNs - visits.enteredNs[visit]! - workNs;
    return waitedNs > 0 ? waitedNs : 0;
  }

  waitingCount(server: number): number {
    return this.waitingCountByServer[server]!;
  }

  /** Visits inside: waiting, or in service. */
  insideCount(server: number): number {
    return this.busyCount[server]! + this.waitingCountByServer[server]!;
  }

  speed(server: number): number {
    return this.speedByServer[server]!;
  }

  /** Work that starts from now on runs at this speed; under PS, what is left of all work does. */
  setSpeed(server: number, speed: number): void {
    if (this.isSharing[server] === 1) {
      this.#advance(server);
      this.speedByServer[server] = speed;
      this.#rearm(server);
    } else {
      this.speedByServer[server] = speed;
    }
  }

  /** Everything inside is lost; `lost` hears of each owner that still waits, first come first. */
  crash(server: number, lost: (owner: number) => void): void {
    const { visits } = this;
    const present: { readonly owner: number; readonly order: number }[] = [];
    for (let visit = 0; visit < visits.capacity; visit++) {
      if (visits.state[visit] === VisitState.Free || visits.server[visit] !== server) continue;
      const owner = visits.owner[visit]!;
      if (owner !== NO_OWNER) present.push({ owner, order: visits.order[visit]! });
      visits.release(visit);
    }
    this.busyCount[server] = 0;
    this.waitingCountByServer[server] = 0;
    this.queueHead[server] = NO_VISIT;
    this.queueTail[server] = NO_VISIT;
    this.sharers[server]?.clear();
    this.generation[server]!++;
    this.#updateGauges(server);
    present.sort((a, b) => a.order - b.order);
    for (const { owner } of present) lost(owner);
  }

  #serve(server: number, visit: VisitIndex): void {
    const { visits } = this;
    visits.state[visit] = VisitState.Serving;
    this.busyCount[server]!++;
    const endNs = this.kernel.nowNs + whole(visits.workNs[visit]! / this.speedByServer[server]!);
    this.kernel.schedule(endNs, this.serviceEnded, visit, visits.generation[visit]!);
  }

  #enqueue(server: number, visit: VisitIndex): void {
    this.visits.state[visit] = VisitState.Waiting;
    const tail = this.queueTail[server]!;
    if (tail === NO_VISIT) this.queueHead[server] = visit;
    else this.visits.next[tail] = visit;
    this.queueTail[server] = visit;
    this.waitingCountByServer[server]!++;
  }

  #endService(visit: number, generation: number): VisitIndex {
    const { visits } = this;
    if (visits.generation[visit] !== generation) return NO_VISIT;
    const server = visits.server[visit]!;
    this.busyCount[server]!--;
    const next = this.#dequeue(server);
    if (next !== NO_VISIT) this.#serve(server, next);
    this.#updateGauges(server);
    visits.release(visit);
    return visit as VisitIndex;
  }

  /** The longest waiting visit that has not been abandoned. */
  #dequeue(server: number): VisitIndex {
    const { visits } = this;
    let visit = this.queueHead[server]!;
    while (visit !== NO_VISIT) {
      const next = visits.next[visit]!;
      this.queueHead[server] = next;
      if (next === NO_VISIT) this.queueTail[server] = NO_VISIT;
      if (visits.state[visit] === VisitState.Waiting) {
        this.waitingCountByServer[server]!--;
        return visit as VisitIndex;
      }
      visits.release(visit);
      visit = next;
    }
    return NO_VISIT;
  }

  #join(server: number, visit: VisitIndex): void {
    const { visits } = this;
    this.#advance(server);
    visits.state[visit] = VisitState.Serving;
    visits.finishTag[visit] = this.virtualNs[server]! + visits.workNs[visit]!;
    this.busyCount[server]!++;
    this.sharers[server]!.push(visit);
    this.#rearm(server);
  }

  #endSharing(server: number, generation: number): VisitIndex {
    if (this.generation[server] !== generation) return NO_VISIT;
    const sharers = this.sharers[server]!;
    const visit = sharers.pop();
    // The head's tag, not the rounded clock, is where virtual time stands at its end.
    this.virtualNs[server] = this.visits.finishTag[visit]!;
    this.virtualAtNs[server] = this.kernel.nowNs;
    this.busyCount[server]!--;
    if (this.busyCount[server] === 0) this.virtualNs[server] = 0;
    this.#rearm(server);
    this.#updateGauges(server);
    this.visits.release(visit);
    return visit;
  }

  /** Brings the server's virtual time up to now. */
  #advance(server: number): void {
    const nowNs = this.kernel.nowNs;
    const elapsedNs = nowNs - this.virtualAtNs[server]!;
    if (elapsedNs > 0 && this.busyCount[server]! > 0) {
      this.virtualNs[server]! += elapsedNs * this.#rate(server);
    }
    this.virtualAtNs[server] = nowNs;
  }

  /** Service one visit attains per unit of time. */
  #rate(server: number): number {
    const share = this.concurrencyByServer[server]! / this.busyCount[server]!;
    return (share < 1 ? share : 1) * this.speedByServer[server]!;
  }

  #rearm(server: number): void {
    const generation = ++this.generation[server]!;
    const head = this.sharers[server]!.head();
    if (head === NO_VISIT) return;
    const leftNs = this.visits.finishTag[head]! - this.virtualNs[server]!;
    const delayNs = leftNs > 0 ? whole(leftNs / this.#rate(server)) : 0;
    this.kernel.schedule(this.kernel.nowNs + delayNs, this.serviceEnded, -1 - server, generation);
  }

  #busyNow(server: number): number {
    const busy = this.busyCount[server]!;
    const concurrency = this.concurrencyByServer[server]!;
    return busy < concurrency ? busy : concurrency;
  }

  #updateGauges(server: number): void {
    const inside = this.busyCount[server]! + this.waitingCountByServer[server]!;
    this.gauges.update(server, this.kernel.nowNs, this.#busyNow(server), inside);
  }
}

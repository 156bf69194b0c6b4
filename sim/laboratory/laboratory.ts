import type { Clockwork } from '../clockwork.ts';
import { EventKind } from '../kernel/event-kind.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mix32 } from '../kernel/mix.ts';
import { whole } from '../kernel/whole.ts';
import type { Pops } from '../pop/pops.ts';
import type { StationGauges } from '../pop/station-gauges.ts';
import { NO_VISIT } from '../pop/visits.ts';
import { NONE, Outcome } from '../requests.ts';
import type { Tables } from '../tables.ts';
import type { RequestSource } from '../traffic/request-source.ts';
import { DrawnAhead } from './drawn-ahead.ts';
import {
  CompletedVisits,
  type LaboratorySources,
  type VisitCounter,
  VISITS_MOST,
} from './completed-visits.ts';
import { LaboratoryEvents } from './laboratory-events.ts';
import { LaboratoryVisits } from './laboratory-visits.ts';

/**
 * The short way for worlds that are queueing laboratories (`is-laboratory.ts`): two events a
 * request, arrival and end of service, and nothing of what such a world cannot notice. It does what
 * kernel, lifecycle and stations would do, in their order: events, draws, picks, sums and the
 * fingerprint are the same to the bit, which `test/laboratory` holds it to.
 *
 * Subjects of events: a visit, or −1 − process for an arrival.
 */
export class Laboratory implements Clockwork {
  unfinishedCount = 0;
  private readonly kernel: Kernel;
  private readonly pops: Pops;
  private readonly gauges: StationGauges;
  private readonly counter: VisitCounter;
  readonly #events = new LaboratoryEvents();
  readonly #visits = new LaboratoryVisits();
  readonly #completed = new CompletedVisits();
  private readonly drawn: DrawnAhead;
  private readonly sources: LaboratorySources;
  private readonly cutNs: number;
  private readonly durationNs: number;
  /** Of each POP: its only server, NONE where a balancer picks. */
  private readonly onlyServer: Int32Array;
  /** Of each server. */
  private readonly concurrency: Float64Array;
  private readonly speed: Float64Array;
  private readonly room: Float64Array;
  private readonly busyCount: Int32Array;
  private readonly waitingCount: Int32Array;
  private readonly queueHead: Int32Array;
  private readonly queueTail: Int32Array;
  #arrivedCount = 0;
  #endedCount = 0;

  constructor(tables: Tables, source: RequestSource, counter: VisitCounter) {
    const { world, arrivals, kernel, pops, stations } = tables;
    this.kernel = kernel;
    this.pops = pops;
    this.gauges = stations.gauges;
    this.counter = counter;
    this.cutNs = world.time.cutNs;
    this.durationNs = world.time.durationNs;
    const isAnyPicked = world.pops.some(({ servers }) => servers.length > 1);
    this.drawn = new DrawnAhead(arrivals, source, isAnyPicked);
    this.sources = sourcesOf(tables);
    this.onlyServer = Int32Array.from(world.pops, ({ servers }, pop) =>
      servers.length === 1 ? pops.firstServer(pop) : NONE,
    );
    const servers = world.pops.flatMap((pop) =>
      pop.servers.map((server) => ({ ...server, queueLimit: pop.queueLimit })),
    );
    this.concurrency = Float64Array.from(servers, ({ concurrency }) => concurrency);
    this.speed = Float64Array.from(servers, ({ speed }) => speed);
    this.room = Float64Array.from(servers, (server) => server.concurrency + server.queueLimit);
    this.busyCount = new Int32Array(servers.length);
    this.waitingCount = new Int32Array(servers.length);
    this.queueHead = new Int32Array(servers.length).fill(NO_VISIT);
    this.queueTail = new Int32Array(servers.length).fill(NO_VISIT);
    for (let process = 0; process < arrivals.processes.length; process++) {
      this.#events.push(kernel.nowNs + this.drawn.gapNs(process), -1 - process);
    }
  }

  run(untilNs: number): void {
    this.#handle(untilNs, false);
    const kernel = this.kernel;
    if (untilNs > kernel.nowNs) kernel.nowNs = untilNs;
  }

  drain(untilNs: number): void {
    if (this.unfinishedCount > 0) this.#handle(untilNs, true);
    this.#count();
  }

  /** As `Invariants` has it: nothing is lost between arrivals, ends and what is inside. */
  check(): void {
    const insideCount = sum(this.busyCount) + sum(this.waitingCount);
    const counted = this.pops.balancers.reduce((total, { pool }) => total + pool.inFlightTotal, 0);
    const alone = this.onlyServer.reduce((total, server) => total + this.#insideAlone(server), 0);
    const isWhole = this.#arrivedCount === this.#endedCount + insideCount;
    if (isWhole && counted + alone === insideCount) return;
    throw new Error(
      `invariant broken in the laboratory: ${this.#arrivedCount} arrived, ${this.#endedCount} ` +
        `ended, ${insideCount} inside, of which balancers count ${counted}`,
    );
  }

  /** Of a server that no balancer counts for. */
  #insideAlone(server: number): number {
    return server === NONE ? 0 : this.busyCount[server]! + this.waitingCount[server]!;
  }

  #handle(untilNs: number, untilDrained: boolean): void {
    const kernel = this.kernel;
    const events = this.#events;
    const { order } = kernel;
    let eventCount = 0;
    for (;;) {
      const timeNs = events.timeNs[0]!;
      if (timeNs > untilNs) break;
      const subject = events.subject[0]!;
      kernel.nowNs = timeNs;
      eventCount++;
      if (subject < 0) {
        order.event(timeNs, EventKind.Arrival, -1 - subject);
        this.#arrived(-1 - subject);
      } else {
        order.event(timeNs, EventKind.ServiceEnded, subject);
        this.#served(subject);
        if (untilDrained && this.unfinishedCount === 0) break;
      }
    }
    kernel.eventCount += eventCount;
  }

  #arrived(process: number): void {
    const { nowNs } = this.kernel;
    const drawn = this.drawn;
    this.#events.replaceFirst(nowNs + drawn.gapNs(process), -1 - process);
    const workNs = drawn.workNs(process);
    this.#arrivedCount++;
    const pop = this.sources.pop[process]!;
    let server = this.onlyServer[pop]!;
    let balancer = NONE;
    if (server === NONE) {
      const pops = this.pops;
      const client = drawn.client(process);
      balancer = pops.balancerFor(pop, client);
      server = pops.pick(pop, balancer, mix32(client) >>> 0, 0);
      if (server === NONE) {
        this.#failed(Outcome.Error, process, NONE);
        return;
      }
      pops.started(balancer, server);
    }
    const busy = this.busyCount[server]!;
    const inside = busy + this.waitingCount[server]!;
    if (inside >= this.room[server]!) {
      if (balancer !== NONE) this.pops.finished(balancer, server, 'rejected', 0);
      this.#failed(Outcome.Rejected, process, server);
      return;
    }
    if (nowNs >= this.cutNs && nowNs < this.durationNs) this.unfinishedCount++;
    const visits = this.#visits;
    const serviceNs = workNs / this.speed[server]!;
    const visit = visits.acquire();
    visits.process[visit] = process;
    visits.server[visit] = server;
    visits.balancer[visit] = balancer;
    visits.next[visit] = NO_VISIT;
    visits.enteredNs[visit] = nowNs;
    visits.serviceNs[visit] = serviceNs;
    if (busy < this.concurrency[server]!) {
      this.busyCount[server] = busy + 1;
      this.#events.push(nowNs + whole(serviceNs), visit);
      this.gauges.update(server, nowNs, busy + 1, inside + 1);
      return;
    }
    const tail = this.queueTail[server]!;
    if (tail === NO_VISIT) this.queueHead[server] = visit;
    else visits.next[tail] = visit;
    this.queueTail[server] = visit;
    this.waitingCount[server]!++;
    this.gauges.update(server, nowNs, busy, inside + 1);
  }

  #served(visit: number): void {
    const kernel = this.kernel;
    const { nowNs } = kernel;
    const visits = this.#visits;
    const server = visits.server[visit]!;
    const next = this.queueHead[server]!;
    if (next === NO_VISIT) {
      this.busyCount[server]!--;
      this.#events.removeFirst();
    } else {
      const after = visits.next[next]!;
      this.queueHead[server] = after;
      if (after === NO_VISIT) this.queueTail[server] = NO_VISIT;
      this.waitingCount[server]!--;
      this.#events.replaceFirst(nowNs + whole(visits.serviceNs[next]!), next);
    }
    const busy = this.busyCount[server]!;
    this.gauges.update(server, nowNs, busy, busy + this.waitingCount[server]!);
    visits.release(visit);
    const enteredNs = visits.enteredNs[visit]!;
    const latencyNs = nowNs - enteredNs;
    const balancer = visits.balancer[visit]!;
    if (balancer !== NONE) this.pops.finished(balancer, server, 'success', latencyNs);
    kernel.order.note((Outcome.Completed << 16) ^ server);
    const completed = this.#completed;
    const place = completed.count++;
    completed.process[place] = visits.process[visit]!;
    completed.server[place] = server;
    completed.arrivedNs[place] = enteredNs;
    completed.latencyNs[place] = latencyNs;
    completed.waitedNs[place] = latencyNs - visits.serviceNs[visit]!;
    if (completed.count === VISITS_MOST) this.#count();
    if (enteredNs >= this.cutNs && enteredNs < this.durationNs) this.unfinishedCount--;
  }

  #failed(outcome: Outcome, process: number, server: number): void {
    const { nowNs, order } = this.kernel;
    order.note((outcome << 16) ^ server);
    this.counter.visitFailed(outcome, process, server, nowNs, this.sources);
    this.#endedCount++;
  }

  #count(): void {
    this.counter.visitsCompleted(this.#completed, this.sources);
    this.#endedCount += this.#completed.count;
    this.#completed.count = 0;
  }
}

function sourcesOf({ arrivals: { processes }, world }: Tables): LaboratorySources {
  return {
    pop: Int32Array.from(processes, ({ pop }) => pop),
    classIndex: Int32Array.from(processes, ({ classIndex }) => classIndex),
    sizeBytes: Float64Array.from(processes, ({ classIndex }) => {
      const { sizeBytes } = world.classes[classIndex]!;
      if (sizeBytes.law !== 'constant') throw new Error('a laboratory has answers of one size');
      return whole(sizeBytes.value);
    }),
  };
}

function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

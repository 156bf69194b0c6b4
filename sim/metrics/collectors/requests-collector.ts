import { NONE, Outcome, type RequestIndex, type Requests } from '../../requests.ts';
import type { RecordSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import {
  type CompletedVisits,
  type LaboratorySources,
  VISITS_MOST,
} from '../../laboratory/completed-visits.ts';
import type { Observer } from '../observer.ts';
import { RequestTallies } from '../request-tallies.ts';
import type { StorySegments } from '../story-segments.ts';
import { ServerTallies } from '../server-tallies.ts';

/**
 * How requests ended. Each is counted in the segment of the story in which it arrived; those that
 * arrived in the measured window also for the POP and server that answered last, their class and
 * their region. The world's figures are its measured segments added up.
 *
 * Rows of the tallies: segments, then POPs, classes, regions; these, being many, keep quantiles of
 * latency only.
 */
export class RequestsCollector implements Observer {
  readonly tallies: RequestTallies;
  readonly servers: ServerTallies;
  private readonly requests: Requests;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;
  private readonly firstPop: number;
  private readonly firstClass: number;
  private readonly firstRegion: number;
  /** The only class, or the only POP of a laboratory, has what the measured segments have. */
  private readonly hasPopRows: boolean;
  private readonly hasClassRows: boolean;
  /** Segment in which measuring begins; later rows are its and other measured ones'. */
  private readonly firstMeasured: number;
  readonly #rowOfVisit = new Int32Array(VISITS_MOST);

  constructor(
    requests: Requests,
    names: EntityNames,
    segments: StorySegments,
    record: RecordSpec,
    clockZeroNs: number,
  ) {
    this.requests = requests;
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.firstPop = segments.count;
    this.firstMeasured = segments.measured()[0] ?? segments.count;
    this.firstClass = this.firstPop + names.pops.length;
    this.firstRegion = this.firstClass + names.classes.length;
    const rowCount = this.firstRegion + names.regions.length;
    this.tallies = new RequestTallies(requests, rowCount, this.firstRegion, record.latencyLimitsNs);
    this.servers = new ServerTallies(names.servers.length);
    this.hasPopRows = names.pops.length > 1 || names.regions.length > 0;
    this.hasClassRows = names.classes.length > 1;
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const requests = this.requests;
    const segment = this.segments.at(requests.arrivedNs[request]! - this.clockZeroNs);
    if (segment < 0) return;
    const tallies = this.tallies;
    tallies.take(request, outcome, endNs);
    tallies.addTo(segment);
    if (!requests.isMeasured(request)) return;
    if (this.hasClassRows) tallies.addTo(this.firstClass + requests.classIndex[request]!);
    const pop = requests.pop[request]!;
    if (this.hasPopRows && pop >= 0) tallies.addTo(this.firstPop + pop);
    const region = requests.region[request]!;
    if (region >= 0) tallies.addTo(this.firstRegion + region);
    const server = requests.server[request]!;
    if (server >= 0) {
      const latencyNs = outcome === Outcome.Completed ? endNs - requests.arrivedNs[request]! : -1;
      this.servers.add(server, latencyNs, requests.queueWaitNs[request]!);
    }
  }

  /** The same for visits of a laboratory, whose processes send `sizeBytes` of a class to a POP. */
  visitsCompleted(visits: CompletedVisits, sources: LaboratorySources): void {
    const { count, server, arrivedNs, latencyNs, waitedNs } = visits;
    const rows = this.#rowOfVisit;
    for (let i = 0; i < count; i++) {
      const segment = this.segments.at(arrivedNs[i]!);
      rows[i] = segment;
      if (segment < this.firstMeasured) continue;
      this.servers.add(server[i]!, latencyNs[i]!, Math.max(0, waitedNs[i]!));
    }
    this.tallies.addVisits(visits, rows, sources.sizeBytes);
    if (this.hasClassRows) this.#addMeasured(visits, sources, this.firstClass, sources.classIndex);
    if (this.hasPopRows) this.#addMeasured(visits, sources, this.firstPop, sources.pop);
  }

  visitFailed(
    outcome: Outcome,
    process: number,
    server: number,
    arrivedNs: number,
    { pop, classIndex }: LaboratorySources,
  ): void {
    const { tallies } = this;
    const segment = this.segments.at(arrivedNs);
    if (segment < 0) return;
    tallies.takeFailedVisit(outcome);
    tallies.addTo(segment);
    if (arrivedNs < this.segments.cutNs) return;
    if (this.hasClassRows) tallies.addTo(this.firstClass + classIndex[process]!);
    if (this.hasPopRows) tallies.addTo(this.firstPop + pop[process]!);
    if (server >= 0) this.servers.add(server, -1, 0);
  }

  rowsOfPop(pop: number): readonly number[] {
    return this.hasPopRows ? [this.firstPop + pop] : this.segments.measured();
  }

  rowsOfClass(classIndex: number): readonly number[] {
    return this.hasClassRows ? [this.firstClass + classIndex] : this.segments.measured();
  }

  rowsOfRegion(region: number): readonly number[] {
    return [this.firstRegion + region];
  }

  /** Those that have a measured segment's row get another, by their process. */
  #addMeasured(
    visits: CompletedVisits,
    { sizeBytes }: LaboratorySources,
    firstRow: number,
    rowOfProcess: Int32Array,
  ): void {
    const rows = this.#rowOfVisit;
    for (let i = 0; i < visits.count; i++) {
      const isMeasured = rows[i]! >= this.firstMeasured;
      rows[i] = isMeasured ? firstRow + rowOfProcess[visits.process[i]!]! : NONE;
    }
    this.tallies.addVisits(visits, rows, sizeBytes);
  }
}

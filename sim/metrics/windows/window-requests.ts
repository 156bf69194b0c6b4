import { Outcome, type RequestIndex, type Requests } from '../../requests.ts';
import type { RecordSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import { RequestTallies } from '../request-tallies.ts';
import { ServerTallies } from '../server-tallies.ts';
import type { StorySegments } from '../story-segments.ts';
import type { AskedWindows, RowsBySegment } from './asked-windows.ts';

/**
 * How requests ended, for the entities and parts of the story that thresholds ask for: by arrival,
 * as `RequestsCollector` has it for the measured window. Rows of the tallies: POPs, classes, then
 * regions, which keep quantiles of latency only.
 */
export class WindowRequests implements Observer {
  readonly tallies: RequestTallies;
  readonly servers: ServerTallies;
  readonly firstClass: number;
  readonly firstRegion: number;
  private readonly requests: Requests;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;
  /** The only POP of a laboratory has what the world has, answered or not. */
  private readonly isOnlyPop: boolean;
  private readonly popRows: RowsBySegment;
  private readonly classRows: RowsBySegment;
  private readonly regionRows: RowsBySegment;
  private readonly serverRows: RowsBySegment;

  constructor(
    asked: AskedWindows,
    requests: Requests,
    names: EntityNames,
    segments: StorySegments,
    record: RecordSpec,
    clockZeroNs: number,
  ) {
    this.requests = requests;
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.firstClass = asked.rowsOf('pop').length;
    this.firstRegion = this.firstClass + asked.rowsOf('class').length;
    this.tallies = new RequestTallies(
      requests,
      this.firstRegion + asked.rowsOf('region').length,
      this.firstRegion,
      record.latencyLimitsNs,
    );
    this.servers = new ServerTallies(asked.rowsOf('server').length);
    this.isOnlyPop = names.pops.length === 1 && names.regions.length === 0;
    this.popRows = asked.rowsAt('pop');
    this.classRows = asked.rowsAt('class');
    this.regionRows = asked.rowsAt('region');
    this.serverRows = asked.rowsAt('server');
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const requests = this.requests;
    const arrivedNs = requests.arrivedNs[request]!;
    const segment = this.segments.at(arrivedNs - this.clockZeroNs);
    if (segment < 0) return;
    const pop = this.isOnlyPop ? 0 : requests.pop[request]!;
    const tallies = this.tallies;
    tallies.take(request, outcome, endNs);
    for (const row of this.popRows(pop, segment)) tallies.addTo(row);
    for (const row of this.classRows(requests.classIndex[request]!, segment)) {
      tallies.addTo(this.firstClass + row);
    }
    for (const row of this.regionRows(requests.region[request]!, segment)) {
      tallies.addTo(this.firstRegion + row);
    }
    const latencyNs = outcome === Outcome.Completed ? endNs - arrivedNs : -1;
    for (const row of this.serverRows(requests.server[request]!, segment)) {
      this.servers.add(row, latencyNs, requests.queueWaitNs[request]!);
    }
  }
}

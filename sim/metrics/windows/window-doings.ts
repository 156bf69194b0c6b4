import type { CacheResult } from '../../requests.ts';
import { countLookUp, noCounts, type TierCounts } from '../collectors/cache-collector.ts';
import { FetchTallies } from '../collectors/origin-collector.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';
import type { AskedWindows, RowsBySegment } from './asked-windows.ts';

/**
 * Look-ups, fetches, routes, connections and probes, for the entities and parts of the story that
 * thresholds ask for: by the instant at which they happen, as the collectors of the measured
 * window have them. A row each.
 */
export class WindowDoings implements Observer {
  readonly edgeOfServer: readonly TierCounts[];
  readonly shieldOfPop: readonly TierCounts[];
  readonly fetchesOfPop: FetchTallies;
  readonly fetchesOfOrigin: FetchTallies;
  readonly routeChangesOfPrefix: Float64Array;
  readonly routeChangesOfRegion: Float64Array;
  readonly brokenConnectionsOfRegion: Float64Array;
  readonly probesOfServer: Float64Array;
  readonly probesOfOrigin: Float64Array;
  readonly probesOfPop: Float64Array;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;
  private readonly popOfServer: Int32Array;
  private readonly popRows: RowsBySegment;
  private readonly serverRows: RowsBySegment;
  private readonly originRows: RowsBySegment;
  private readonly regionRows: RowsBySegment;
  private readonly prefixRows: RowsBySegment;

  constructor(
    asked: AskedWindows,
    names: EntityNames,
    segments: StorySegments,
    clockZeroNs: number,
  ) {
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.popOfServer = names.popOfServer;
    this.popRows = asked.rowsAt('pop');
    this.serverRows = asked.rowsAt('server');
    this.originRows = asked.rowsAt('origin');
    this.regionRows = asked.rowsAt('region');
    this.prefixRows = asked.rowsAt('prefix');
    const [pops, servers, origins] = [
      asked.rowsOf('pop'),
      asked.rowsOf('server'),
      asked.rowsOf('origin'),
    ];
    this.edgeOfServer = servers.map(noCounts);
    this.shieldOfPop = pops.map(noCounts);
    this.fetchesOfPop = new FetchTallies(pops.length);
    this.fetchesOfOrigin = new FetchTallies(origins.length);
    this.routeChangesOfPrefix = new Float64Array(asked.rowsOf('prefix').length);
    this.routeChangesOfRegion = new Float64Array(asked.rowsOf('region').length);
    this.brokenConnectionsOfRegion = new Float64Array(asked.rowsOf('region').length);
    this.probesOfServer = new Float64Array(servers.length);
    this.probesOfOrigin = new Float64Array(origins.length);
    this.probesOfPop = new Float64Array(pops.length);
  }

  cacheLookedUp(
    pop: number,
    server: number,
    tier: 'edge' | 'shield',
    result: CacheResult,
    bytes: number,
    atNs: number,
  ): void {
    const segment = this.#segmentAt(atNs);
    const isEdge = tier === 'edge';
    const counts = isEdge ? this.edgeOfServer : this.shieldOfPop;
    const rows = isEdge ? this.serverRows(server, segment) : this.popRows(pop, segment);
    for (const row of rows) countLookUp(counts[row]!, result, bytes);
  }

  originFetchStarted(origin: number, pop: number, atNs: number): void {
    const segment = this.#segmentAt(atNs);
    count(this.fetchesOfOrigin.startedCount, this.originRows(origin, segment));
    count(this.fetchesOfPop.startedCount, this.popRows(pop, segment));
  }

  originFetchEnded(
    origin: number,
    pop: number,
    failed: boolean,
    latencyNs: number,
    bytes: number,
    atNs: number,
  ): void {
    const segment = this.#segmentAt(atNs);
    for (const row of this.originRows(origin, segment)) {
      this.fetchesOfOrigin.end(row, failed, latencyNs, bytes);
    }
    for (const row of this.popRows(pop, segment)) {
      this.fetchesOfPop.end(row, failed, latencyNs, bytes);
    }
  }

  connectionBroken(region: number, _fromPop: number, _toPop: number, atNs: number): void {
    count(this.brokenConnectionsOfRegion, this.regionRows(region, this.#segmentAt(atNs)));
  }

  routeChanged(prefix: number, region: number, _from: number, _to: number, atNs: number): void {
    const segment = this.#segmentAt(atNs);
    count(this.routeChangesOfPrefix, this.prefixRows(prefix, segment));
    count(this.routeChangesOfRegion, this.regionRows(region, segment));
  }

  serverProbed(server: number, atNs: number): void {
    const segment = this.#segmentAt(atNs);
    count(this.probesOfServer, this.serverRows(server, segment));
    count(this.probesOfPop, this.popRows(this.popOfServer[server]!, segment));
  }

  originProbed(origin: number, pop: number, atNs: number): void {
    const segment = this.#segmentAt(atNs);
    count(this.probesOfOrigin, this.originRows(origin, segment));
    count(this.probesOfPop, this.popRows(pop, segment));
  }

  /** -1 outside the story, where no row counts. */
  #segmentAt(atNs: number): number {
    return this.segments.at(atNs - this.clockZeroNs);
  }
}

function count(column: Float64Array, rows: readonly number[]): void {
  for (const row of rows) column[row]!++;
}

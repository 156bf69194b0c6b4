import { originReadings } from '../../gauges.ts';
import type { Tables } from '../../tables.ts';
import type { LinkReadings, StationReadings } from '../gauges.ts';
import { SegmentLoads } from '../segment-loads.ts';
import type { StorySampler } from '../story-sampler.ts';
import type { StorySegments } from '../story-segments.ts';
import type { AskedWindows } from './asked-windows.ts';
import { LinkSeconds } from './link-seconds.ts';

/**
 * Loads of origins and links, segment by segment, for the parts of the story that thresholds ask
 * for; those of servers are always kept. Only reads, so the run is the same.
 */
export class WindowGauges implements StorySampler {
  private readonly tables: Tables;
  private readonly boundariesNs: readonly number[];
  private readonly origins: SegmentLoads | null;
  private readonly links: LinkSeconds | null;
  /** The boundary that comes next. */
  #next = 0;

  constructor(asked: AskedWindows, segments: StorySegments, tables: Tables) {
    const { origins } = tables;
    const links = asked.rowsOf('link').map(({ entity }) => entity);
    this.tables = tables;
    this.boundariesNs = segments.boundariesNs;
    this.origins =
      asked.rowsOf('origin').length === 0
        ? null
        : new SegmentLoads(origins.stations.gauges, origins.stations.count, segments.count);
    this.links =
      links.length === 0 ? null : new LinkSeconds(links, tables.backbone.pipes, segments.count);
  }

  get nextNs(): number {
    const boundaryNs = this.boundariesNs[this.#next] ?? Infinity;
    if (this.links === null || this.#next === 0 || boundaryNs === Infinity) return boundaryNs;
    return Math.min(boundaryNs, this.links.nextNs);
  }

  sample(nowNs: number): void {
    const boundaryNs = this.boundariesNs[this.#next]!;
    const isFirst = this.#next === 0;
    if (isFirst) this.afterReset(nowNs);
    else this.links?.read(this.#next - 1, nowNs);
    if (nowNs < boundaryNs) return;
    if (!isFirst) this.origins?.close(this.#next - 1, nowNs);
    this.origins?.open(nowNs);
    this.#next++;
  }

  beforeReset(nowNs: number): void {
    this.links?.beforeReset(nowNs);
  }

  afterReset(nowNs: number): void {
    this.origins?.open(nowNs);
    this.links?.afterReset(nowNs);
  }

  originsOver(segments: readonly number[]): StationReadings | null {
    return this.origins === null
      ? null
      : originReadings(this.tables.origins, this.origins.over(segments));
  }

  linksOver(segments: readonly number[], lengthNs: number): LinkReadings | null {
    return this.links?.over(segments, lengthNs) ?? null;
  }
}

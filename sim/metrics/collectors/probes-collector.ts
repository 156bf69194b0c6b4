import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** Health probes sent: per segment of the story, and per entity over the measured window. */
export class ProbesCollector implements Observer {
  readonly ofSegment: Float64Array;
  /** To a POP's server. */
  readonly ofServer: Float64Array;
  /** To an origin's servers, from everywhere; and to all origins, from a POP. */
  readonly ofOrigin: Float64Array;
  readonly originsFromPop: Float64Array;
  private readonly segments: StorySegments;
  private readonly isMeasured: Uint8Array;
  private readonly clockZeroNs: number;

  constructor(names: EntityNames, segments: StorySegments, clockZeroNs: number) {
    this.ofSegment = new Float64Array(segments.count);
    this.ofServer = new Float64Array(names.servers.length);
    this.ofOrigin = new Float64Array(names.origins.length);
    this.originsFromPop = new Float64Array(names.pops.length);
    this.segments = segments;
    this.isMeasured = new Uint8Array(segments.count);
    for (const segment of segments.measured()) this.isMeasured[segment] = 1;
    this.clockZeroNs = clockZeroNs;
  }

  serverProbed(server: number, atNs: number): void {
    if (this.#countAt(atNs)) this.ofServer[server]!++;
  }

  originProbed(origin: number, pop: number, atNs: number): void {
    if (!this.#countAt(atNs)) return;
    this.ofOrigin[origin]!++;
    this.originsFromPop[pop]!++;
  }

  #countAt(atNs: number): boolean {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment < 0) return false;
    this.ofSegment[segment]!++;
    return this.isMeasured[segment] === 1;
  }
}

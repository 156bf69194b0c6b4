import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/**
 * What the control plane did and what clients felt of it: BGP updates, DNS queries, changed routes,
 * connections opened and broken. Per segment of the story by the instant, and, within the measured
 * window, changed routes per prefix and per region.
 */
export class ControlPlaneCollector implements Observer {
  readonly brokenConnections: Float64Array;
  readonly openedConnections: Float64Array;
  readonly bgpUpdates: Float64Array;
  readonly dnsQueries: Float64Array;
  readonly routeChanges: Float64Array;
  readonly routeChangesOfPrefix: Float64Array;
  readonly routeChangesOfRegion: Float64Array;
  readonly brokenConnectionsOfRegion: Float64Array;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;

  constructor(names: EntityNames, segments: StorySegments, clockZeroNs: number) {
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.brokenConnections = new Float64Array(segments.count);
    this.openedConnections = new Float64Array(segments.count);
    this.bgpUpdates = new Float64Array(segments.count);
    this.dnsQueries = new Float64Array(segments.count);
    this.routeChanges = new Float64Array(segments.count);
    this.routeChangesOfPrefix = new Float64Array(names.prefixes.length);
    this.routeChangesOfRegion = new Float64Array(names.regions.length);
    this.brokenConnectionsOfRegion = new Float64Array(names.regions.length);
  }

  connectionBroken(region: number, _fromPop: number, _toPop: number, atNs: number): void {
    this.#count(this.brokenConnections, 1, atNs);
    if (region >= 0 && this.#isMeasured(atNs)) this.brokenConnectionsOfRegion[region]!++;
  }

  connectionOpened(_region: number, _pop: number, atNs: number): void {
    this.#count(this.openedConnections, 1, atNs);
  }

  routeChanged(
    prefix: number,
    region: number,
    _fromPop: number,
    _toPop: number,
    atNs: number,
  ): void {
    this.#count(this.routeChanges, 1, atNs);
    if (!this.#isMeasured(atNs)) return;
    if (prefix >= 0 && prefix < this.routeChangesOfPrefix.length) {
      this.routeChangesOfPrefix[prefix]!++;
    }
    if (region >= 0) this.routeChangesOfRegion[region]!++;
  }

  bgpUpdateSent(count: number, atNs: number): void {
    this.#count(this.bgpUpdates, count, atNs);
  }

  dnsQueried(_region: number, atNs: number): void {
    this.#count(this.dnsQueries, 1, atNs);
  }

  #count(column: Float64Array, by: number, atNs: number): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment >= 0) column[segment]! += by;
  }

  #isMeasured(atNs: number): boolean {
    const storyNs = atNs - this.clockZeroNs;
    return storyNs >= this.segments.cutNs && storyNs < this.segments.durationNs;
  }
}

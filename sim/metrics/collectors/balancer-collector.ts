import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** What balancers did by themselves, and servers that died of it, per segment of the story. */
export class BalancerCollector implements Observer {
  readonly retryCount: Float64Array;
  readonly refusalCount: Float64Array;
  readonly crashCount: Float64Array;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;

  constructor(segments: StorySegments, clockZeroNs: number) {
    this.retryCount = new Float64Array(segments.count);
    this.refusalCount = new Float64Array(segments.count);
    this.crashCount = new Float64Array(segments.count);
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
  }

  balancerRetried(_pop: number, atNs: number): void {
    this.#count(this.retryCount, atNs);
  }

  balancerRefused(_pop: number, atNs: number): void {
    this.#count(this.refusalCount, atNs);
  }

  serverCrashed(_server: number, _untilNs: number, atNs: number): void {
    this.#count(this.crashCount, atNs);
  }

  #count(column: Float64Array, atNs: number): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment >= 0) column[segment]!++;
  }
}

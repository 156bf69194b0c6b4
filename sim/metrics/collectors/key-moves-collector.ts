import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** Keys moved without need by changes of membership, per segment of the story. */
export class KeyMovesCollector implements Observer {
  readonly changeCount: Float64Array;
  readonly movedRatioSum: Float64Array;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;

  constructor(segments: StorySegments, clockZeroNs: number) {
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
    this.changeCount = new Float64Array(segments.count);
    this.movedRatioSum = new Float64Array(segments.count);
  }

  keysMoved(_pop: number, movedRatio: number, atNs: number): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment < 0) return;
    this.changeCount[segment]!++;
    this.movedRatioSum[segment]! += movedRatio;
  }
}

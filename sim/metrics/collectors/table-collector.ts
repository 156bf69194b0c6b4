import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';

/** What goes on in one balancer: since when, on the scenario's clock; null: it does not. */
interface State {
  buildingSinceNs: number | null;
  /** The oldest change that its table lacks, and from when on that is the oldest. */
  lacking: { readonly sinceNs: number; readonly fromNs: number } | null;
}

/**
 * Builds of balancers' tables per segment of the story. The lag of a table at a moment is the age
 * of the oldest change that it lacks, 0 when it lacks none.
 */
export class TableCollector implements Observer {
  /** Builds that began. */
  readonly buildCount: Float64Array;
  readonly stalePickCount: Float64Array;
  readonly busyNs: Float64Array;
  /** ∫ lag dt over all balancers, ns². */
  readonly lagArea: Float64Array;
  readonly lagNsMax: Float64Array;
  private readonly segments: StorySegments;
  private readonly clockZeroNs: number;
  readonly #states = new Map<number, State>();

  constructor(segments: StorySegments, clockZeroNs: number) {
    const column = (): Float64Array => new Float64Array(segments.count);
    this.buildCount = column();
    this.stalePickCount = column();
    this.busyNs = column();
    this.lagArea = column();
    this.lagNsMax = column();
    this.segments = segments;
    this.clockZeroNs = clockZeroNs;
  }

  tableBuild(balancer: number, isUnderWay: boolean, atNs: number): void {
    const storyNs = atNs - this.clockZeroNs;
    const state = this.#state(balancer);
    this.#addBusy(state, storyNs);
    state.buildingSinceNs = isUnderWay ? storyNs : null;
    const segment = this.segments.at(storyNs);
    if (isUnderWay && segment >= 0) this.buildCount[segment]!++;
  }

  tableLacks(balancer: number, sinceNs: number | null, atNs: number): void {
    const storyNs = atNs - this.clockZeroNs;
    const state = this.#state(balancer);
    this.#addLag(state, storyNs);
    state.lacking =
      sinceNs === null ? null : { sinceNs: sinceNs - this.clockZeroNs, fromNs: storyNs };
  }

  stalePick(_pop: number, atNs: number): void {
    const segment = this.segments.at(atNs - this.clockZeroNs);
    if (segment >= 0) this.stalePickCount[segment]!++;
  }

  /** Counts what is still going on at the end of the story; more than once changes nothing. */
  settle(): void {
    const { durationNs } = this.segments;
    for (const state of this.#states.values()) {
      this.#addBusy(state, durationNs);
      this.#addLag(state, durationNs);
      if (state.buildingSinceNs !== null) state.buildingSinceNs = durationNs;
      if (state.lacking !== null) state.lacking = { ...state.lacking, fromNs: durationNs };
    }
  }

  #addBusy({ buildingSinceNs }: State, untilNs: number): void {
    if (buildingSinceNs === null) return;
    this.#eachSegment(buildingSinceNs, untilNs, (segment, fromNs, endNs) => {
      this.busyNs[segment]! += endNs - fromNs;
    });
  }

  #addLag({ lacking }: State, untilNs: number): void {
    if (lacking === null) return;
    const { sinceNs } = lacking;
    this.#eachSegment(lacking.fromNs, untilNs, (segment, fromNs, endNs) => {
      const first = fromNs - sinceNs;
      const last = endNs - sinceNs;
      this.lagArea[segment]! += ((first + last) / 2) * (endNs - fromNs);
      this.lagNsMax[segment] = Math.max(this.lagNsMax[segment]!, last);
    });
  }

  /** The parts of a stretch of time in each segment of the story. */
  #eachSegment(
    fromNs: number,
    untilNs: number,
    add: (segment: number, fromNs: number, endNs: number) => void,
  ): void {
    const { boundariesNs, durationNs } = this.segments;
    const endNs = Math.min(untilNs, durationNs);
    let atNs = Math.max(fromNs, 0);
    while (atNs < endNs) {
      const segment = this.segments.at(atNs);
      const partEndNs = Math.min(endNs, boundariesNs[segment + 1]!);
      add(segment, atNs, partEndNs);
      atNs = partEndNs;
    }
  }

  #state(balancer: number): State {
    let state = this.#states.get(balancer);
    if (state === undefined) {
      state = { buildingSinceNs: null, lacking: null };
      this.#states.set(balancer, state);
    }
    return state;
  }
}

import type { WorldSpec } from '../world.ts';

/** A named stretch of the story, on the scenario's clock; several where an event repeats. */
export interface EventWindow {
  readonly name: string;
  /** Ascending, clipped to the story; [fromNs, untilNs) each. */
  readonly spans: readonly { readonly fromNs: number; readonly untilNs: number }[];
}

/**
 * The story cut at every instant where some report begins or ends: 0, the cut of the warm-up, the
 * beginnings and ends of named events, the end. A request is counted in the one segment in which
 * it arrived; a report about a stretch of time adds up the segments within. So ten windows cost a
 * request no more than one.
 *
 * Invariant: `boundariesNs` ascends strictly from 0 to the duration; segment i is
 * [boundariesNs[i], boundariesNs[i + 1]).
 */
export class StorySegments {
  readonly boundariesNs: readonly number[];
  readonly cutNs: number;
  readonly durationNs: number;
  readonly windows: readonly EventWindow[];
  #last = 0;

  constructor(world: WorldSpec) {
    this.cutNs = world.time.cutNs;
    this.durationNs = world.time.durationNs;
    this.windows = eventWindows(world);
    const instants = new Set([0, this.cutNs, this.durationNs]);
    for (const window of this.windows) {
      for (const span of window.spans) instants.add(span.fromNs).add(span.untilNs);
    }
    this.boundariesNs = [...instants]
      .filter((instantNs) => instantNs >= 0 && instantNs <= this.durationNs)
      .toSorted((a, b) => a - b);
  }

  get count(): number {
    return this.boundariesNs.length - 1;
  }

  /** Segment of an instant, -1 outside the story. Walks from the last: instants come in order. */
  at(atNs: number): number {
    if (atNs < 0 || atNs >= this.durationNs) return -1;
    const boundariesNs = this.boundariesNs;
    let segment = this.#last;
    while (atNs >= boundariesNs[segment + 1]!) segment++;
    while (atNs < boundariesNs[segment]!) segment--;
    this.#last = segment;
    return segment;
  }

  /** Segments within [fromNs, untilNs), both boundaries. */
  within(fromNs: number, untilNs: number): readonly number[] {
    const segments: number[] = [];
    for (let segment = 0; segment < this.count; segment++) {
      const begins = this.boundariesNs[segment]!;
      if (begins >= fromNs && begins < untilNs) segments.push(segment);
    }
    return segments;
  }

  lengthNs(segments: readonly number[]): number {
    let lengthNs = 0;
    for (const segment of segments) {
      lengthNs += this.boundariesNs[segment + 1]! - this.boundariesNs[segment]!;
    }
    return lengthNs;
  }

  /** What the world's own figures are taken over. */
  measured(): readonly number[] {
    return this.within(this.cutNs, this.durationNs);
  }

  during(window: EventWindow): readonly number[] {
    const segments = new Set(
      window.spans.flatMap((span) => this.within(span.fromNs, span.untilNs)),
    );
    return [...segments].toSorted((a, b) => a - b);
  }

  before(window: EventWindow): readonly number[] {
    return this.within(0, window.spans[0]!.fromNs);
  }

  after(window: EventWindow): readonly number[] {
    const lastNs = Math.max(...window.spans.map((span) => span.untilNs));
    return this.within(lastNs, this.durationNs);
  }
}

/** Named events in order of their first beginning; equal names are one window. */
function eventWindows(world: WorldSpec): readonly EventWindow[] {
  const clip = (instantNs: number): number =>
    Math.min(Math.max(instantNs, 0), world.time.durationNs);
  const spans = new Map<string, { fromNs: number; untilNs: number }[]>();
  for (const event of world.events) {
    if (event.name === null) continue;
    const span = { fromNs: clip(event.atNs), untilNs: clip(event.untilNs) };
    const known = spans.get(event.name);
    if (known === undefined) spans.set(event.name, [span]);
    else known.push(span);
  }
  return [...spans].map(([name, unordered]) => ({
    name,
    spans: unordered.toSorted((a, b) => a.fromNs - b.fromNs || a.untilNs - b.untilNs),
  }));
}

import type { EntityRef, WorldSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';

export interface Span {
  readonly fromNs: number;
  readonly untilNs: number;
}

/**
 * What health checks said of each server against what was true. A flap is a verdict that turns to
 * unhealthy; false-down time is time judged unhealthy while no failure of the story held the
 * server or its POP. Both within some spans of the story: the measured window, or parts of it.
 *
 * Where several checkers watch a server, it counts as judged unhealthy while any of them says so.
 */
export class HealthCollector implements Observer {
  readonly flapCount: Float64Array;
  private readonly falseDownNsByServer: Float64Array;
  private readonly failures: (readonly Span[])[];
  /** Checkers that hold the server unhealthy, and since when at least one does (story clock). */
  private readonly unhealthyViews: Int32Array;
  private readonly downSinceNs: Float64Array;
  private readonly spans: readonly Span[];
  private readonly durationNs: number;
  private readonly clockZeroNs: number;

  /** `spans`: what counts, disjoint, on the scenario's clock; the measured window by default. */
  constructor(
    world: WorldSpec,
    names: EntityNames,
    clockZeroNs: number,
    spans: readonly Span[] = [{ fromNs: world.time.cutNs, untilNs: world.time.durationNs }],
  ) {
    this.spans = spans;
    this.durationNs = world.time.durationNs;
    this.clockZeroNs = clockZeroNs;
    this.flapCount = new Float64Array(names.servers.length);
    this.falseDownNsByServer = new Float64Array(names.servers.length);
    this.unhealthyViews = new Int32Array(names.servers.length);
    this.downSinceNs = new Float64Array(names.servers.length);
    this.failures = names.servers.map((server, index) =>
      failureSpans(world, server, names.pops[names.popOfServer[index]!]!),
    );
  }

  /** Dead of its load, it is held as by a failure of the story. */
  serverCrashed(server: number, untilNs: number, atNs: number): void {
    const gone = { fromNs: atNs - this.clockZeroNs, untilNs: untilNs - this.clockZeroNs };
    const spans = [...this.failures[server]!, gone];
    this.failures[server] = disjoint(spans.toSorted((a, b) => a.fromNs - b.fromNs));
  }

  serverHealthChanged(server: number, healthy: boolean, atNs: number): void {
    const storyNs = atNs - this.clockZeroNs;
    const views = this.unhealthyViews[server]!;
    if (healthy) {
      this.unhealthyViews[server] = Math.max(0, views - 1);
      if (views === 1) this.falseDownNsByServer[server]! += this.#falseNs(server, storyNs);
      return;
    }
    this.unhealthyViews[server] = views + 1;
    if (views === 0) this.downSinceNs[server] = storyNs;
    const counts = this.spans.some(({ fromNs, untilNs }) => storyNs >= fromNs && storyNs < untilNs);
    if (counts) this.flapCount[server]!++;
  }

  /** Time within the spans in which the server was wrongly judged unhealthy. */
  falseDownNs(server: number): number {
    const open = this.unhealthyViews[server]! > 0 ? this.#falseNs(server, this.durationNs) : 0;
    return this.falseDownNsByServer[server]! + open;
  }

  /** Of the present down time until `untilNs`, what lies in the spans and in no failure. */
  #falseNs(server: number, untilNs: number): number {
    const down = { fromNs: this.downSinceNs[server]!, untilNs };
    let falseNs = 0;
    for (const span of this.spans) {
      const part = common(down, span);
      falseNs += lengthNs(part);
      for (const failure of this.failures[server]!) falseNs -= lengthNs(common(part, failure));
    }
    return falseNs;
  }
}

function common(a: Span, b: Span): Span {
  return { fromNs: Math.max(a.fromNs, b.fromNs), untilNs: Math.min(a.untilNs, b.untilNs) };
}

function lengthNs({ fromNs, untilNs }: Span): number {
  return Math.max(0, untilNs - fromNs);
}

/** When the server or its POP was failed by the story: disjoint, ascending. */
function failureSpans(world: WorldSpec, server: string, pop: string): readonly Span[] {
  const hits = (target: EntityRef): boolean =>
    (target.kind === 'pop' && target.pop === pop) ||
    (target.kind === 'server' && `${target.pop}/${target.server}` === server);
  const events = world.events.filter((event) => event.targets.some(hits));
  const recoveries = events.filter((event) => event.action.verb === 'recover');
  const spans = events
    .filter((event) => event.action.verb === 'fail')
    .map((event) => {
      const recovered = recoveries
        .map((recovery) => recovery.atNs)
        .filter((recoveredNs) => recoveredNs >= event.atNs);
      return { fromNs: event.atNs, untilNs: Math.min(event.untilNs, ...recovered) };
    })
    .toSorted((a, b) => a.fromNs - b.fromNs || a.untilNs - b.untilNs);
  return disjoint(spans);
}

function disjoint(ascending: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of ascending) {
    const last = merged.at(-1);
    if (last === undefined || span.fromNs > last.untilNs) merged.push(span);
    else
      merged[merged.length - 1] = {
        fromNs: last.fromNs,
        untilNs: Math.max(last.untilNs, span.untilNs),
      };
  }
  return merged;
}

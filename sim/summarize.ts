import { loadMetrics } from './metrics/load-metrics.ts';
import { scalingMetrics } from './metrics/autoscaling-metrics.ts';
import {
  classMetrics,
  linkMetrics,
  originMetrics,
  popMetrics,
  prefixMetrics,
  regionMetrics,
  serverMetrics,
} from './metrics/entity-metrics.ts';
import type { RunParts } from './metrics/run-parts.ts';
import { storyMetrics } from './metrics/story-metrics.ts';
import type { EventWindow } from './metrics/story-segments.ts';
import type { MetricValues, RunResult } from './run-result.ts';

/** Stage 6: one replication as plain numbers. Every figure is finite or null. */
export function summarize(parts: RunParts): RunResult {
  const { world, collectors } = parts;
  const { segments } = collectors;
  const windowed = (stretch: (window: EventWindow) => readonly number[]) =>
    record(segments.windows, (window) => [
      window.name,
      { ...stretchMetrics(parts, stretch(window)), ...scalingMetrics(parts, stretch(window)) },
    ]);
  return {
    strategy: world.strategy,
    replication: parts.replication,
    fingerprint: parts.fingerprint,
    eventCount: parts.eventCount,
    unfinished: parts.unfinished,
    metrics: { ...worldMetrics(parts), ...scalingMetrics(parts, segments.measured()) },
    pops: named(parts.names.pops, (pop) => ({
      ...popMetrics(parts, pop),
      ...scalingMetrics(parts, segments.measured(), pop),
    })),
    servers: named(parts.names.servers, (server) => serverMetrics(parts, server)),
    classes: named(parts.names.classes, (index) => classMetrics(parts, index)),
    links: named(parts.names.links, (link) => linkMetrics(parts, link)),
    origins: named(parts.names.origins, (origin) => originMetrics(parts, origin)),
    regions: named(parts.names.regions, (region) => regionMetrics(parts, region)),
    prefixes: named(parts.names.prefixes, (prefix) => prefixMetrics(parts, prefix)),
    windows: windowed((window) => segments.during(window)),
    before: windowed((window) => segments.before(window)),
    after: windowed((window) => segments.after(window)),
    timeline: collectors.timeline?.timeline(parts.loads) ?? null,
  };
}

/** A part of the story: what requests met, and how loaded the servers were. */
function stretchMetrics(parts: RunParts, segments: readonly number[]): MetricValues {
  const { collectors, names, gauges } = parts;
  const readings = gauges.serversOver?.(segments);
  if (readings === undefined) return storyMetrics(parts, segments);
  const servers = names.servers.map((_name, server) => server);
  const load = loadMetrics(readings, servers, collectors.segments.lengthNs(segments));
  return { ...storyMetrics(parts, segments), ...load };
}

function worldMetrics(parts: RunParts): MetricValues {
  const { collectors, names, gauges } = parts;
  const measured = collectors.segments.measured();
  const windowNs = collectors.segments.lengthNs(measured);
  const servers = names.servers.map((_name, server) => server);
  let flaps = 0;
  let falseDownNs = 0;
  for (const server of servers) {
    flaps += collectors.health.flapCount[server]!;
    falseDownNs += collectors.health.falseDownNs(server);
  }
  const isWatched = parts.world.health !== null || parts.world.passive !== undefined;
  const hasHealth = isWatched && servers.length > 0 && windowNs > 0;
  return {
    ...storyMetrics(parts, measured),
    ...loadMetrics(gauges.servers, servers, windowNs),
    flaps: hasHealth ? flaps : null,
    false_down_time_ratio: hasHealth ? falseDownNs / (windowNs * servers.length) : null,
  };
}

function named(
  names: readonly string[],
  metricsOf: (index: number) => MetricValues,
): Readonly<Record<string, MetricValues>> {
  return record(names, (name, index) => [name, metricsOf(index)]);
}

/** A null prototype keeps a POP called `__proto__` an ordinary key. */
function record<T>(
  items: readonly T[],
  entry: (item: T, index: number) => readonly [string, MetricValues],
): Readonly<Record<string, MetricValues>> {
  const result = Object.create(null) as Record<string, MetricValues>;
  items.forEach((item, index) => {
    const [key, metrics] = entry(item, index);
    result[key] = metrics;
  });
  return result;
}

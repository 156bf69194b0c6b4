import type { HealthCollector } from './metrics/collectors/health-collector.ts';
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
import { measuredReadings } from './metrics/entity-readings.ts';
import type { RunParts } from './metrics/run-parts.ts';
import { storyMetrics } from './metrics/story-metrics.ts';
import { windowTables } from './metrics/windows/window-tables.ts';
import type { MetricValues, RunResult } from './run-result.ts';

/** Stage 6: one replication as plain numbers. Every figure is finite or null. */
export function summarize(parts: RunParts): RunResult {
  const { world, collectors } = parts;
  const { segments } = collectors;
  const readings = measuredReadings(parts);
  const windowed = (part: 'during' | 'before' | 'after') =>
    record(segments.windows, (window) => {
      const stretch = segments[part](window);
      const health = collectors.windows?.healthIn(window.name, part) ?? null;
      const verdicts = health === null ? {} : healthMetrics(parts, health, stretch);
      const loads = stretchMetrics(parts, stretch);
      return [window.name, { ...loads, ...verdicts, ...scalingMetrics(parts, stretch) }];
    });
  return {
    strategy: world.strategy,
    replication: parts.replication,
    fingerprint: parts.fingerprint,
    eventCount: parts.eventCount,
    unfinished: parts.unfinished,
    metrics: { ...worldMetrics(parts), ...scalingMetrics(parts, segments.measured()) },
    pops: named(parts.names.pops, (pop) => ({
      ...popMetrics(readings, pop),
      ...scalingMetrics(parts, segments.measured(), pop),
    })),
    servers: named(parts.names.servers, (server) => serverMetrics(readings, server)),
    classes: named(parts.names.classes, (index) => classMetrics(readings, index)),
    links: named(parts.names.links, (link) => linkMetrics(readings, link)),
    origins: named(parts.names.origins, (origin) => originMetrics(readings, origin)),
    regions: named(parts.names.regions, (region) => regionMetrics(readings, region)),
    prefixes: named(parts.names.prefixes, (prefix) => prefixMetrics(readings, prefix)),
    windows: windowed('during'),
    before: windowed('before'),
    after: windowed('after'),
    ...(collectors.windows === null
      ? {}
      : { entityWindows: windowTables(parts, collectors.windows) }),
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
  return {
    ...storyMetrics(parts, measured),
    ...loadMetrics(gauges.servers, servers, windowNs),
    ...healthMetrics(parts, collectors.health, measured),
  };
}

/** What health checks said of all servers in some segments; null where nobody watches. */
function healthMetrics(
  { world, names, collectors }: RunParts,
  health: HealthCollector,
  segments: readonly number[],
): MetricValues {
  const lengthNs = collectors.segments.lengthNs(segments);
  const serverCount = names.servers.length;
  const isWatched = world.health !== null || world.passive !== undefined;
  if (!isWatched || serverCount === 0 || lengthNs === 0) {
    return { flaps: null, false_down_time_ratio: null };
  }
  let flaps = 0;
  let falseDownSumNs = 0;
  for (let server = 0; server < serverCount; server++) {
    flaps += health.flapCount[server]!;
    falseDownSumNs += health.falseDownNs(server);
  }
  return { flaps, false_down_time_ratio: falseDownSumNs / (lengthNs * serverCount) };
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

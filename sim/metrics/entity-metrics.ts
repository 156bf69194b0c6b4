import type { MetricValues } from '../run-result.ts';
import type { WorldSpec } from '../world.ts';
import { quantileName } from './metric-keys.ts';
import { loadMetrics } from './load-metrics.ts';
import { cacheMetrics, meanSeconds, ratio, requestMetrics } from './request-metrics.ts';
import { type EntityReadings, serversOf } from './entity-readings.ts';
import { Tally } from './request-tallies.ts';

/**
 * What a report says of each entity of the world over a stretch of the story. `row`: where the
 * readings hold the entity; the entity itself over the measured window.
 */

export function popMetrics(readings: EntityReadings, pop: number, row = pop): MetricValues {
  const { names, gauges, world } = readings;
  const rows = readings.rowsOfPop(row);
  const servers = serversOf(names, pop);
  const shield = readings.shieldOfPop[row]!;
  const isShield = world.cache?.shield?.pops.includes(names.pops[pop]!) ?? false;
  return {
    ...rowMetrics(readings, rows),
    ...popFetchMetrics(readings, row),
    shield_hits: isShield ? shield.hits : null,
    shield_miss: isShield ? shield.misses : null,
    shield_hit_ratio: isShield ? ratio(shield.hits, shield.hits + shield.misses) : null,
    ...loadMetrics(gauges.servers, servers, readings.lengthNs),
    probes: popProbes(readings, row),
  };
}

/** To its own servers and from it to origins; null where neither is watched. */
function popProbes(readings: EntityReadings, row: number): number | null {
  const { world } = readings;
  const isWatched = world.origins.some((_, origin) => hasProbes(world, origin));
  return world.health === null && !isWatched ? null : readings.probesOfPop(row);
}

export function classMetrics(
  readings: EntityReadings,
  classIndex: number,
  row = classIndex,
): MetricValues {
  return rowMetrics(readings, readings.rowsOfClass(row));
}

export function regionMetrics(
  readings: EntityReadings,
  region: number,
  row = region,
): MetricValues {
  return {
    ...rowMetrics(readings, readings.rowsOfRegion(row)),
    broken_connections: readings.brokenConnectionsOfRegion[row]!,
    route_changes: readings.routeChangesOfRegion[row]!,
  };
}

export function prefixMetrics(
  readings: EntityReadings,
  prefix: number,
  row = prefix,
): MetricValues {
  return { route_changes: readings.routeChangesOfPrefix[row]! };
}

/** Means and counts only; load as everywhere. */
export function serverMetrics(
  readings: EntityReadings,
  server: number,
  row = server,
): MetricValues {
  const { servers, gauges, world, health, lengthNs } = readings;
  const requests = servers.requestCount[row]!;
  const completed = servers.completedCount[row]!;
  const edge = readings.edgeOfServer[row]!;
  const hasEdge = (world.cache?.edge ?? null) !== null;
  const hasHealth = world.health !== null || world.passive !== undefined;
  const { utilisation, in_system_mean } = loadMetrics(gauges.servers, [server], lengthNs);
  return {
    requests,
    requests_per_s: ratio(requests * 1e9, lengthNs),
    completed,
    latency_mean_s: meanSeconds(servers.latencyNsSum[row]!, completed),
    latency_max_s: completed > 0 ? servers.latencyNsMax[row]! / 1e9 : null,
    queue_wait_mean_s: meanSeconds(servers.queueWaitNsSum[row]!, requests),
    utilisation: utilisation!,
    in_system_mean: in_system_mean!,
    hits: hasEdge ? edge.hits : null,
    miss: hasEdge ? edge.misses : null,
    pass: hasEdge ? edge.passes : null,
    hit_ratio: hasEdge ? ratio(edge.hits, edge.hits + edge.misses) : null,
    probes: world.health === null ? null : readings.probesOfServer[row]!,
    flaps: hasHealth ? health.flapCount[server]! : null,
    false_down_time_ratio: hasHealth ? ratio(health.falseDownNs(server), lengthNs) : null,
  };
}

export function linkMetrics({ gauges, lengthNs }: EntityReadings, link: number): MetricValues {
  const { links } = gauges;
  return {
    utilisation: links?.utilisationMean(link) ?? null,
    utilisation_max: links?.utilisationMax(link) ?? null,
    bytes: links?.bytes(link) ?? null,
    throughput_bps: links === null ? null : ratio(links.bytes(link) * 8e9, lengthNs),
  };
}

/** Waiting at an origin is what is inside and not in service, by Little's law over its fetches. */
export function originMetrics(
  readings: EntityReadings,
  origin: number,
  row = origin,
): MetricValues {
  const { world, lengthNs, fetchesOfOrigin: fetches } = readings;
  const stations = readings.gauges.origins;
  const requests = fetches.startedCount[row]!;
  const ended = fetches.endedCount[row]!;
  const failed = fetches.failedCount[row]!;
  const hasServers = stations !== null && world.origins[origin]!.serverCount > 0;
  const load = hasServers ? loadMetrics(stations, [origin], lengthNs) : null;
  const waitingArea = hasServers ? stations.insideArea(origin) - stations.busySlotNs(origin) : 0;
  const latency = fetches.latency.gather([row]);
  const metrics: Record<string, number | null> = {
    requests,
    requests_per_s: ratio(requests * 1e9, lengthNs),
    errors: failed,
    error_ratio: ratio(failed, ended),
    probes: hasProbes(world, origin) ? readings.probesOfOrigin[row]! : null,
    bytes: fetches.bytes[row]!,
    latency_mean_s: meanSeconds(fetches.latencyNsSum[row]!, ended - failed),
    queue_wait_mean_s: hasServers ? meanSeconds(waitingArea, requests) : null,
    utilisation: load?.['utilisation'] ?? null,
    in_system_mean: load?.['in_system_mean'] ?? null,
  };
  for (const q of world.record.quantiles) {
    const valueNs = latency.quantile(q);
    metrics[`latency_${quantileName(q)}_s`] = valueNs === null ? null : valueNs / 1e9;
  }
  return metrics;
}

function hasProbes(world: WorldSpec, origin: number): boolean {
  return (world.origins[origin]!.observers?.health ?? null) !== null;
}

function rowMetrics(readings: EntityReadings, rows: readonly number[]): MetricValues {
  const { tallies, world, lengthNs } = readings;
  return {
    ...requestMetrics(tallies, rows, lengthNs, world.record),
    ...cacheMetrics(tallies, rows, world.cache !== null),
  };
}

function popFetchMetrics(readings: EntityReadings, row: number): MetricValues {
  if (readings.world.origins.length === 0) return { origin_fetches: null, origin_offload: null };
  const { fetchesOfPop: fetches, tallies } = readings;
  const clientBytes = tallies.sum(Tally.Bytes, readings.rowsOfPop(row));
  return {
    origin_fetches: fetches.startedCount[row]!,
    origin_offload: ratio(clientBytes - fetches.bytes[row]!, clientBytes),
  };
}

import type { MetricValues } from '../run-result.ts';
import { quantileName } from './metric-keys.ts';
import { loadMetrics } from './load-metrics.ts';
import { cacheMetrics, meanSeconds, ratio, requestMetrics } from './request-metrics.ts';
import type { RunParts } from './run-parts.ts';
import { Tally } from './request-tallies.ts';

/** What a report says of each entity of the world, over the measured window. */

export function popMetrics(parts: RunParts, pop: number): MetricValues {
  const { collectors, names, gauges, world } = parts;
  const rows = collectors.requests.rowsOfPop(pop);
  const windowNs = measuredNs(parts);
  const servers: number[] = [];
  names.popOfServer.forEach((popOfServer, server) => {
    if (popOfServer === pop) servers.push(server);
  });
  const shield = collectors.cache.shieldOfPop[pop]!;
  const isShield = world.cache?.shield?.pops.includes(names.pops[pop]!) ?? false;
  return {
    ...rowMetrics(parts, rows),
    ...popFetchMetrics(parts, pop, rows),
    shield_hits: isShield ? shield.hits : null,
    shield_miss: isShield ? shield.misses : null,
    shield_hit_ratio: isShield ? ratio(shield.hits, shield.hits + shield.misses) : null,
    ...loadMetrics(gauges.servers, servers, windowNs),
    probes: popProbes(parts, pop, servers),
  };
}

/** To its own servers and from it to origins; null where neither is watched. */
function popProbes(parts: RunParts, pop: number, servers: readonly number[]): number | null {
  const { world, collectors } = parts;
  if (world.health === null && !world.origins.some((_, origin) => hasProbes(parts, origin))) {
    return null;
  }
  const { ofServer, originsFromPop } = collectors.probes;
  return servers.reduce((sum, server) => sum + ofServer[server]!, originsFromPop[pop]!);
}

export function classMetrics(parts: RunParts, classIndex: number): MetricValues {
  return rowMetrics(parts, parts.collectors.requests.rowsOfClass(classIndex));
}

export function regionMetrics(parts: RunParts, region: number): MetricValues {
  const { controlPlane } = parts.collectors;
  return {
    ...rowMetrics(parts, parts.collectors.requests.rowsOfRegion(region)),
    broken_connections: controlPlane.brokenConnectionsOfRegion[region]!,
    route_changes: controlPlane.routeChangesOfRegion[region]!,
  };
}

export function prefixMetrics(parts: RunParts, prefix: number): MetricValues {
  return { route_changes: parts.collectors.controlPlane.routeChangesOfPrefix[prefix]! };
}

/** Means and counts only; load as everywhere. */
export function serverMetrics(parts: RunParts, server: number): MetricValues {
  const { collectors, gauges, world } = parts;
  const { servers } = collectors.requests;
  const windowNs = measuredNs(parts);
  const requests = servers.requestCount[server]!;
  const completed = servers.completedCount[server]!;
  const edge = collectors.cache.edgeOfServer[server]!;
  const hasEdge = (world.cache?.edge ?? null) !== null;
  const hasHealth = world.health !== null || world.passive !== undefined;
  const { utilisation, in_system_mean } = loadMetrics(gauges.servers, [server], windowNs);
  return {
    requests,
    requests_per_s: ratio(requests * 1e9, windowNs),
    completed,
    latency_mean_s: meanSeconds(servers.latencyNsSum[server]!, completed),
    latency_max_s: completed > 0 ? servers.latencyNsMax[server]! / 1e9 : null,
    queue_wait_mean_s: meanSeconds(servers.queueWaitNsSum[server]!, requests),
    utilisation: utilisation!,
    in_system_mean: in_system_mean!,
    hits: hasEdge ? edge.hits : null,
    miss: hasEdge ? edge.misses : null,
    pass: hasEdge ? edge.passes : null,
    hit_ratio: hasEdge ? ratio(edge.hits, edge.hits + edge.misses) : null,
    probes: world.health === null ? null : collectors.probes.ofServer[server]!,
    flaps: hasHealth ? collectors.health.flapCount[server]! : null,
    false_down_time_ratio: hasHealth
      ? ratio(collectors.health.falseDownNs(server), windowNs)
      : null,
  };
}

export function linkMetrics(parts: RunParts, link: number): MetricValues {
  const { links } = parts.gauges;
  const windowNs = measuredNs(parts);
  return {
    utilisation: links?.utilisationMean(link) ?? null,
    utilisation_max: links?.utilisationMax(link) ?? null,
    bytes: links?.bytes(link) ?? null,
    throughput_bps: links === null ? null : ratio(links.bytes(link) * 8e9, windowNs),
  };
}

/** Waiting at an origin is what is inside and not in service, by Little's law over its fetches. */
export function originMetrics(parts: RunParts, origin: number): MetricValues {
  const { ofOrigin } = parts.collectors.origin;
  const readings = parts.gauges.origins;
  const windowNs = measuredNs(parts);
  const requests = ofOrigin.startedCount[origin]!;
  const ended = ofOrigin.endedCount[origin]!;
  const failed = ofOrigin.failedCount[origin]!;
  const hasServers = readings !== null && parts.world.origins[origin]!.serverCount > 0;
  const load = hasServers ? loadMetrics(readings, [origin], windowNs) : null;
  const waitingArea = hasServers ? readings.insideArea(origin) - readings.busySlotNs(origin) : 0;
  const latency = ofOrigin.latency.gather([origin]);
  const metrics: Record<string, number | null> = {
    requests,
    requests_per_s: ratio(requests * 1e9, windowNs),
    errors: failed,
    error_ratio: ratio(failed, ended),
    probes: hasProbes(parts, origin) ? parts.collectors.probes.ofOrigin[origin]! : null,
    bytes: ofOrigin.bytes[origin]!,
    latency_mean_s: meanSeconds(ofOrigin.latencyNsSum[origin]!, ended - failed),
    queue_wait_mean_s: hasServers ? meanSeconds(waitingArea, requests) : null,
    utilisation: load?.['utilisation'] ?? null,
    in_system_mean: load?.['in_system_mean'] ?? null,
  };
  for (const q of parts.world.record.quantiles) {
    const valueNs = latency.quantile(q);
    metrics[`latency_${quantileName(q)}_s`] = valueNs === null ? null : valueNs / 1e9;
  }
  return metrics;
}

function hasProbes({ world }: RunParts, origin: number): boolean {
  return (world.origins[origin]!.observers?.health ?? null) !== null;
}

function rowMetrics(parts: RunParts, rows: readonly number[]): MetricValues {
  const { tallies } = parts.collectors.requests;
  return {
    ...requestMetrics(tallies, rows, measuredNs(parts), parts.world.record),
    ...cacheMetrics(tallies, rows, parts.world.cache !== null),
  };
}

function popFetchMetrics(parts: RunParts, pop: number, rows: readonly number[]): MetricValues {
  if (parts.world.origins.length === 0) return { origin_fetches: null, origin_offload: null };
  const { ofPop } = parts.collectors.origin;
  const clientBytes = parts.collectors.requests.tallies.sum(Tally.Bytes, rows);
  return {
    origin_fetches: ofPop.startedCount[pop]!,
    origin_offload: ratio(clientBytes - ofPop.bytes[pop]!, clientBytes),
  };
}

function measuredNs(parts: RunParts): number {
  const { segments } = parts.collectors;
  return segments.lengthNs(segments.measured());
}

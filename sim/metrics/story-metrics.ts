import type { MetricValues } from '../run-result.ts';
import type { WorldSpec } from '../world.ts';
import { tierTotal } from './collectors/cache-collector.ts';
import type { Collectors } from './collectors.ts';
import { cacheMetrics, meanSeconds, ratio, requestMetrics } from './request-metrics.ts';
import { Tally } from './request-tallies.ts';
import { tableMetrics } from './table-metrics.ts';

/** The world's figures over some segments of the story: the measured window, or an event's. */
export function storyMetrics(
  parts: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  const { world, collectors } = parts;
  const { tallies } = collectors.requests;
  const lengthNs = collectors.segments.lengthNs(segments);
  return {
    ...requestMetrics(tallies, segments, lengthNs, world.record),
    ...cacheMetrics(tallies, segments, world.cache !== null),
    ...shieldMetrics(parts, segments),
    ...fetchMetrics(parts, segments),
    ...controlPlaneMetrics(parts, segments),
    moved_keys_ratio: movedKeysRatio(parts, segments),
    probes: probeCount(parts, segments),
    ...balancerMetrics(parts, segments),
    ...tableMetrics(parts, segments),
  };
}

/** null where balancers neither retry nor refuse, and servers that are full refuse. */
function balancerMetrics(
  { world, collectors }: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  const { retries, limits } = world.balancer.around ?? {};
  const { retryCount, refusalCount, crashCount } = collectors.balancers;
  const mayCrash = world.pops.some(({ crashWhenFullNs }) => crashWhenFullNs !== undefined);
  const sum = (column: Float64Array): number =>
    segments.reduce((total, segment) => total + column[segment]!, 0);
  return {
    balancer_retries: retries === undefined ? null : sum(retryCount),
    balancer_refused: limits === undefined ? null : sum(refusalCount),
    overload_crashes: mayCrash ? sum(crashCount) : null,
  };
}

/** null where nobody watches. */
function probeCount(
  { world, collectors }: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): number | null {
  const isWatched = world.origins.some(({ observers }) => (observers?.health ?? null) !== null);
  if (world.health === null && !isWatched) return null;
  return segments.reduce((sum, segment) => sum + collectors.probes.ofSegment[segment]!, 0);
}

/** Mean over changes of membership; null without one, and where the policy does not hash. */
function movedKeysRatio(
  { collectors: { keyMoves } }: { readonly collectors: Collectors },
  segments: readonly number[],
): number | null {
  const sum = (column: Float64Array): number =>
    segments.reduce((total, segment) => total + column[segment]!, 0);
  return ratio(sum(keyMoves.movedRatioSum), sum(keyMoves.changeCount));
}

/** Fastly's `shield_hit_requests`, `shield_miss_requests`; null without a shield. */
function shieldMetrics(
  parts: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  if ((parts.world.cache?.shield ?? null) === null) {
    return { shield_hits: null, shield_miss: null, shield_hit_ratio: null };
  }
  const { shieldOfSegment } = parts.collectors.cache;
  const total = tierTotal(segments.map((segment) => shieldOfSegment[segment]!));
  return {
    shield_hits: total.hits,
    shield_miss: total.misses,
    shield_hit_ratio: ratio(total.hits, total.hits + total.misses),
  };
}

/**
 * Fetches by the instant at which they started or ended. origin_offload as Fastly defines it:
 * (bytes to clients − bytes from origins) / bytes to clients.
 */
function fetchMetrics(
  parts: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  if (parts.world.origins.length === 0) {
    return {
      origin_fetches: null,
      origin_errors: null,
      origin_bytes: null,
      origin_latency_mean_s: null,
      origin_offload: null,
    };
  }
  const { ofSegment } = parts.collectors.origin;
  const sum = (column: Float64Array): number =>
    segments.reduce((total, segment) => total + column[segment]!, 0);
  const failed = sum(ofSegment.failedCount);
  const originBytes = sum(ofSegment.bytes);
  const clientBytes = parts.collectors.requests.tallies.sum(Tally.Bytes, segments);
  return {
    origin_fetches: sum(ofSegment.startedCount),
    origin_errors: failed,
    origin_bytes: originBytes,
    origin_latency_mean_s: meanSeconds(
      sum(ofSegment.latencyNsSum),
      sum(ofSegment.endedCount) - failed,
    ),
    origin_offload: ratio(clientBytes - originBytes, clientBytes),
  };
}

/** null in a laboratory, which has no network. */
function controlPlaneMetrics(
  parts: { readonly world: WorldSpec; readonly collectors: Collectors },
  segments: readonly number[],
): MetricValues {
  const { controlPlane } = parts.collectors;
  const hasNetwork = parts.world.network !== undefined;
  // An L4 balancer may break connections in a laboratory as well.
  const isL4 = parts.world.balancer.around?.transport !== undefined;
  const total = (column: Float64Array): number =>
    segments.reduce((count, segment) => count + column[segment]!, 0);
  const sum = (column: Float64Array): number | null => (hasNetwork ? total(column) : null);
  return {
    connections_opened: sum(controlPlane.openedConnections),
    broken_connections: isL4
      ? total(controlPlane.brokenConnections)
      : sum(controlPlane.brokenConnections),
    bgp_updates: sum(controlPlane.bgpUpdates),
    dns_queries: sum(controlPlane.dnsQueries),
    route_changes: sum(controlPlane.routeChanges),
  };
}

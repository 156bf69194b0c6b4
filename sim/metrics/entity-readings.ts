import type { EntityNames } from './entity-names.ts';
import type { Gauges } from './gauges.ts';
import type { FetchTallies } from './collectors/origin-collector.ts';
import type { HealthCollector } from './collectors/health-collector.ts';
import type { TierCounts } from './collectors/cache-collector.ts';
import type { RequestTallies } from './request-tallies.ts';
import type { RunParts } from './run-parts.ts';
import type { ServerTallies } from './server-tallies.ts';
import type { WorldSpec } from '../world.ts';

/**
 * What was counted and measured of entities over one stretch of the story: the measured window, or
 * a part that a threshold asks for. Gauges and `health` go by the index of an entity, everything
 * else by its row: the same number over the measured window, one of few in a part.
 */
export interface EntityReadings {
  readonly world: WorldSpec;
  readonly names: EntityNames;
  readonly lengthNs: number;
  readonly gauges: Pick<Gauges, 'servers' | 'origins' | 'links'>;
  readonly health: Pick<HealthCollector, 'flapCount' | 'falseDownNs'>;
  readonly tallies: RequestTallies;
  /** Rows of the tallies for a row of their kind. */
  rowsOfPop(row: number): readonly number[];
  rowsOfClass(row: number): readonly number[];
  rowsOfRegion(row: number): readonly number[];
  readonly servers: ServerTallies;
  readonly edgeOfServer: readonly TierCounts[];
  readonly shieldOfPop: readonly TierCounts[];
  readonly fetchesOfPop: FetchTallies;
  readonly fetchesOfOrigin: FetchTallies;
  readonly routeChangesOfPrefix: Float64Array;
  readonly routeChangesOfRegion: Float64Array;
  readonly brokenConnectionsOfRegion: Float64Array;
  readonly probesOfServer: Float64Array;
  readonly probesOfOrigin: Float64Array;
  /** Sent by a POP, to its own servers and to origins. */
  probesOfPop(row: number): number;
}

/** Over the measured window, where a row is an entity. */
export function measuredReadings({ world, names, gauges, collectors }: RunParts): EntityReadings {
  const { segments, requests, cache, origin, controlPlane, health, probes } = collectors;
  return {
    world,
    names,
    lengthNs: segments.lengthNs(segments.measured()),
    gauges,
    health,
    tallies: requests.tallies,
    rowsOfPop: (pop) => requests.rowsOfPop(pop),
    rowsOfClass: (index) => requests.rowsOfClass(index),
    rowsOfRegion: (region) => requests.rowsOfRegion(region),
    servers: requests.servers,
    edgeOfServer: cache.edgeOfServer,
    shieldOfPop: cache.shieldOfPop,
    fetchesOfPop: origin.ofPop,
    fetchesOfOrigin: origin.ofOrigin,
    routeChangesOfPrefix: controlPlane.routeChangesOfPrefix,
    routeChangesOfRegion: controlPlane.routeChangesOfRegion,
    brokenConnectionsOfRegion: controlPlane.brokenConnectionsOfRegion,
    probesOfServer: probes.ofServer,
    probesOfOrigin: probes.ofOrigin,
    probesOfPop: (pop) =>
      serversOf(names, pop).reduce(
        (sum, server) => sum + probes.ofServer[server]!,
        probes.originsFromPop[pop]!,
      ),
  };
}

export function serversOf({ popOfServer }: EntityNames, pop: number): readonly number[] {
  const servers: number[] = [];
  popOfServer.forEach((popOfServer, server) => {
    if (popOfServer === pop) servers.push(server);
  });
  return servers;
}

import type { EntityReadings } from '../entity-readings.ts';
import type { StationReadings } from '../gauges.ts';
import type { RunParts } from '../run-parts.ts';
import type { WindowWatch } from './window-watch.ts';

const NOTHING: StationReadings = { busySlotNs: () => 0, slotNs: () => 0, insideArea: () => 0 };

/** What was kept of one stretch, in the form in which figures of entities are made. */
export function windowReadings(
  { world, names, collectors, gauges, windowGauges }: RunParts,
  { asked, requests, doings, health }: WindowWatch,
  stretch: number,
): EntityReadings {
  const { segments } = asked.stretches[stretch]!;
  const lengthNs = collectors.segments.lengthNs(segments);
  return {
    world,
    names,
    lengthNs,
    gauges: {
      servers: gauges.serversOver?.(segments) ?? NOTHING,
      origins: windowGauges?.originsOver(segments) ?? null,
      links: windowGauges?.linksOver(segments, lengthNs) ?? null,
    },
    health: health[stretch]!,
    tallies: requests.tallies,
    rowsOfPop: (row) => [row],
    rowsOfClass: (row) => [requests.firstClass + row],
    rowsOfRegion: (row) => [requests.firstRegion + row],
    servers: requests.servers,
    edgeOfServer: doings.edgeOfServer,
    shieldOfPop: doings.shieldOfPop,
    fetchesOfPop: doings.fetchesOfPop,
    fetchesOfOrigin: doings.fetchesOfOrigin,
    routeChangesOfPrefix: doings.routeChangesOfPrefix,
    routeChangesOfRegion: doings.routeChangesOfRegion,
    brokenConnectionsOfRegion: doings.brokenConnectionsOfRegion,
    probesOfServer: doings.probesOfServer,
    probesOfOrigin: doings.probesOfOrigin,
    probesOfPop: (row) => doings.probesOfPop[row]!,
  };
}

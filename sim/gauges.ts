import type { ScalingLog } from './autoscaling/scaling-log.ts';
import { spansOf, withScaledSlots } from './metrics/autoscaling-metrics.ts';
import type { Gauges, LinkReadings, StationReadings } from './metrics/gauges.ts';
import type { SegmentLoads } from './metrics/segment-loads.ts';
import type { StorySegments } from './metrics/story-segments.ts';
import type { Tables } from './tables.ts';

/** What was kept beside the tables. */
export interface Kept {
  readonly loads: SegmentLoads;
  readonly scaling: ScalingLog;
  readonly segments: StorySegments;
}

/** What the tables measured of themselves, in the form that summarize reads. */
export function readGauges(tables: Tables, { loads, scaling, segments }: Kept): Gauges {
  const { stations, origins, backbone } = tables;
  const there = (readings: StationReadings, indices: readonly number[]) =>
    withScaledSlots(readings, scaling, spansOf(segments, indices));
  return {
    servers: there(stations.gauges, segments.measured()),
    serversOver: (indices) => there(loads.over(indices), indices),
    origins: origins.count === 0 ? null : originReadings(origins, origins.stations.gauges),
    links: backbone.linkCount === 0 ? null : linkReadings(tables),
  };
}

/** An origin's servers added up; without servers, slots have no limit. */
export function originReadings(
  origins: Tables['origins'],
  gauges: StationReadings,
): StationReadings {
  const sum = (origin: number, read: (server: number) => number) => {
    const first = origins.firstServer(origin);
    let total = 0;
    for (let server = first; server < first + origins.specs[origin]!.serverCount; server++) {
      total += read(server);
    }
    return total;
  };
  return {
    busySlotNs: (origin) => sum(origin, (server) => gauges.busySlotNs(server)),
    slotNs: (origin) =>
      origins.hasServers(origin) ? sum(origin, (server) => gauges.slotNs(server)) : Infinity,
    insideArea: (origin) => sum(origin, (server) => gauges.insideArea(server)),
  };
}

/** Two pipes a link: even there, odd back. */
function linkReadings({ backbone: { pipes } }: Tables): LinkReadings {
  const busier = (link: number, read: (pipe: number) => number) =>
    Math.max(read(link * 2), read(link * 2 + 1));
  return {
    utilisationMean: (link) => busier(link, (pipe) => pipes.meanUtilisation(pipe)),
    utilisationMax: (link) => busier(link, (pipe) => pipes.peakUtilisation(pipe)),
    bytes: (link) => pipes.measuredBytes(link * 2) + pipes.measuredBytes(link * 2 + 1),
  };
}

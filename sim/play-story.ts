import type { Clockwork } from './clockwork.ts';
import { SegmentLoads } from './metrics/segment-loads.ts';
import type { StorySampler } from './metrics/story-sampler.ts';
import type { Tables } from './tables.ts';

/**
 * Runs from 0 to the end in stretches from boundary to boundary, as figures are taken of each. An
 * event at a boundary belongs to the segment that begins there; at the very end, to the last. The
 * sampler's instants are boundaries too: nothing of the run depends on where it is interrupted.
 */
export function playStory(
  tables: Tables,
  clockwork: Clockwork,
  boundariesNs: readonly number[],
  sampler: StorySampler,
): SegmentLoads {
  const { stations, world } = tables;
  const segmentCount = boundariesNs.length - 1;
  const loads = new SegmentLoads(stations.gauges, stations.count, segmentCount);
  for (let segment = 0; segment < segmentCount; segment++) {
    const fromNs = boundariesNs[segment]!;
    playUntil(fromNs, tables, clockwork, sampler);
    if (segment > 0) loads.close(segment - 1, fromNs);
    if (fromNs === world.time.cutNs) {
      sampler.beforeReset(fromNs);
      startMeasuring(tables, fromNs);
      sampler.afterReset(fromNs);
    }
    loads.open(fromNs);
  }
  const { durationNs } = world.time;
  playUntil(durationNs, tables, clockwork, sampler);
  clockwork.run(durationNs);
  if (sampler.nextNs <= durationNs) sampler.sample(durationNs);
  stopMeasuring(tables);
  loads.close(segmentCount - 1, durationNs);
  return loads;
}

/** Up to an instant, what happens at which is still to come; samples on the way, there included. */
function playUntil(
  untilNs: number,
  { world }: Tables,
  clockwork: Clockwork,
  sampler: StorySampler,
): void {
  while (sampler.nextNs <= untilNs && sampler.nextNs < world.time.durationNs) {
    const { nextNs } = sampler;
    clockwork.run(nextNs - 1);
    sampler.sample(nextNs);
  }
  clockwork.run(untilNs - 1);
}

function startMeasuring({ stations, origins, backbone }: Tables, fromNs: number): void {
  stations.gauges.startMeasuring(fromNs);
  origins.stations.gauges.startMeasuring(fromNs);
  backbone.pipes.startMeasuring(fromNs);
}

function stopMeasuring({ stations, origins, backbone, kernel }: Tables): void {
  stations.gauges.stopMeasuring(kernel.nowNs);
  origins.stations.gauges.stopMeasuring(kernel.nowNs);
  backbone.pipes.stopMeasuring(kernel.nowNs);
}

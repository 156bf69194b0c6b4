import { describe, expect, it } from 'vitest';
import { createSimulation, type RecordedRequest } from '../../../sim/index.ts';
import { randomWorld } from '../../swarm/random-world.ts';
import { columnOf, record, sum, tracesOf } from './recorded-run.ts';

const WORLDS = 40;

const recordingSpec = {
  popsNs: 7e8,
  regionsNs: 3e9,
  linksNs: 1e9,
  serversNs: 1.3e9,
  traceOneIn: 3,
};

/** Where a segment begins before the one before it has ended, or after. */
function gapsOf({ segments, latency_s }: RecordedRequest): number[] {
  if (latency_s === null) return [];
  let untilS = 0;
  const gaps = segments.map(({ start_s, duration_s }) => {
    const gap = start_s - untilS;
    untilS = start_s + duration_s;
    return gap;
  });
  return [...gaps, latency_s - untilS].filter((gap) => Math.abs(gap) > 2e-9);
}

describe(`${WORLDS} random worlds`, () => {
  it.each(Array.from({ length: WORLDS }, (_, seed) => seed))('%d', (seed) => {
    const plain = randomWorld(seed, 400);
    const world = { ...plain, record: { ...plain.record, recording: recordingSpec } };
    const { result, recording } = record(world);
    expect(createSimulation(world, '8', 0).run()).toEqual(result);

    const { pops } = recording.index.series;
    const atPops = sum(Object.values(result.timeline!.popRequests).flat());
    expect(sum(columnOf(recording, pops, 'requests'))).toBe(atPops);
    const { requests } = tracesOf(recording);
    expect(requests.flatMap(gapsOf)).toEqual([]);
    const { states, server_states: servers } = recording.index.moments;
    for (const list of [states, servers]) {
      expect(list.map(({ t_s }) => t_s)).toEqual(
        list.map(({ t_s }) => t_s).toSorted((a, b) => a - b),
      );
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { RunResult, Timeline, WorldSpec } from '../../../sim/index.ts';
import {
  averageLatency,
  pilotReplications,
  pilotTime,
  warmUpFrom,
} from '../../../scenarios/running/warm-up.ts';
import { labWorld } from './mm1-request.ts';

const EVENT = {
  name: 'x',
  atNs: 60e9,
  untilNs: 120e9,
  targets: [],
  action: { verb: 'surge', factor: 2 },
} as const;

/** One completed request a bucket; latency 0 for the first `cold` buckets, then 10 or 11. */
function pilot(cold: number, length = 500, bucketNs = 1e9): RunResult {
  const ones = Array.from({ length }, () => 1);
  const latencySum_s = ones.map((_, i) => (i < cold ? 0 : 10 + (i % 2)));
  const timeline = {
    startNs: 0,
    bucketNs,
    requests: ones,
    completed: ones,
    latencySum_s,
  } as unknown as Timeline;
  return { timeline } as unknown as RunResult;
}

const steady = [labWorld('a', { duration_s: 1000 }), labWorld('b', { duration_s: 1000 })];
const story = [labWorld('a', { duration_s: 900, events: [EVENT] })];

describe('the warm-up', () => {
  it('of a steady state is cut from the start: the longest of the strategies', () => {
    const found = warmUpFrom(steady, [
      [pilot(20), pilot(20)],
      [pilot(55), pilot(55)],
    ]);
    expect(found.time).toEqual({ preRunNs: 0, cutNs: 55e9 });
    expect(found.isSettled).toBe(true);
    expect(found.notes).toEqual([
      'warm-up: the first 55 s are cut (MSER-5 on the average of 2 pilot replications)',
    ]);
  });

  it('of a story is simulated before 0:00, at least ten seconds', () => {
    expect(warmUpFrom(story, [[pilot(25)]]).time).toEqual({ preRunNs: 25e9, cutNs: 0 });
    expect(warmUpFrom(story, [[pilot(0)]]).time).toEqual({ preRunNs: 10e9, cutNs: 0 });
  });

  it('of a networked story covers the time that connections are kept open', () => {
    const { traffic, ...rest } = story[0]!;
    const world = {
      ...rest,
      network: {},
      traffic: { ...traffic, keepAliveNs: 75e9 },
    } as unknown as WorldSpec;
    expect(warmUpFrom([world], [[pilot(25)]]).time.preRunNs).toBe(75e9);
  });

  it('that is still going on after a quarter of the pilot is W0120', () => {
    const found = warmUpFrom(steady, [[pilot(200)], [pilot(0)]]);
    expect(found.isSettled).toBe(false);
    expect(found.notes[1]).toMatch(/^W0120 not converged/);
  });
});

describe('pilots', () => {
  it('look at half a steady state, then at all; at a quarter of a story, then at half', () => {
    const seconds = (worlds: readonly WorldSpec[], stage: 0 | 1) =>
      pilotTime(worlds, worlds[0]!, stage).time.durationNs / 1e9;
    expect([seconds(steady, 0), seconds(steady, 1)]).toEqual([500, 1000]);
    expect([seconds(story, 0), seconds(story, 1)]).toEqual([225, 450]);
    expect(pilotTime(steady, steady[0]!, 0).timelineNs).toBe(1e9);
  });

  it('use replication numbers of their own', () => {
    const all = [...pilotReplications(0), ...pilotReplications(1)];
    expect(new Set(all).size).toBe(10);
    expect(Math.min(...all)).toBeGreaterThan(100_000);
  });

  it('average over requests; an empty bucket repeats the one before', () => {
    const column = (completed: number[], latencySum_s: number[]) =>
      ({ completed, latencySum_s }) as unknown as Timeline;
    expect(averageLatency([column([0, 1, 0], [0, 2, 0]), column([0, 3, 0], [0, 2, 0])])).toEqual([
      1, 1, 1,
    ]);
    expect(averageLatency([])).toEqual([]);
  });
});

import type { RunResult, Timeline, TimeSpec, WorldSpec } from '../../sim/index.ts';
import { mser5 } from '../statistics/index.ts';

/**
 * Pilot replications of each strategy for one look at the warm-up. MSER-5 on a single replication
 * is biased by up to −11 %; on the average of a few it is not worth more than −2 %.
 */
export const PILOT_REPLICATIONS = 5;

/** Pilots draw from streams that no measured replication uses: their numbers start here. */
export const FIRST_PILOT_REPLICATION = 1_000_000;

/** 100 batches of five: the warm-up is found to 1 % of the pilot's length. */
const PILOT_BUCKETS = 500;

const SECOND_NS = 1e9;

/** Even a quiet world needs some seconds of requests in flight before it looks like itself. */
const SHORTEST_PRE_RUN_NS = 10 * SECOND_NS;

/** Pilots of a story with events look at this much of it, undisturbed, at first. */
const SHORTEST_STORY_PILOT_NS = 60 * SECOND_NS;

/** A first look at part of the run; if that is too short to tell, a second one twice as long. */
export const PILOT_STAGES = [0, 1] as const;
export type PilotStage = (typeof PILOT_STAGES)[number];

export interface WarmUp {
  readonly time: Pick<TimeSpec, 'preRunNs' | 'cutNs'>;
  readonly notes: readonly string[];
}

/** Replication numbers of a stage's pilots. */
export function pilotReplications(stage: PilotStage): number[] {
  const first = FIRST_PILOT_REPLICATION + stage * PILOT_REPLICATIONS;
  return Array.from({ length: PILOT_REPLICATIONS }, (_, index) => first + index);
}

/**
 * Times of a pilot: a cold start of a part of the run. Steady state: half the run, then all of it.
 * A story (with events): a quarter of it or a minute, then twice that.
 */
export function pilotTime(
  worlds: readonly WorldSpec[],
  world: WorldSpec,
  stage: PilotStage,
): { time: TimeSpec; timelineNs: number } {
  const { durationNs } = world.time;
  const first = isStory(worlds)
    ? Math.min(durationNs / 2, Math.max(durationNs / 4, SHORTEST_STORY_PILOT_NS))
    : durationNs / 2;
  const lengthNs = Math.round(first * (stage === 0 ? 1 : 2));
  const timelineNs = Math.max(1, Math.ceil(lengthNs / PILOT_BUCKETS));
  return { time: { preRunNs: 0, cutNs: 0, durationNs: lengthNs }, timelineNs };
}

/**
 * The warm-up from the pilots of one stage, by strategy: MSER-5 on each strategy's latency averaged
 * over its pilots, and of those the longest. Steady state cuts it from the start of the run; a
 * story keeps its first minutes, so it is simulated before 0:00 instead, for at least as long as
 * connections are kept open (the slowest thing a pilot's latency may not show). `isSettled` is
 * false when a longer look is needed.
 */
export function warmUpFrom(
  worlds: readonly WorldSpec[],
  pilots: readonly (readonly RunResult[])[],
): WarmUp & { isSettled: boolean } {
  let longestNs = 0;
  let isSettled = true;
  pilots.forEach((results) => {
    const timelines = results.flatMap(({ timeline }) => (timeline === null ? [] : [timeline]));
    const series = averageLatency(timelines);
    if (series.length < 10) return;
    const { dropped, doubtful } = mser5(series);
    longestNs = Math.max(longestNs, dropped * timelines[0]!.bucketNs);
    if (doubtful) isSettled = false;
  });
  const count = Math.max(0, ...pilots.map((results) => results.length));
  const time = isStory(worlds)
    ? { preRunNs: Math.max(longestNs, shortestPreRunNs(worlds)), cutNs: 0 }
    : { preRunNs: 0, cutNs: longestNs };
  const how = `MSER-5 on the average of ${count} pilot replications`;
  const notes = [
    time.cutNs > 0 || !isStory(worlds)
      ? `warm-up: the first ${seconds(time.cutNs)} s are cut (${how})`
      : `warm start: ${seconds(time.preRunNs)} s simulated before 0:00 (${how})`,
  ];
  if (!isSettled) {
    notes.push(
      'W0120 not converged: the latency of the pilots was still settling after a quarter of ' +
        'their length; a longer duration is needed',
    );
  }
  return { time, notes, isSettled };
}

/**
 * Mean latency per bucket over all replications' requests. A bucket in which nothing completed
 * repeats its predecessor; leading ones take the first value there is.
 */
export function averageLatency(timelines: readonly Timeline[]): number[] {
  const length = Math.min(...timelines.map(({ completed }) => completed.length));
  if (!Number.isFinite(length)) return [];
  const means: (number | null)[] = [];
  for (let bucket = 0; bucket < length; bucket++) {
    let completed = 0;
    let latencySum = 0;
    for (const timeline of timelines) {
      completed += timeline.completed[bucket]!;
      latencySum += timeline.latencySum_s[bucket]!;
    }
    means.push(completed === 0 ? (means.at(-1) ?? null) : latencySum / completed);
  }
  const first = means.find((value) => value !== null);
  return first === undefined ? [] : means.map((value) => value ?? first!);
}

function isStory(worlds: readonly WorldSpec[]): boolean {
  return worlds.some(({ events }) => events.length > 0);
}

function shortestPreRunNs(worlds: readonly WorldSpec[]): number {
  const longest = Math.max(
    ...worlds.map((world) => (world.network === undefined ? 0 : world.traffic.keepAliveNs)),
  );
  const quarterNs = Math.round(Math.min(...worlds.map(({ time }) => time.durationNs)) / 4);
  return Math.min(quarterNs, Math.max(SHORTEST_PRE_RUN_NS, longest));
}

function seconds(ns: number): string {
  return String(Number((ns / SECOND_NS).toPrecision(4)));
}

import { effect } from '@preact/signals-core';
import { timer, type Timer } from 'd3-timer';
import type { RecordedEvent } from '../sim/recording.ts';
import { SPEEDS, type Store, type TimeWindow } from './store.ts';

/** How far `isMotionReduced` steps: as often as a person can follow, ms of wall time. */
const REDUCED_STEP_MS = 1_000;

/** Plays the story: moves `time_s` while `isPlaying`, stops at the end of the window or story. */
export interface Clock {
  toggle(): void;
  /** To a time, kept within the story. */
  seek(time_s: number): void;
  /** By whole buckets, forwards or back; pauses. */
  step(buckets: number): void;
  /** To the next (1) or previous (-1) event that `among` accepts; pauses. */
  stepEvent(direction: 1 | -1, among?: (event: RecordedEvent) => boolean): void;
  /** One step along `SPEEDS`. */
  changeSpeed(direction: 1 | -1): void;
  stop(): void;
}

export function createClock(store: Store): Clock {
  let playing: Timer | null = null;
  const stopWatching = store.isPlaying.subscribe((isPlaying) => {
    playing?.stop();
    playing = isPlaying ? play(store) : null;
  });
  const stopCalming = followCalmly(store);
  const seek = (time_s: number): void => {
    store.time_s.value = clampTo(store.span.value, time_s);
  };
  const pauseAt = (time_s: number): void => {
    store.isPlaying.value = false;
    seek(time_s);
  };
  return {
    seek,
    toggle() {
      const { until_s, from_s } = store.window.value ?? store.span.value;
      if (!store.isPlaying.value && store.time_s.value >= until_s) seek(from_s);
      store.isPlaying.value = !store.isPlaying.value;
    },
    step(buckets) {
      const width_s = bucketOf(store);
      pauseAt((Math.round(store.time_s.value / width_s) + buckets) * width_s);
    },
    stepEvent(direction, among = () => true) {
      const times = (store.recording.value?.index.events ?? [])
        .filter(among)
        .map(({ at_s }) => at_s);
      const time_s = nextTime(times, store.time_s.value, direction);
      if (time_s !== null) pauseAt(time_s);
    },
    changeSpeed(direction) {
      store.speed.value = nextSpeed(store.speed.value, direction);
    },
    stop() {
      playing?.stop();
      stopWatching();
      stopCalming();
    },
  };
}

function play(store: Store): Timer {
  let last_ms = 0;
  return timer((elapsed_ms) => {
    const passed_ms = elapsed_ms - last_ms;
    if (store.isMotionReduced.value && passed_ms < REDUCED_STEP_MS) return;
    last_ms = elapsed_ms;
    if (store.isScrubbing.value) return;
    const { from_s, until_s } = store.window.value ?? store.span.value;
    const now_s = Math.max(store.time_s.value, from_s) + (passed_ms / 1000) * store.speed.value;
    store.time_s.value = Math.min(now_s, until_s);
    if (now_s >= until_s) store.isPlaying.value = false;
  });
}

/** What is read as text need not change more often, ms. */
const CALM_MS = 100;

/** Keeps `calmTime_s` up with `time_s`; at once while nothing plays. */
function followCalmly(store: Store): () => void {
  let shown_ms = -Infinity;
  return effect(() => {
    const time_s = store.time_s.value;
    const now_ms = performance.now();
    if (store.isPlaying.value && now_ms - shown_ms < CALM_MS) return;
    shown_ms = now_ms;
    store.calmTime_s.value = time_s;
  });
}

/** Width of the finest bucket that is recorded, in seconds. */
export function bucketOf(store: Store): number {
  const recorded = store.recording.value?.index.series.pops.levels[0]?.bucket_s;
  return recorded ?? store.report.value.timelines.find((one) => one !== null)?.bucket_s ?? 1;
}

export function clampTo({ from_s, until_s }: TimeWindow, time_s: number): number {
  return Math.min(Math.max(time_s, from_s), until_s);
}

/** The nearest of ascending times strictly after (1) or before (-1) `now`; null without one. */
export function nextTime(times: readonly number[], now: number, direction: 1 | -1): number | null {
  const ahead = times.filter((time) => (direction === 1 ? time > now : time < now));
  return (direction === 1 ? ahead[0] : ahead.at(-1)) ?? null;
}

export function nextSpeed(speed: number, direction: 1 | -1): number {
  const ahead = SPEEDS.filter((step) => (direction === 1 ? step > speed : step < speed));
  return (direction === 1 ? ahead[0] : ahead.at(-1)) ?? speed;
}

import { describe, expect, it } from 'vitest';
import { zoomWindow } from '../../viz/actions.ts';
import { clampTo, nextSpeed, nextTime } from '../../viz/clock.ts';
import { captionsInTime } from '../../viz/panels/captions.ts';
import { layOutEvents } from '../../viz/panels/event-lanes.ts';
import { SPEEDS } from '../../viz/store.ts';
import { timeTicks } from '../../viz/time-ticks.ts';

describe('playback', () => {
  it('goes to the next and the previous event, never the present one', () => {
    const times = [60, 300, 405];
    expect(nextTime(times, 60, 1)).toBe(300);
    expect(nextTime(times, 60, -1)).toBeNull();
    expect(nextTime(times, 59.9, 1)).toBe(60);
    expect(nextTime(times, 405, -1)).toBe(300);
    expect(nextTime(times, 405, 1)).toBeNull();
  });

  it('changes speed along the steps and stays at their ends', () => {
    expect(nextSpeed(10, 1)).toBe(30);
    expect(nextSpeed(11, -1)).toBe(10);
    expect(nextSpeed(SPEEDS[0], -1)).toBe(0.25);
    expect(nextSpeed(600, 1)).toBe(600);
  });

  it('keeps a time within the story', () => {
    const span = { from_s: 0, until_s: 480 };
    expect([-5, 12, 999].map((time) => clampTo(span, time))).toEqual([0, 12, 480]);
  });
});

describe('window of time', () => {
  const span = { from_s: 0, until_s: 480 };
  const by = (factor: number, shift: number, centre_s = 240) => ({ factor, shift, centre_s });

  it('halves about the cursor and keeps within the story', () => {
    expect(zoomWindow(span, span, by(0.5, 0, 240), 1)).toEqual({ from_s: 120, until_s: 360 });
    expect(zoomWindow(span, span, by(0.5, 0, 10), 1)).toEqual({ from_s: 0, until_s: 240 });
  });

  it('is the whole story when it would be wider', () => {
    expect(zoomWindow({ from_s: 0, until_s: 240 }, span, by(2, 0), 1)).toBeNull();
  });

  it('moves by a quarter of its width and stops at the end', () => {
    const quarter = { from_s: 100, until_s: 200 };
    expect(zoomWindow(quarter, span, by(1, 0.25), 1)).toEqual({ from_s: 125, until_s: 225 });
    const last = { from_s: 380, until_s: 480 };
    expect(zoomWindow(last, span, by(1, 0.25), 1)).toEqual(last);
  });

  it('is five buckets wide at least', () => {
    const narrow = zoomWindow({ from_s: 0, until_s: 8 }, span, by(0.5, 0, 100), 2)!;
    expect(narrow.until_s - narrow.from_s).toBe(10);
  });
});

describe('time axis', () => {
  it('ticks at round times, as many as asked for at most', () => {
    expect(timeTicks([0, 480], 9)).toEqual([0, 60, 120, 180, 240, 300, 360, 420, 480]);
    expect(timeTicks([10, 50], 4)).toEqual([10, 20, 30, 40, 50]);
    expect(timeTicks([0, 0.4], 4)).toHaveLength(5);
  });

  it('gives overlapping events lanes of their own', () => {
    const event = (name: string, at_s: number, until_s: number | null) => ({
      name,
      at_s,
      until_s,
      verb: 'fail',
      targets: [],
      text: name,
    });
    const x = Object.assign((time_s: number) => time_s, { range: () => [0, 480] });
    const bars = layOutEvents(
      [event('a', 0, 200), event('b', 100, 300), event('c', 250, 260), event('d', 470, null)],
      x,
      2,
    );
    expect(bars.map(({ lane }) => lane)).toEqual([0, 1, 0, 0]);
    // A label of one letter takes 18.4 pixels, which 470 … 480 has with the margin beyond the axis.
    expect(bars.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd']);
    expect(bars[3]!.width).toBe(10);
  });
});

it('captions without a time stand between those that have one', () => {
  const story = [
    { at_s: 0, text: 'a' },
    { at_s: null, text: 'b' },
    { at_s: 100, text: 'c' },
    { at_s: null, text: 'd' },
  ];
  expect(captionsInTime(story, 200).map(({ at_s }) => at_s)).toEqual([0, 50, 100, 150]);
});

import { expect, test } from 'vitest';
import { StorySegments } from '../../../sim/metrics/story-segments.ts';
import { failure, tinyWorld } from './tiny-world.ts';

test('the story is cut where a report begins or ends, unnamed events cut nothing', () => {
  const segments = new StorySegments(
    tinyWorld({
      time: { preRunNs: 0, cutNs: 1, durationNs: 100 },
      events: [failure('a', 20, 50), failure(null, 33, 34), failure('b', 40, Infinity)],
    }),
  );
  expect(segments.boundariesNs).toEqual([0, 1, 20, 40, 50, 100]);
  expect([-1, 0, 1, 19, 20, 49, 50, 99, 100, 20].map((atNs) => segments.at(atNs))).toEqual([
    -1, 0, 1, 1, 2, 3, 4, 4, -1, 2,
  ]);
  const [a, b] = segments.windows;
  expect(segments.measured()).toEqual([1, 2, 3, 4]);
  expect([segments.before(a!), segments.during(a!), segments.after(a!)]).toEqual([
    [0, 1],
    [2, 3],
    [4],
  ]);
  expect([segments.before(b!), segments.during(b!), segments.after(b!)]).toEqual([
    [0, 1, 2],
    [3, 4],
    [],
  ]);
  expect(segments.lengthNs([2, 3])).toBe(30);
});

test('an event that repeats is one window: before its first, during all, after its last', () => {
  const segments = new StorySegments(
    tinyWorld({
      time: { preRunNs: 0, cutNs: 0, durationNs: 100 },
      events: [failure('flap', 60, 70), failure('flap', 20, 30)],
    }),
  );
  const [flap] = segments.windows;
  expect(segments.boundariesNs).toEqual([0, 20, 30, 60, 70, 100]);
  expect([segments.before(flap!), segments.during(flap!), segments.after(flap!)]).toEqual([
    [0],
    [1, 3],
    [4],
  ]);
});

test('an event before or beyond the story has an empty window', () => {
  const segments = new StorySegments(tinyWorld({ events: [failure('late', 20e9, 30e9)] }));
  const [late] = segments.windows;
  expect(segments.during(late!)).toEqual([]);
  expect(segments.before(late!)).toEqual([0]);
  expect(segments.after(late!)).toEqual([]);
});

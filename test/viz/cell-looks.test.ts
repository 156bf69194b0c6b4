import { describe, expect, it } from 'vitest';
import { cellLooks, lookOf, unlessSame } from '../../viz/views/map/cell-looks.ts';
import { placeLabels } from '../../viz/views/map/label-room.ts';
import { dottedPops } from '../../viz/views/map/second-channel.ts';

type Inputs = Parameters<typeof cellLooks>;

const place = (...regions: number[]) => ({ regions });
const geometry = { places: [place(0), place(1, 2), place(3)] } as unknown as Inputs[0];
const state = (changes: Partial<Inputs[1]> = {}) =>
  ({
    world: {
      pops: [{ colour: 6 }, { colour: 2 }],
      regions: ['a', 'b', 'c', 'd'].map((name) => ({ name, weight: 1 })),
    },
    pops: [0, 1, 1, -1],
    changed_s: [-Infinity, 80, -Infinity, -Infinity],
    time_s: 100,
    isLost: () => false,
    load: () => 1,
    isQuiet: () => false,
    dotted: new Set([1]),
    ...changes,
  }) as unknown as Inputs[1];

describe('how land looks', () => {
  it('by who serves it, since when, and whether a neighbour looks the same', () => {
    const [first, second, third] = [...cellLooks(geometry, state(), '')].map(lookOf);
    expect(first).toEqual({ colour: 6, strength: 4, isHatched: false, isDotted: false });
    expect(second).toEqual({ colour: 2, strength: 4, isHatched: true, isDotted: true });
    expect(third).toMatchObject({ colour: null, isDotted: false });
  });

  it('grey where a dead POP is still asked, quiet where another is looked at', () => {
    const dead = cellLooks(geometry, state({ isLost: (pop) => pop === 0 }), '');
    expect(lookOf(dead[0]!).colour).toBeNull();
    expect(lookOf(cellLooks(geometry, state({ isQuiet: () => true }), '')[0]!).strength).toBe(0);
  });

  it('is not drawn where all its regions are hidden', () => {
    const hidden = (expression: string) => [...cellLooks(geometry, state(), expression)];
    expect(hidden('region/a')[0]).toBe(-1);
    expect(hidden('region/b')[1]).toBeGreaterThanOrEqual(0);
    expect(hidden('region/b, region/c')[1]).toBe(-1);
    expect(hidden('region/*')).toEqual([-1, -1, -1]);
  });

  it('is the same object while nothing differs', () => {
    const before = cellLooks(geometry, state(), '');
    expect(unlessSame(before, cellLooks(geometry, state(), ''))).toBe(before);
    const after = cellLooks(geometry, state({ time_s: 200 }), '');
    expect(unlessSame(before, after)).toBe(after);
  });
});

describe('dots', () => {
  const pop = (longitude: number | null, colour: number) =>
    ({ longitude, latitude: 0, colour }) as unknown as Parameters<typeof dottedPops>[0][number];

  it('tell a POP from one of its colour among its seven nearest', () => {
    expect([...dottedPops([pop(0, 1), pop(1, 1), pop(2, 3)])]).toEqual([1]);
    const between = Array.from({ length: 7 }, (_, i) => pop(i + 1, 2 + (i % 5)));
    const far = [pop(0, 1), ...between.slice(0, 0), ...between, pop(60, 1)];
    expect(dottedPops(far).has(far.length - 1)).toBe(false);
    expect(dottedPops([pop(null, 1), pop(null, 1)]).size).toBe(0);
  });
});

describe('labels', () => {
  it('of hundreds of POPs cover neither each other nor a POP', () => {
    const sites = Array.from({ length: 300 }, (_, i) => ({
      x: (i * 137) % 1100,
      y: (i * 71) % 600,
      radius: 8,
      text: `p${i}`,
      rank: i,
      isUrgent: false,
    }));
    const sides = placeLabels(sites);
    const boxes = sides.flatMap((side, i) => {
      const { x, y, text } = sites[i]!;
      const width = text.length * 7;
      if (side === null) return [];
      const left = {
        right: x + 12,
        left: x - 12 - width,
        above: x - width / 2,
        below: x - width / 2,
      };
      const top = { right: y - 7, left: y - 7, above: y - 26, below: y + 12 };
      return [{ left: left[side], top: top[side], width, owner: i }];
    });
    expect(boxes.length).toBeGreaterThan(50);
    for (const box of boxes) {
      const met = boxes.filter(
        (other) =>
          other !== box &&
          other.left < box.left + box.width &&
          box.left < other.left + other.width &&
          Math.abs(other.top - box.top) < 14,
      );
      expect(met).toEqual([]);
      const covered = sites.filter(
        ({ x, y }, i) =>
          i !== box.owner &&
          x > box.left &&
          x < box.left + box.width &&
          y > box.top &&
          y < box.top + 14,
      );
      expect(covered).toEqual([]);
    }
  });
});

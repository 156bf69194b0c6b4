import { describe, expect, it } from 'vitest';
import type { RecordedWorld } from '../../sim/recording.ts';
import { networkPlaces, settleFurther } from '../../viz/views/schematic/force-layout.ts';
import { labPlaces } from '../../viz/views/schematic/lab-layout.ts';

const SIZE = { width: 1116, height: 620 };

/** A ring of POPs without places, and an origin beside the first. */
function ring(count: number): RecordedWorld {
  const pops = Array.from({ length: count }, (_, i) => ({
    name: `p${i}`,
    latitude: null,
    longitude: null,
  }));
  const links = pops.map((_, i) => ({ a: i, b: (i + 1) % count, rtt_s: 0.01 }));
  return { pops, links, origins: [{ name: 'main', near_pop: 0 }] } as unknown as RecordedWorld;
}

/** Where all stand in the end, and in how many slices they got there. */
function settled(world: RecordedWorld) {
  let slices = 1;
  while (!settleFurther(world)) slices++;
  return { ...networkPlaces(world, SIZE), slices };
}

describe('force layout', () => {
  it('settles the same way every time, small worlds at once', () => {
    const first = settled(ring(24));
    expect(first.slices).toBe(1);
    expect(settled(ring(24))).toEqual(first);
  });

  it('stays as it is once it has settled', () => {
    const world = ring(60);
    const { pops, slices } = settled(world);
    expect(slices).toBeGreaterThan(1);
    expect(settleFurther(world)).toBe(true);
    expect(networkPlaces(world, SIZE).pops).toEqual(pops);
  });

  it('keeps POPs apart, inside the window, and the origin beside its POP', () => {
    const { pops, origins } = settled(ring(24));
    const distances = pops.flatMap(([x, y], i) =>
      pops.slice(i + 1).map(([u, v]) => Math.hypot(x - u, y - v)),
    );
    expect(Math.min(...distances)).toBeGreaterThan(30);
    for (const [x, y] of [...pops, ...origins]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(SIZE.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(SIZE.height);
    }
    const toOrigin = pops.map(([x, y]) => Math.hypot(x - origins[0]![0], y - origins[0]![1]));
    expect(toOrigin.indexOf(Math.min(...toOrigin))).toBe(0);
  });

  it('takes 500 POPs in slices of some milliseconds', () => {
    const { pops, slices } = settled(ring(500));
    expect(pops).toHaveLength(500);
    // 300 ticks, fourteen a slice.
    expect(slices).toBe(22);
  });
});

describe('layout of a laboratory', () => {
  const lab = (names: readonly string[]): RecordedWorld =>
    ({ servers: names.map((name) => ({ name })) }) as unknown as RecordedWorld;
  const numbered = (type: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${type}-${i}`);

  it('puts servers into one column while they fit, with a gap where the type changes', () => {
    const { servers, hasNotes } = labPlaces(lab([...numbered('a', 3), ...numbered('b', 2)]), SIZE);
    expect(new Set(servers.map(([x]) => x)).size).toBe(1);
    const steps = servers.slice(1).map(([, y], i) => y - servers[i]![1]);
    expect(steps[2]!).toBeGreaterThan(steps[0]!);
    expect(steps[1]).toBeCloseTo(steps[0]!);
    expect(hasNotes).toBe(true);
  });

  it('needs more columns for many, all within the window and none upon another', () => {
    const { servers, serverRadius } = labPlaces(lab(numbered('a', 150)), SIZE);
    expect(new Set(servers.map(([x]) => x)).size).toBeGreaterThan(1);
    expect(new Set(servers.map(String)).size).toBe(150);
    expect(Math.max(...servers.map(([, y]) => y + serverRadius))).toBeLessThanOrEqual(SIZE.height);
    expect(Math.max(...servers.map(([x]) => x))).toBeLessThanOrEqual(SIZE.width);
  });

  it('keeps a single server in the middle', () => {
    const { servers, pop } = labPlaces(lab(['0']), SIZE);
    expect(servers[0]![1]).toBeCloseTo(pop[1]);
  });
});

import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { BackendTable } from '../../../balancer/backend-table.ts';
import { mix32, type BackendIndex } from '../../../balancer/index.ts';
import { buildEnvoyTable } from '../../../balancer/policies/maglev.ts';
import { HashRing } from '../../../balancer/rings/hash-ring.ts';
import { loadCapacity } from '../../../balancer/rings/load-limit.ts';
import { OwnerWalk } from '../../../balancer/rings/owner-walk.ts';

/** Figures of the papers, as far as the library alone shows them; see `closed-forms` for queues. */

const named = (count: number, prefix = 'backend') =>
  Array.from({ length: count }, (_, i) => ({
    backend: i as BackendIndex,
    id: `${prefix}-${i}`,
    weight: 1,
  }));

describe('rings: the standard error of a share (Lamping & Veach 2014, table 1)', () => {
  /** Exact shares of a ring: the arcs that end in a backend's points. */
  function variationOfShares(vnodes: number, prefix: string): number {
    const count = 1000;
    const ring = new HashRing(
      named(count, prefix).map(({ backend, id }) => ({ owner: backend, id, pointCount: vnodes })),
    );
    const share = new Float64Array(count);
    let before = Number(ring.point(ring.size - 1)) / 2 ** 64 - 1;
    for (let position = 0; position < ring.size; position++) {
      const point = Number(ring.point(position)) / 2 ** 64;
      share[ring.owners[position]!]! += point - before;
      before = point;
    }
    return Math.sqrt(share.reduce((sum, each) => sum + (each * count - 1) ** 2, 0) / count);
  }

  // 1 ÷ √V; that of one ring is known within 1 ÷ √2000 = 2.2 %, at V = 1, whose shares have fat
  // tails, 4.5 %: so many rings bring either under 5 % at four standard errors.
  test.each([
    { vnodes: 1, rings: 16 },
    { vnodes: 10, rings: 6 },
    { vnodes: 100, rings: 4 },
    { vnodes: 1000, rings: 1 },
  ])('V = $vnodes', ({ vnodes, rings }) => {
    let squares = 0;
    for (let ring = 0; ring < rings; ring++) {
      squares += variationOfShares(vnodes, `v${vnodes}-${ring}`) ** 2;
    }
    const measured = Math.sqrt(squares / rings);
    expect(Math.abs(measured * Math.sqrt(vnodes) - 1)).toBeLessThan(0.05);
  });
});

describe('Maglev, 1000 backends (NSDI 2016, §5.3)', () => {
  /** Per cent of slots that change when so many fail, and the per cent that must. */
  function disruption(size: number, failures: number) {
    const before = buildEnvoyTable(named(1000), size);
    const random = seedrandom.alea(`fail ${failures}`);
    const left = named(1000);
    for (let i = 0; i < failures; i++) left.splice(Math.floor(random() * left.length), 1);
    const after = buildEnvoyTable(left, size);
    const stays = new Set<number>(left.map(({ backend }) => backend));
    const changed = before.filter((owner, slot) => after[slot] !== owner).length;
    const unavoidable = before.filter((owner) => !stays.has(owner)).length;
    return { changed: (100 * changed) / size, unavoidable: (100 * unavoidable) / size };
  }

  // Measured by an independent program, with other hashes; one failure varies by who fails.
  test.each([
    [65_537, 5, 2.34],
    [65_537, 10, 3.3],
    [65_537, 20, 4.67],
    [65_537, 50, 8.2],
    [655_373, 5, 0.95],
    [655_373, 10, 1.57],
    [655_373, 20, 2.69],
    [655_373, 50, 5.9],
  ])('M = %i, %i fail: %f per cent of the slots change', (size, failures, expected) => {
    const { changed, unavoidable } = disruption(size, failures);
    expect(Math.abs(changed / expected - 1)).toBeLessThan(0.1);
    expect(Math.abs(unavoidable - failures / 10)).toBeLessThan(0.05);
  });

  test.each([65_537, 655_373])('M = %i: the mean of 20 single failures', (size) => {
    const before = buildEnvoyTable(named(1000), size);
    let changed = 0;
    for (let trial = 0; trial < 20; trial++) {
      const left = named(1000).filter((_, i) => i !== 50 * trial + 7);
      const after = buildEnvoyTable(left, size);
      changed += before.filter((owner, slot) => after[slot] !== owner).length / size / 20;
    }
    const expected = size === 65_537 ? 0.0068 : 0.0041;
    expect(Math.abs(changed / expected - 1)).toBeLessThan(0.1);
  });

  test('more than 100 slots a backend: the fullest is within 1 % of the mean', () => {
    for (const [size, count] of [
      [65_537, 600],
      [655_373, 1000],
    ] as const) {
      const slots = new Int32Array(count);
      for (const owner of buildEnvoyTable(named(count), size)) slots[owner]!++;
      expect((Math.max(...slots) * count) / size).toBeLessThanOrEqual(1.01);
    }
  });
});

describe('bounded loads (Mirrokni et al. 2018)', () => {
  /** Balls placed on a walk from their hash, each at the first backend with room. */
  function placeBalls(count: number, owners: Int32Array, bound: number, balls: number) {
    const pool = new BackendTable();
    for (let i = 0; i < count; i++) pool.add({ id: `b${i}` });
    const walk = new OwnerWalk(bound);
    walk.rebuild(pool, owners);
    let worst = 0;
    const placed: number[] = [];
    for (let ball = 0; ball < balls; ball++) {
      const backend = walk.find(mix32(ball, 11) % owners.length, 0);
      pool.started(backend);
      placed.push(backend);
      const cap = loadCapacity(bound, ball, 1 / count);
      worst = Math.max(worst, pool.inFlight(backend) - cap);
    }
    return { worst, placed };
  }

  test.each([1.1, 1.25, 2])('c = %f: the cap is never exceeded, ball by ball', (bound) => {
    const random = seedrandom.alea('owners');
    const owners = Int32Array.from({ length: 20 * 40 }, () => Math.floor(random() * 20));
    expect(placeBalls(20, owners, bound, 5000).worst).toBeLessThanOrEqual(0);
  });

  // O(1 ÷ ε²) moves a change for ε ≤ 1: with ε halved, at most about four times as many.
  test('what the loss of one backend moves grows no faster than 1 ÷ ε²', () => {
    const random = seedrandom.alea('owners');
    const owners = Int32Array.from({ length: 50 * 20 }, () => Math.floor(random() * 50));
    const without = owners.map((owner) => (owner === 13 ? 14 : owner));
    const movesOf = (epsilon: number) => {
      const before = placeBalls(50, owners, 1 + epsilon, 5000).placed;
      const after = placeBalls(50, without, 1 + epsilon, 5000).placed;
      const mustMove = before.filter((backend) => backend === 13).length;
      return before.filter((backend, i) => backend !== after[i]).length / mustMove;
    };
    const [narrow, wide, wider] = [movesOf(0.25), movesOf(0.5), movesOf(1)] as const;
    expect(narrow / wide).toBeLessThan(4.5);
    expect(wide / wider).toBeLessThan(4.5);
    expect(narrow).toBeLessThan(1 / 0.25 ** 2);
  });
});

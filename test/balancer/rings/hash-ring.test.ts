import { describe, expect, test } from 'vitest';
import { countPoints } from '../../../balancer/policies/ring-hash.ts';
import { HashRing } from '../../../balancer/rings/hash-ring.ts';
import { readVectors } from '../read-vectors.ts';

type Point = readonly [hash: string, host: number];

interface Ring {
  readonly test: string;
  readonly min_ring: number;
  readonly keys: readonly string[];
  readonly ring?: readonly Point[];
  readonly picks?: readonly Point[];
}

interface Histogram {
  readonly test: string;
  readonly weights: readonly number[];
  readonly min_ring: number;
  readonly max_ring?: number;
  readonly counts_per_host?: readonly number[];
  readonly hits: readonly number[];
}

interface RingVectors {
  readonly rings: readonly Ring[];
  readonly histograms: readonly Histogram[];
  readonly lopsided: { readonly points: readonly Point[]; readonly host0_entries: number };
}

const vectors = readVectors<RingVectors>('balancing/ch-ring-envoy.json');
const ENVOY_MAX_RING = 8_388_608;

function ringOf(ids: readonly string[], weights: readonly number[], min: number, max: number) {
  const counts = countPoints(weights, { minRingSize: min, maxRingSize: max });
  return new HashRing(ids.map((id, owner) => ({ id, owner, pointCount: counts[owner]! })));
}

function pointsOf(ring: HashRing): Point[] {
  return Array.from({ length: ring.size }, (_, i) => [`${ring.point(i)}`, ring.owners[i]!]);
}

function lookUp(ring: HashRing, hash: bigint): number {
  return ring.owners[ring.successor(Number(hash >> 32n), Number(hash & 0xffffffffn))]!;
}

const idsOf = (count: number, first = 90) =>
  Array.from({ length: count }, (_, i) => `127.0.0.1:${first + i}`);

describe('the rings of Envoy’s own tests', () => {
  const plain = vectors.rings.filter(({ ring }) => ring !== undefined);
  test.each(plain)('$test', ({ keys, ring: expected, min_ring: min, picks }) => {
    const ring = ringOf(
      keys,
      keys.map(() => 1),
      min,
      ENVOY_MAX_RING,
    );
    expect(pointsOf(ring)).toEqual(expected);
    for (const [hash, host] of picks ?? []) expect(lookUp(ring, BigInt(hash))).toBe(host);
  });

  test.each([
    { name: 'HostWeightedTinyRing', weights: [1, 2, 3], size: 6 },
    { name: 'HostAndLocalityWeightedTinyRing', weights: [1, 2, 2, 4], size: 9 },
  ])('$name', ({ name, weights, size }) => {
    const expected = vectors.rings.find(({ test: title }) => title.startsWith(name)) as unknown as {
      ring_points_to_host: Point[];
    };
    const ring = ringOf(idsOf(weights.length), weights, size, size);
    expect(pointsOf(ring)).toEqual(expected.ring_points_to_host);
  });

  test.each(vectors.histograms)('$test', (histogram) => {
    const { weights, min_ring: min, max_ring: max = ENVOY_MAX_RING, hits } = histogram;
    if (histogram.counts_per_host) {
      const sizes = { minRingSize: min, maxRingSize: max };
      expect(countPoints(weights, sizes)).toEqual(histogram.counts_per_host);
    }
    const ring = ringOf(idsOf(weights.length), weights, min, max);
    const total = hits.reduce((sum, hit) => sum + hit, 0);
    const stride = (2n ** 64n - 1n) / BigInt(total);
    const counted = weights.map(() => 0);
    for (let i = 0n; i < total; i++) counted[lookUp(ring, i * stride)]!++;
    expect(counted).toEqual(hits);
  });

  test('LopsidedWeightSmallScale: 1024 hosts, one of them with 127/128 of the weight', () => {
    const ids = Array.from({ length: 1024 }, (_, i) => `127.0.0.1:${i}`);
    const weights = ids.map((_, i) => (i === 0 ? 127 * 1023 : 1));
    const ring = ringOf(ids, weights, 1024, 1024);
    const points = pointsOf(ring);
    expect(points.filter(([, host]) => host === 0).length).toBe(vectors.lopsided.host0_entries);
    for (const point of vectors.lopsided.points) expect(points).toContainEqual(point);
  });
});

import { describe, expect, test } from 'vitest';
import { jumpHash } from '../../../balancer/buckets/jump.ts';
import { readVectors } from '../read-vectors.ts';

interface JumpVectors {
  readonly rows: readonly { readonly key: string; readonly buckets_1_to_n: readonly number[] }[];
  readonly guava_golden100_keys_0_to_19_buckets_100: readonly number[];
  readonly cases: readonly { key: string; buckets: number; bucket: number }[];
}

const vectors = readVectors<JumpVectors>('balancing/ch-jump.json');

const jump = (key: bigint, buckets: number) =>
  jumpHash(Number(key >> 32n), Number(key & 0xffffffffn), buckets);

/** The published five lines, on 64-bit integers. */
function published(key: bigint, buckets: number): number {
  let state = key;
  let bucket = -1n;
  let next = 0n;
  while (next < buckets) {
    bucket = next;
    state = (state * 2862933555777941757n + 1n) & 0xffffffffffffffffn;
    next = BigInt(Math.floor(Number(bucket + 1n) * (2 ** 31 / Number((state >> 33n) + 1n))));
  }
  return Number(bucket);
}

describe('the vectors of Guava and of two Go libraries', () => {
  test.each(vectors.rows)('key $key', ({ key, buckets_1_to_n: expected }) => {
    expect(expected.map((_, i) => jump(BigInt(key), i + 1))).toEqual(expected);
  });

  test('golden 100 and single cases', () => {
    const golden = vectors.guava_golden100_keys_0_to_19_buckets_100;
    expect(golden.map((_, key) => jump(BigInt(key), 100))).toEqual(golden);
    for (const { key, buckets, bucket } of vectors.cases) {
      expect(jump(BigInt(key), buckets)).toBe(bucket);
    }
  });
});

test('two words equal 64-bit integers', () => {
  let differing = 0;
  for (let i = 1n; i <= 5000n; i++) {
    const key = (i * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
    if (jump(key, 1000) !== published(key, 1000)) differing++;
  }
  expect(differing).toBe(0);
});

test('one bucket more moves keys to it and to no other', () => {
  let wrong = 0;
  for (let key = 0; key < 20_000; key++) {
    const before = jumpHash(0, key, 10);
    const after = jumpHash(0, key, 11);
    if (after !== before && after !== 10) wrong++;
  }
  expect(wrong).toBe(0);
});

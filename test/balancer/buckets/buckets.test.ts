import { describe, expect, test } from 'vitest';
import xxhash from 'xxhash-wasm';
import { AnchorHash } from '../../../balancer/buckets/anchor.ts';
import { binomialHash } from '../../../balancer/buckets/binomial.ts';
import type { BucketHash } from '../../../balancer/buckets/bucket-hash.ts';
import { DxHash } from '../../../balancer/buckets/dx.ts';
import { flipHash } from '../../../balancer/buckets/flip.ts';
import { jumpBackHash, SplitMix64, XorshiftL7R9 } from '../../../balancer/buckets/jump-back.ts';
import { jumpHash } from '../../../balancer/buckets/jump.ts';
import { MementoHash } from '../../../balancer/buckets/memento.ts';
import { powerHash } from '../../../balancer/buckets/power.ts';
import { Removals } from '../../../balancer/buckets/removals.ts';
import { mix32 } from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

const { h32Raw } = await xxhash();

interface Sized {
  readonly size: number;
  readonly buckets: number[];
}

interface Step {
  readonly op: 'init' | 'remove' | 'add';
  readonly bucket?: number;
  readonly buckets: number[];
}

const java = readVectors<{
  data: {
    xxh32_of_keys: Record<string, number>;
    binomial: Sized[];
    power: Sized[];
    flip: Sized[];
    anchor_size11_capacity20: Step[];
    dx_size11_capacity20: Step[];
    memento_size11: Step[];
  };
  jump: Sized[];
}>('balancing/ch-dynamic-supsi-java.json');

const KEYS = Array.from({ length: 64 }, (_, i) => `key-${i}`);
const ANCHOR_SEED = 0xdeadbeef;

/** XXH32 of a text or of a 64-bit number, with big-endian 32-bit numbers behind it. */
function xxh32(start: string | number, ...words: number[]): number {
  const head = typeof start === 'string' ? Buffer.from(start) : Buffer.alloc(8);
  if (typeof start === 'number') head.writeBigUInt64BE(BigInt(start));
  const tail = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => tail.writeUInt32BE(word >>> 0, 4 * i));
  return h32Raw(Buffer.concat([head, tail]));
}

/** A bucket hash knows keys by number; the originals hash their text. */
const textOf = (key: number) => KEYS[key]!;

function play(hash: BucketHash, steps: readonly Step[]): number[][] {
  const removed: number[] = [];
  return steps.map(({ op, bucket }) => {
    if (op === 'remove') {
      hash.remove(bucket!);
      removed.push(bucket!);
    } else if (op === 'add') hash.restore(removed.pop()!);
    return KEYS.map((_, key) => hash.bucketOf(key));
  });
}

describe("SUPSI's Java, executed", () => {
  const hashes = KEYS.map((key) => xxh32(key));

  test('the hash of keys', () => {
    for (const [key, hash] of Object.entries(java.data.xxh32_of_keys))
      expect(xxh32(key)).toBe(hash);
  });

  test.each(java.data.binomial)('BinomialHash of $size', ({ size, buckets }) => {
    expect(hashes.map((hash) => binomialHash(hash, size))).toEqual(buckets);
  });
  test.each(java.data.power)('PowerCH of $size', ({ size, buckets }) => {
    expect(hashes.map((hash) => powerHash(hash, size, (h, by) => xxh32(h, by)))).toEqual(buckets);
  });
  test.each(java.data.flip)('FlipHash of $size', ({ size, buckets }) => {
    const flips = {
      flip: (hash: number, zeros: number) => xxh32(hash, zeros),
      draw: (hash: number, zeros: number, count: number) => xxh32(hash, zeros, count),
    };
    expect(hashes.map((hash) => flipHash(hash, size, flips))).toEqual(buckets);
  });
  test.each(java.jump)('jump hash of $size', ({ size, buckets }) => {
    expect(hashes.map((hash) => jumpHash(0, hash, size))).toEqual(buckets);
  });

  test('AnchorHash through removals and returns', () => {
    const steps = java.data.anchor_size11_capacity20;
    const anchor = new AnchorHash(11, 20, {
      first: (key) => xxh32(textOf(key), ANCHOR_SEED),
      next: (hash, bucket) => xxh32(hash, bucket, ANCHOR_SEED),
    });
    expect(play(anchor, steps)).toEqual(steps.map(({ buckets }) => buckets));
  });

  test('MementoHash through removals and returns', () => {
    const steps = java.data.memento_size11;
    const memento = new MementoHash(11, {
      first: (key) => xxh32(textOf(key)),
      // A seed of 0 is none at all.
      next: (key, bucket) => (bucket === 0 ? xxh32(textOf(key)) : xxh32(textOf(key), bucket)),
    });
    expect(play(memento, steps)).toEqual(steps.map(({ buckets }) => buckets));
  });

  test('DxHash through removals and returns', () => {
    const steps = java.data.dx_size11_capacity20;
    const dx = new DxHash(11, 20, (key, step, capacity) =>
      javaRandomInt(xxh32(textOf(key)), step, capacity),
    );
    expect(play(dx, steps)).toEqual(steps.map(({ buckets }) => buckets));
  });
});

/** `new java.util.Random(seed)`, then the nextInt(bound) after `step` others. */
function javaRandomInt(seed: number, step: number, bound: number): number {
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(seed) ^ 0x5deece66dn) & mask;
  const next31 = () => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return Number(state >> 17n);
  };
  for (let taken = 0; ; taken++) {
    let bits = next31();
    while (bits - (bits % bound) + (bound - 1) >= 2 ** 31) bits = next31();
    if (taken === step) return bits % bound;
  }
}

test("AnchorHash of its authors' C++, executed", () => {
  const { steps } = readVectors<{ steps: Step[] }>('balancing/ch-anchor-cpp.json');
  const mask = (1n << 64n) - 1n;
  // The original hashes the two words of the key, less and more the hash before.
  let words: [bigint, bigint] = [0n, 0n];
  const anchor = new AnchorHash(11, 20, {
    first: (key) => {
      words = [(0x9e3779b97f4a7c15n * BigInt(key + 1)) & mask, 0xc2b2ae3d27d4eb4fn ^ BigInt(key)];
      return crc32c(...words);
    },
    next: (hash) => {
      const [first, second] = words;
      return crc32c((first - BigInt(hash)) & mask, (second + BigInt(hash)) & mask);
    },
  });
  expect(play(anchor, steps)).toEqual(steps.map(({ buckets }) => buckets));
});

/** CRC-32C (Castagnoli) of the first word's bytes, begun with the second's lower half. */
function crc32c(word: bigint, start: bigint): number {
  let state = Number(start & 0xffffffffn);
  for (let byte = 0n; byte < 8n; byte++) {
    state ^= Number((word >> (8n * byte)) & 0xffn);
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? 0x82f63b78 : 0);
  }
  return state >>> 0;
}

describe('JumpBackHash of hash4j, executed', () => {
  const { numBuckets, cases } = readVectors<{
    numBuckets: number[];
    cases: { hash_u64: string; splitmix64: number[]; xorshiftL7R9: number[] }[];
  }>('balancing/ch-jumpback.json');
  test.each([
    ['splitmix64', new SplitMix64()],
    ['xorshiftL7R9', new XorshiftL7R9()],
  ] as const)('%s', (name, generator) => {
    for (const row of cases) {
      const hash = BigInt(row.hash_u64);
      const high = Number(hash >> 32n) | 0;
      const low = Number(hash & 0xffffffffn) | 0;
      const buckets = numBuckets.map((count) => jumpBackHash(high, low, count, generator));
      expect(buckets).toEqual(row[name]);
    }
  });
});

const REHASH = { first: (key: number) => key, next: mix32 };
const keys = Uint32Array.from({ length: 20_000 }, (_, i) => mix32(i, 9));

describe.each([
  ['AnchorHash', () => new AnchorHash(40, 64, REHASH)],
  ['MementoHash', () => new MementoHash(40, REHASH)],
  ['DxHash', () => new DxHash(40, 64, (key, step, size) => mix32(key, step) % size)],
] as const)('%s', (_name, make) => {
  test('removals in any order move only keys of who leaves, evenly; returns undo them', () => {
    const hash = make();
    const removals = new Removals(hash);
    const gone = new Set<number>();
    const states: number[][] = [Array.from(keys, (key) => hash.bucketOf(key))];
    for (let i = 0; i < 25; i++) {
      const bucket = (i * 17) % 40;
      gone.add(bucket);
      removals.update(40, (b) => !gone.has(b));
      const before = states.at(-1)!;
      const after = Array.from(keys, (key) => hash.bucketOf(key));
      const isAstray = (old: number, key: number) =>
        old === bucket ? gone.has(after[key]!) : after[key] !== old;
      expect(before.filter(isAstray)).toEqual([]);
      states.push(after);
    }
    const counts = new Map<number, number>();
    for (const bucket of states.at(-1)!) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    // 15 left with 1333 keys each, standard deviation 35: five of them.
    for (const count of counts.values()) expect(Math.abs(count - 20_000 / 15)).toBeLessThan(180);
    for (const bucket of [...gone].toReversed()) {
      states.pop();
      gone.delete(bucket);
      removals.update(40, (b) => !gone.has(b));
      expect(Array.from(keys.subarray(0, 500), (key) => hash.bucketOf(key))).toEqual(
        states.at(-1)!.slice(0, 500),
      );
    }
  });

  test('one more bucket takes its share from all others, also while one is gone', () => {
    const hash = make();
    const removals = new Removals(hash);
    removals.update(40, (bucket) => bucket !== 5);
    const before = Array.from(keys, (key) => hash.bucketOf(key));
    removals.update(41, (bucket) => bucket !== 5);
    const after = Array.from(keys, (key) => hash.bucketOf(key));
    const moved = after.filter((bucket, key) => bucket !== before[key]);
    // 1 of 40 to the new one; those of the one that is gone are dealt anew among the rest.
    const toNew = moved.filter((bucket) => bucket === 40).length / keys.length;
    expect(Math.abs(toNew - 1 / 40)).toBeLessThan(0.006);
    expect((moved.length - toNew * keys.length) / keys.length).toBeLessThan(1 / 30);
  });
});

describe.each([
  ['BinomialHash', binomialHash],
  ['PowerCH', (key: number, count: number) => powerHash(key, count, mix32)],
  [
    'FlipHash',
    (key: number, count: number) =>
      flipHash(key, count, { flip: mix32, draw: (h, zeros, i) => mix32(mix32(h, zeros), i) }),
  ],
  [
    'JumpBackHash',
    (key: number, count: number) => jumpBackHash(mix32(key, 1), key, count, new XorshiftL7R9()),
  ],
] as const)('%s', (_name, hash) => {
  test('is even and moves keys to the new last bucket only', () => {
    let before = Array.from(keys, (key) => hash(key, 1));
    for (let count = 2; count <= 40; count++) {
      const after = Array.from(keys, (key) => hash(key, count));
      const astray = after.filter((b, key) => b !== before[key] && b !== count - 1).length;
      expect([count, astray]).toEqual([count, 0]);
      before = after;
    }
    const counts = Array.from({ length: 40 }, () => 0);
    for (const bucket of before) counts[bucket]!++;
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(125);
  });
});

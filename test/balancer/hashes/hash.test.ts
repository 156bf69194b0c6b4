import { describe, expect, test } from 'vitest';
import { mix32 } from '../../../balancer/hashes/mix.ts';
import { hash32, hash64 } from '../../../balancer/hashes/xxhash.ts';
import { readVectors } from '../read-vectors.ts';

interface XxhashVectors {
  readonly xxh32: readonly { length: number; seed: number; hash: number }[];
  readonly xxh64: readonly { length: number; seed: string; hash_hex: string }[];
  readonly xxh64_ascii_from_envoy_ring_test: readonly { text: string; hash: string }[];
}

const vectors = readVectors<XxhashVectors>('balancing/hash-xxhash.json');

describe('hash64', () => {
  test.each(vectors.xxh64_ascii_from_envoy_ring_test)('$text', ({ text, hash }) => {
    expect(hash64(text)).toBe(BigInt(hash));
  });
  test('the empty string', () => {
    for (const { length, seed, hash_hex: hash } of vectors.xxh64) {
      if (length === 0) expect(hash64('', Number(seed)).toString(16)).toBe(hash);
    }
  });
});

test('hash32 of the empty string, of one byte, and of a word beyond ASCII', () => {
  for (const { length, seed, hash } of vectors.xxh32) {
    if (length === 0) expect(hash32('', seed)).toBe(hash);
  }
  // Published: XXH32("a") = 550d7456. UTF-8 is hashed, not UTF-16.
  expect(hash32('a').toString(16)).toBe('550d7456');
  expect(hash32('Zürich')).not.toBe(hash32('Zurich'));
});

describe('mix32', () => {
  test('the plain MurmurHash3 below has the verification code of SMHasher', () => {
    // Keys 0 … i − 1 with seed 256 − i; the hash of all hashes reads b0f57ee3.
    const hashes = new DataView(new ArrayBuffer(1024));
    for (let i = 0; i < 256; i++) {
      const key = Uint8Array.from({ length: i }, (_, byte) => byte);
      hashes.setUint32(4 * i, murmur3(key, 256 - i), true);
    }
    expect(murmur3(new Uint8Array(hashes.buffer), 0).toString(16)).toBe('b0f57ee3');
  });

  test('is MurmurHash3_x86_32 of the two words', () => {
    for (let i = 0; i < 2000; i++) {
      const first = Math.imul(i, 0x9e3779b1) >>> 0;
      const second = Math.imul(i ^ 0x5bd1e995, 0x85ebca6b) >>> 0;
      const bytes = new DataView(new ArrayBuffer(8));
      bytes.setUint32(0, first, true);
      bytes.setUint32(4, second, true);
      expect(mix32(first, second)).toBe(murmur3(new Uint8Array(bytes.buffer), 0));
    }
  });
});

/** The algorithm as published (Appleby, MurmurHash3.cpp), for keys of any length. */
function murmur3(key: Uint8Array, seed: number): number {
  const rotl = (x: number, r: number) => (x << r) | (x >>> (32 - r));
  const scramble = (k: number) => Math.imul(rotl(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593);
  const blocks = key.length >> 2;
  const view = new DataView(key.buffer, key.byteOffset, key.length);
  let hash = seed;
  for (let i = 0; i < blocks; i++) {
    hash = rotl(hash ^ scramble(view.getUint32(4 * i, true)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = key.length - 1; i >= 4 * blocks; i--) tail = (tail << 8) | key[i]!;
  hash ^= scramble(tail) ^ key.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

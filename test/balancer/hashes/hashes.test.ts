import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../balancer/hashes/bytes.ts';
import { crc32, CRC32_START, finishCrc32, updateCrc32 } from '../../../balancer/hashes/crc32.ts';
import { murmur2x64, murmur3x64Pair } from '../../../balancer/hashes/murmur.ts';
import { siphash24 } from '../../../balancer/hashes/siphash.ts';
import { readVectors } from '../read-vectors.ts';

interface MurmurVectors {
  readonly envoy_ring_positions: readonly { readonly text: string; readonly hash: string }[];
  readonly katran_MurmurHash3_x64_64: {
    readonly cases: readonly { A: string; B: string; seed: number; h: string }[];
  };
}

/**
 * SMHasher's code of a hash: hash the keys 0 … i − 1 under seed 256 − i, then all the hashes, and
 * read the first 4 bytes.
 */
function verificationCode(hash: (key: Uint8Array, seed: number) => bigint, byteCount: number) {
  const hashes = new Uint8Array(256 * byteCount);
  const write = (value: bigint, offset: number) => {
    for (let i = 0; i < byteCount; i++) {
      hashes[offset + i] = Number((value >> BigInt(8 * i)) & 0xffn);
    }
  };
  for (let i = 0; i < 256; i++) {
    const key = Uint8Array.from({ length: i }, (_, byte) => byte);
    write(hash(key, 256 - i), i * byteCount);
  }
  return (hash(hashes, 0) & 0xffffffffn).toString(16);
}

test('CRC-32 of "123456789" is cbf43926, in one piece or in several', () => {
  expect(crc32(utf8('123456789')).toString(16)).toBe('cbf43926');
  const state = updateCrc32(updateCrc32(CRC32_START, utf8('1234')), utf8('56789'));
  expect(finishCrc32(state).toString(16)).toBe('cbf43926');
});

test('SipHash-2-4: the official vectors', () => {
  const vectors = readVectors<{ outputs_hex: string[] }>('balancing/hash-siphash.json');
  vectors.outputs_hex.forEach((hex, length) => {
    const bytes = Uint8Array.from({ length }, (_, byte) => byte);
    const hash = siphash24(0x0706050403020100n, 0x0f0e0d0c0b0a0908n, bytes);
    const littleEndian = hex.match(/../g)!.toReversed().join('');
    expect(hash).toBe(BigInt(`0x${littleEndian}`));
  });
});

describe('Murmur', () => {
  const vectors = readVectors<MurmurVectors>('balancing/hash-murmur.json');

  test('MurmurHash64A: SMHasher’s verification code', () => {
    const code = verificationCode((key, seed) => murmur2x64(key, BigInt(seed)), 8);
    expect(code).toBe('1f0d3804');
  });

  test('MurmurHash64A: Envoy’s ring positions', () => {
    for (const { text, hash } of vectors.envoy_ring_positions) {
      expect(murmur2x64(utf8(text), 0xc70f6907n)).toBe(BigInt(hash));
    }
  });

  test('MurmurHash3_x64_128 of two words: Katran', () => {
    for (const { A, B, seed, h } of vectors.katran_MurmurHash3_x64_64.cases) {
      expect(murmur3x64Pair(BigInt(A), BigInt(B), BigInt(seed))).toBe(BigInt(h));
    }
  });
});

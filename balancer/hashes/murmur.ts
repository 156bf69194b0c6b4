import { rotateLeft64, word64, wrap64 } from './bytes.ts';

const MURMUR2_PRIME = 0xc6a4a7935bd1e995n;

/** MurmurHash64A (Appleby); with seed c70f6907 it is Envoy's `MURMUR_HASH_2`. */
export function murmur2x64(bytes: Uint8Array, seed: bigint): bigint {
  let hash = seed ^ wrap64(BigInt(bytes.length) * MURMUR2_PRIME);
  const wholeLength = bytes.length & ~7;
  for (let offset = 0; offset < wholeLength; offset += 8) {
    let word = wrap64(word64(bytes, offset) * MURMUR2_PRIME);
    word ^= word >> 47n;
    hash = wrap64((hash ^ wrap64(word * MURMUR2_PRIME)) * MURMUR2_PRIME);
  }
  if (wholeLength < bytes.length) {
    hash = wrap64((hash ^ word64(bytes, wholeLength)) * MURMUR2_PRIME);
  }
  hash = wrap64((hash ^ (hash >> 47n)) * MURMUR2_PRIME);
  return hash ^ (hash >> 47n);
}

const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;

/**
 * First word of MurmurHash3_x64_128 (Appleby) over two 64-bit words, little-endian: the hash of
 * Katran's Maglev tables.
 */
export function murmur3x64Pair(first: bigint, second: bigint, seed: bigint): bigint {
  let h1 = seed ^ wrap64(rotateLeft64(wrap64(first * C1), 31n) * C2);
  h1 = wrap64(rotateLeft64(h1, 27n) + seed);
  h1 = wrap64(h1 * 5n + 0x52dce729n);
  let h2 = seed ^ wrap64(rotateLeft64(wrap64(second * C2), 33n) * C1);
  h2 = wrap64(rotateLeft64(h2, 31n) + h1);
  h2 = wrap64(h2 * 5n + 0x38495ab5n);
  // 16 is the length in bytes.
  h1 ^= 16n;
  h2 ^= 16n;
  h1 = wrap64(h1 + h2);
  h2 = wrap64(h2 + h1);
  return wrap64(finalise(h1) + finalise(h2));
}

function finalise(word: bigint): bigint {
  let mixed = wrap64((word ^ (word >> 33n)) * 0xff51afd7ed558ccdn);
  mixed = wrap64((mixed ^ (mixed >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return mixed ^ (mixed >> 33n);
}

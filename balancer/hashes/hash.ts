import xxhash from 'xxhash-wasm';

/**
 * Hashes for rings, tables and keys. Strings are hashed once, when something is built; what a pick
 * needs is `mix32` on integers, with neither strings nor BigInt.
 *
 * The library compiles its WebAssembly (bytes inside the package, nothing is fetched) before this
 * module finishes loading.
 */
const { h32, h64 } = await xxhash();

/** XXH32 of the UTF-8 bytes, as an unsigned 32-bit number. */
export function hash32(text: string, seed = 0): number {
  return h32(text, seed);
}

/** XXH64 of the UTF-8 bytes: what Envoy and gRPC place on rings and in tables. */
export function hash64(text: string, seed = 0): bigint {
  return h64(text, BigInt(seed));
}

/**
 * Uniform 32-bit hash of two 32-bit words: MurmurHash3_x86_32 (Appleby) of their eight bytes in
 * little-endian order, seed 0.
 */
export function mix32(first: number, second: number): number {
  return mixEnd(mixFirst(first), mixWord(second));
}

/** `mix32` in parts, for loops in which one word stays: the state behind the first word … */
export function mixFirst(first: number): number {
  return (Math.imul(rotateLeft(mixWord(first), 13), 5) + 0xe6546b64) | 0;
}

/** … what the second word is turned into … */
export function mixWord(word: number): number {
  return Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

/** … and both together. */
export function mixEnd(state: number, word: number): number {
  let hash = (Math.imul(rotateLeft(state ^ word, 13), 5) + 0xe6546b64) | 0;
  // 8 is the length in bytes; what follows is Murmur's finaliser.
  hash ^= 8;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

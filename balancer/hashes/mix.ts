/**
 * Uniform 32-bit hash of two 32-bit words: MurmurHash3_x86_32 (Appleby) of their eight bytes in
 * little-endian order, seed 0. For picks: neither strings nor BigInt.
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

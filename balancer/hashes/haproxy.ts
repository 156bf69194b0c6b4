/** The 32-bit hashes of HAProxy (`src/hash.c`, `include/haproxy/intops.h`). */

/** HAProxy's default for strings: h = c + h · 65599. */
export function sdbm(bytes: Uint8Array): number {
  let hash = 0;
  for (const byte of bytes) hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  return hash >>> 0;
}

/** Bernstein's h = c + h · 33, from 5381. */
export function djb2(bytes: Uint8Array): number {
  let hash = 5381;
  for (const byte of bytes) hash = ((hash << 5) + hash + byte) | 0;
  return hash >>> 0;
}

/** Willy Tarreau's sixth: two words that turn each other. */
export function wt6(bytes: Uint8Array): number {
  let first = 0xa53c965a | 0;
  let second = 0x5ca6953a;
  let firstTurn = 6;
  let secondTurn = 18;
  for (const byte of bytes) {
    first = ~(first ^ byte);
    second = ~(second + byte);
    const turned = rotateLeft(second, firstTurn);
    second = rotateLeft(first, secondTurn);
    first = turned;
    const mixed = ((first >>> 16) ^ second) & 0xffff;
    firstTurn = mixed & 0x1f;
    secondTurn = mixed >>> 11;
  }
  return (first ^ second) >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> ((32 - bits) & 31));
}

/** `full_hash`: Jenkins's 32-bit mix and a multiplication; HAProxy's points and its `avalanche`. */
export function avalanche(word: number): number {
  let a = word | 0;
  a = (a + 0x7ed55d16 + (a << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = ((a + 0xd3a2646c) ^ (a << 9)) | 0;
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3221225473) >>> 0;
}

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text: what every product hashes. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Unsigned 32-bit word at `offset`, little-endian. */
export function word32(bytes: Uint8Array, offset: number): number {
  const low = bytes[offset]! | (bytes[offset + 1]! << 8);
  return (low | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>> 0;
}

const MASK_64 = (1n << 64n) - 1n;

/** Unsigned 64-bit word at `offset`, little-endian; bytes beyond the end read 0. */
export function word64(bytes: Uint8Array, offset: number): bigint {
  let word = 0n;
  for (let i = Math.min(7, bytes.length - 1 - offset); i >= 0; i--) {
    word = (word << 8n) | BigInt(bytes[offset + i]!);
  }
  return word;
}

/** Sums and products modulo 2⁶⁴. */
export function wrap64(word: bigint): bigint {
  return word & MASK_64;
}

export function rotateLeft64(word: bigint, bits: bigint): bigint {
  return wrap64(word << bits) | (word >> (64n - bits));
}

/**
 * SipHash-2-4 (Aumasson & Bernstein 2012) of short messages, on 32-bit words instead of BigInt: GLB
 * hashes every row of its table with every backend. The result stands in `first` and `second`: the
 * eight bytes of the digest in the order in which they are printed, as two big-endian words.
 */
export class SipHashWords {
  first = 0;
  second = 0;
  /** v0 … v3 before the first block, each as low and high word. */
  readonly #start = new Int32Array(8);

  /** `key` has 16 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== 16) throw new RangeError(`a key has 16 bytes, not ${key.length}`);
    const view = new DataView(key.buffer, key.byteOffset, 16);
    const words = [0, 4, 8, 12].map((offset) => view.getInt32(offset, true));
    MAGIC.forEach((word, i) => (this.#start[i] = word ^ words[i % 4]!));
  }

  /**
   * The digest of `length` bytes, given as little-endian words, two a block: whole blocks, then one
   * with the rest and zeros, whose last byte is left for the length.
   */
  hash(blocks: Int32Array, length: number): void {
    const start = this.#start;
    const blockCount = (length >>> 3) + 1;
    let a = start[0]!;
    let A = start[1]!;
    let b = start[2]!;
    let B = start[3]!;
    let c = start[4]!;
    let C = start[5]!;
    let d = start[6]!;
    let D = start[7]!;
    let low = 0;
    let high = 0;
    // Two rounds a block, four at the end. Lower case is the low word, upper case the high one.
    for (let round = 0; round < 2 * blockCount + 4; round++) {
      const block = round >>> 1;
      if (block < blockCount && (round & 1) === 0) {
        low = blocks[2 * block]!;
        high = blocks[2 * block + 1]! | (block === blockCount - 1 ? length << 24 : 0);
        d ^= low;
        D ^= high;
      }
      if (round === 2 * blockCount) c ^= 0xff;
      let sum = (a + b) | 0;
      A = (A + B + (sum >>> 0 < a >>> 0 ? 1 : 0)) | 0;
      a = sum;
      let turned = ((b << 13) | (B >>> 19)) ^ a;
      B = ((B << 13) | (b >>> 19)) ^ A;
      b = turned;
      turned = a;
      a = A;
      A = turned;
      sum = (c + d) | 0;
      C = (C + D + (sum >>> 0 < c >>> 0 ? 1 : 0)) | 0;
      c = sum;
      turned = ((d << 16) | (D >>> 16)) ^ c;
      D = ((D << 16) | (d >>> 16)) ^ C;
      d = turned;
      sum = (a + d) | 0;
      A = (A + D + (sum >>> 0 < a >>> 0 ? 1 : 0)) | 0;
      a = sum;
      turned = ((d << 21) | (D >>> 11)) ^ a;
      D = ((D << 21) | (d >>> 11)) ^ A;
      d = turned;
      sum = (c + b) | 0;
      C = (C + B + (sum >>> 0 < c >>> 0 ? 1 : 0)) | 0;
      c = sum;
      turned = ((b << 17) | (B >>> 15)) ^ c;
      B = ((B << 17) | (b >>> 15)) ^ C;
      b = turned;
      turned = c;
      c = C;
      C = turned;
      if (block < blockCount && (round & 1) === 1) {
        a ^= low;
        A ^= high;
      }
    }
    this.first = swapBytes(a ^ b ^ c ^ d);
    this.second = swapBytes(A ^ B ^ C ^ D);
  }
}

/** "somepseudorandomlygeneratedbytes", as low and high words; see the paper. */
const MAGIC = [
  0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
];

/** A word with its four bytes in the other order. */
export function swapBytes(word: number): number {
  const swapped = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  return swapped >>> 0;
}

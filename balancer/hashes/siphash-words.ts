/**
 * SipHash-2-4 (Aumasson & Bernstein 2012) on 32-bit words instead of BigInt, for GLB, which hashes
 * every row of its table with every backend. A message is given as little-endian words, two a
 * block: whole blocks, then one with the rest and zeros, whose last byte is the length's.
 *
 * v0 … v3 are kept as low and high words, a A, b B, c C, d D.
 */
export type SipState = Int32Array;

/** v0 … v3 before the first block. `key` has 16 bytes. */
export function sipStart(key: Uint8Array): SipState {
  if (key.length !== 16) throw new RangeError(`a key has 16 bytes, not ${key.length}`);
  const view = new DataView(key.buffer, key.byteOffset, 16);
  const words = [0, 4, 8, 12].map((offset) => view.getInt32(offset, true));
  return Int32Array.from(MAGIC, (word, i) => word ^ words[i % 4]!);
}

/** "somepseudorandomlygeneratedbytes", as low and high words; see the paper. */
const MAGIC = [
  0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
];

/** The digest of a hash: its eight bytes in the order in which they are printed, in two words. */
export const sipDigest = { first: 0, second: 0 };

/**
 * Goes on from the state at `states[at] …` with the blocks from `fromWord` on, the last of which
 * holds the length; leaves the digest in `sipDigest`, and the state alone. Two rounds a block, four
 * at the end. Carries are computed without a branch, which would be mispredicted half the time.
 */
export function sipFinish(
  states: SipState,
  at: number,
  blocks: Int32Array,
  fromWord: number,
): void {
  let a = states[at]!;
  let A = states[at + 1]!;
  let b = states[at + 2]!;
  let B = states[at + 3]!;
  let c = states[at + 4]!;
  let C = states[at + 5]!;
  let d = states[at + 6]!;
  let D = states[at + 7]!;
  for (let word = fromWord; word <= blocks.length; word += 2) {
    const isEnd = word === blocks.length;
    const low = isEnd ? 0 : blocks[word]!;
    const high = isEnd ? 0 : blocks[word + 1]!;
    d ^= low;
    D ^= high;
    if (isEnd) c ^= 0xff;
    for (let round = isEnd ? 4 : 2; round > 0; round--) {
      let low0 = (a + b) | 0;
      A = (A + B + (((a & b) | ((a | b) & ~low0)) >>> 31)) | 0;
      let turned = ((b << 13) | (B >>> 19)) ^ low0;
      B = ((B << 13) | (b >>> 19)) ^ A;
      b = turned;
      a = A;
      A = low0;
      low0 = (c + d) | 0;
      C = (C + D + (((c & d) | ((c | d) & ~low0)) >>> 31)) | 0;
      c = low0;
      turned = ((d << 16) | (D >>> 16)) ^ c;
      D = ((D << 16) | (d >>> 16)) ^ C;
      d = turned;
      low0 = (a + d) | 0;
      A = (A + D + (((a & d) | ((a | d) & ~low0)) >>> 31)) | 0;
      a = low0;
      turned = ((d << 21) | (D >>> 11)) ^ a;
      D = ((D << 21) | (d >>> 11)) ^ A;
      d = turned;
      low0 = (c + b) | 0;
      C = (C + B + (((c & b) | ((c | b) & ~low0)) >>> 31)) | 0;
      turned = ((b << 17) | (B >>> 15)) ^ low0;
      B = ((B << 17) | (b >>> 15)) ^ C;
      b = turned;
      c = C;
      C = low0;
    }
    a ^= low;
    A ^= high;
  }
  sipDigest.first = swapBytes(a ^ b ^ c ^ d);
  sipDigest.second = swapBytes(A ^ B ^ C ^ D);
}

/** Takes one block into the state at `states[at] …`. */
export function sipAbsorb(states: SipState, at: number, low: number, high: number): void {
  states[at + 6]! ^= low;
  states[at + 7]! ^= high;
  sipRound(states, at);
  sipRound(states, at);
  states[at]! ^= low;
  states[at + 1]! ^= high;
}

/** One round on columns: slow, for what is done once a row. */
function sipRound(v: SipState, at: number): void {
  addInto(v, at, at + 2);
  turnInto(v, at + 2, 13, at);
  swapWords(v, at);
  addInto(v, at + 4, at + 6);
  turnInto(v, at + 6, 16, at + 4);
  addInto(v, at, at + 6);
  turnInto(v, at + 6, 21, at);
  addInto(v, at + 4, at + 2);
  turnInto(v, at + 2, 17, at + 4);
  swapWords(v, at + 4);
}

function addInto(v: SipState, to: number, from: number): void {
  const before = v[to]!;
  v[to] = (before + v[from]!) | 0;
  v[to + 1] = (v[to + 1]! + v[from + 1]! + (v[to]! >>> 0 < before >>> 0 ? 1 : 0)) | 0;
}

/** Turns left, then ^= the other. */
function turnInto(v: SipState, to: number, bits: number, other: number): void {
  const low = v[to]!;
  const high = v[to + 1]!;
  v[to] = ((low << bits) | (high >>> (32 - bits))) ^ v[other]!;
  v[to + 1] = ((high << bits) | (low >>> (32 - bits))) ^ v[other + 1]!;
}

function swapWords(v: SipState, at: number): void {
  const low = v[at]!;
  v[at] = v[at + 1]!;
  v[at + 1] = low;
}

/**
 * The end of a message as words of blocks; the last byte holds the length of the whole message,
 * which is that of `bytes` and what was absorbed before them.
 */
export function sipBlocks(bytes: Uint8Array, absorbedBytes = 0): Int32Array {
  const padded = new Uint8Array(8 * ((bytes.length >>> 3) + 1));
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length + absorbedBytes;
  const view = new DataView(padded.buffer);
  return Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}

/** A word with its four bytes in the other order. */
export function swapBytes(word: number): number {
  const swapped = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  return swapped >>> 0;
}

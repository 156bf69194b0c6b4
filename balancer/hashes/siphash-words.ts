/**
 * SipHash-2-4 (Aumasson & Bernstein 2012) of short messages, on 32-bit words instead of BigInt: GLB
 * hashes every row of its table with every backend. The result stands in `first` and `second`: the
 * eight bytes of the digest in the order in which they are printed, as two big-endian words.
 */
export class SipHashWords {
  first = 0;
  second = 0;
  /** v0 … v3, each as low and high word. */
  readonly #state = new Int32Array(8);
  readonly #start = new Int32Array(8);

  /** `key` has 16 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== 16) throw new RangeError(`a key has 16 bytes, not ${key.length}`);
    const view = new DataView(key.buffer, key.byteOffset, 16);
    const words = [0, 4, 8, 12].map((offset) => view.getInt32(offset, true));
    MAGIC.forEach((word, i) => (this.#start[i] = word ^ words[i % 4]!));
  }

  /** The digest of the first `length` bytes; `message` is padded with zeros to eight more. */
  hash(message: DataView, length: number): void {
    const state = this.#state;
    state.set(this.#start);
    const wholeLength = length & ~7;
    for (let offset = 0; offset < wholeLength; offset += 8) {
      this.#compress(message.getInt32(offset, true), message.getInt32(offset + 4, true));
    }
    const tailLow = tailWord(message, wholeLength, length);
    const tailHigh = tailWord(message, wholeLength + 4, length);
    this.#compress(tailLow, tailHigh | (length << 24));
    state[4]! ^= 0xff;
    for (let round = 0; round < 4; round++) this.#round();
    this.first = swapBytes(state[0]! ^ state[2]! ^ state[4]! ^ state[6]!);
    this.second = swapBytes(state[1]! ^ state[3]! ^ state[5]! ^ state[7]!);
  }

  #compress(low: number, high: number): void {
    const state = this.#state;
    state[6]! ^= low;
    state[7]! ^= high;
    this.#round();
    this.#round();
    state[0]! ^= low;
    state[1]! ^= high;
  }

  #round(): void {
    this.#mix(0, 2, 13);
    this.#swapHalves(0);
    this.#mix(4, 6, 16);
    this.#mix(0, 6, 21);
    this.#mix(4, 2, 17);
    this.#swapHalves(4);
  }

  /** a += b; b = rotl(b, bits) ^ a; bits below 32. */
  #mix(a: number, b: number, bits: number): void {
    const state = this.#state;
    const low = (state[a]! >>> 0) + (state[b]! >>> 0);
    state[a + 1] = state[a + 1]! + state[b + 1]! + (low > 0xffffffff ? 1 : 0);
    state[a] = low;
    const bLow = state[b]!;
    const bHigh = state[b + 1]!;
    state[b] = ((bLow << bits) | (bHigh >>> (32 - bits))) ^ state[a]!;
    state[b + 1] = ((bHigh << bits) | (bLow >>> (32 - bits))) ^ state[a + 1]!;
  }

  /** A rotation by 32. */
  #swapHalves(a: number): void {
    const low = this.#state[a]!;
    this.#state[a] = this.#state[a + 1]!;
    this.#state[a + 1] = low;
  }
}

/** "somepseudorandomlygeneratedbytes", as low and high words; see the paper. */
const MAGIC = [
  0x70736575, 0x736f6d65, 0x6e646f6d, 0x646f7261, 0x6e657261, 0x6c796765, 0x79746573, 0x74656462,
];

/** Up to four bytes from `offset`, those from `end` on as 0. */
function tailWord(message: DataView, offset: number, end: number): number {
  let word = 0;
  for (let i = offset; i < Math.min(offset + 4, end); i++) {
    word |= message.getUint8(i) << (8 * (i - offset));
  }
  return word;
}

function swapBytes(word: number): number {
  const swapped = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  return swapped >>> 0;
}

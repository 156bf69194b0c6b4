import seedrandom from 'seedrandom';
import { log } from './log.ts';
import { mix32 } from './mix.ts';

/**
 * Random streams, one per purpose and entity, all from one seed. Adding a draw in one place moves
 * no draw in another, so strategies can be compared on the same requests.
 */
export class RandomStreams {
  readonly seed: string;
  readonly replication: number;
  readonly #taken = new Set<string>();

  constructor(seed: string, replication: number) {
    this.seed = seed;
    this.replication = replication;
  }

  /**
   * The stream of a purpose (`arrivals`, `service`, `probe`, `policy`, `loss` …) at an entity.
   * Asking twice for the same one throws: a stream is drawn by one owner only.
   */
  stream(purpose: string, entity: string | number): Stream {
    const name = [this.seed, this.replication, purpose, entity].map(encodeURIComponent).join('/');
    if (this.#taken.has(name)) throw new Error(`random stream ${name} has an owner already`);
    this.#taken.add(name);
    const words = seedrandom(name);
    return new Stream(words.int32(), words.int32(), words.int32(), words.int32());
  }
}

/**
 * A stream of random numbers: Doty-Humphrey's sfc32 (PractRand), 128 bits of state, period at least
 * 2^32 and 2^127 on average. All draws but `uint32` take exactly one uniform.
 */
export class Stream {
  /** a, b, c and the counter. */
  private readonly state: Int32Array;

  constructor(a: number, b: number, c: number, counter: number) {
    this.state = Int32Array.of(a, b, c, counter);
    // the author's twelve rounds, after which every state bit has met every other
    for (let round = 0; round < 12; round++) this.uint32();
  }

  /** A 32-bit unsigned integer. */
  uint32(): number {
    return nextInt32(this.state) >>> 0;
  }

  /**
   * A double (k + ½) · 2^-52 with k of 52 random bits, so never 0 or 1, and u and 1 − u are exact.
   * (One bit more could not be: (k + ½) · 2^-53 needs 54 significant bits, and rounds to 1.)
   */
  uniform(): number {
    const state = this.state;
    const high = nextInt32(state) >>> 12;
    return (high * TWO_32 + (nextInt32(state) >>> 0) + 0.5) * TWO_TO_MINUS_52;
  }

  /** As many uniforms as there is room; what comes of them is best reckoned in another loop. */
  uniforms(into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.uniform();
  }

  /** An integer from 0 to n − 1; n up to 2^32 (bias at most n · 2^-52). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** True with the given probability. */
  bernoulli(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** An exponential variate by inversion, monotone in its uniform. */
  exponential(mean: number): number {
    return -mean * log(1 - this.uniform());
  }

  /** As many exponential variates as there is room. */
  exponentials(mean: number, into: Float64Array): void {
    this.uniforms(into);
    for (let i = 0; i < into.length; i++) into[i] = -mean * log(1 - into[i]!);
  }
}

function nextInt32(state: Int32Array): number {
  const a = state[0]!;
  const b = state[1]!;
  const c = state[2]!;
  const counter = state[3]!;
  const result = (((a + b) | 0) + counter) | 0;
  state[3] = counter + 1;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + result;
  return result;
}

/**
 * A uniform that is a function of its arguments alone: what a request draws depends on its seed and
 * the purpose, not on who drew before. Both are 32-bit integers; `purpose` from `purposeKey`. Same
 * grid as `Stream.uniform`. For a given purpose, the high 32 bits are a permutation of the seeds.
 */
export function uniformFrom(seed: number, purpose: number): number {
  const high = mix32(mix32(seed) ^ purpose);
  const low = mix32(high + Math.imul(seed, 0x9e37_79b1));
  return ((high >>> 0) * 1_048_576 + (low >>> 12) + 0.5) * TWO_TO_MINUS_52;
}

/** The 32-bit key of a purpose's name for `uniformFrom`: FNV-1a over its UTF-16 units, mixed. */
export function purposeKey(name: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x0100_0193);
  return mix32(hash) >>> 0;
}

const TWO_32 = 4_294_967_296;
const TWO_TO_MINUS_52 = 2 ** -52;

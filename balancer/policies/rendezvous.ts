import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { mixEnd, mixFirst, mixWord } from '../hashes/mix.ts';
import { hash32 } from '../hashes/xxhash.ts';
import { logOfUniform32 } from '../numbers/log.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

class Rendezvous implements Policy {
  #backends = new Int32Array(0);
  /** What the id's hash is turned into by `mixWord`. */
  #idWord = new Int32Array(0);
  #weight = new Float64Array(0);
  #isUniform = true;

  rebuild(pool: BackendPool): void {
    const count = pool.eligibleCount;
    this.#backends = Int32Array.from({ length: count }, (_, i) => pool.eligibleAt(i));
    const wordOf = (b: number) => mixWord(hash32(pool.id(b as BackendIndex)));
    this.#idWord = Int32Array.from(this.#backends, wordOf);
    this.#weight = Float64Array.from(this.#backends, (b) => pool.weight(b as BackendIndex));
    this.#isUniform = this.#weight.every((weight) => weight === this.#weight[0]);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const count = this.#backends.length;
    if (count === 0) return NO_BACKEND;
    const state = mixFirst(keyHash);
    let position = this.#isUniform ? this.#greatestHash(state) : this.#best(state);
    // The a-th best is the best of those that come behind the one before it.
    for (let rank = attempt % count; rank > 0; rank--) {
      position = this.#bestBelow(state, this.#score(state, position), position);
    }
    return this.#backends[position]! as BackendIndex;
  }

  /** Equal weights need no logarithm: −w ÷ ln u grows with u. */
  #greatestHash(state: number): number {
    const idWord = this.#idWord;
    let best = 0;
    let greatest = -1;
    for (let i = 0; i < idWord.length; i++) {
      const hash = mixEnd(state, idWord[i]!);
      if (hash <= greatest) continue;
      best = i;
      greatest = hash;
    }
    return best;
  }

  /** As −ln u ≥ 1 − u, a score is at most w ÷ (1 − u): most are out without a logarithm. */
  #best(state: number): number {
    const idWord = this.#idWord;
    const weight = this.#weight;
    let best = 0;
    let bestScore = -Infinity;
    let reach = Infinity;
    for (let i = 0; i < idWord.length; i++) {
      const hash = mixEnd(state, idWord[i]!);
      if (hash + reach * weight[i]! < 2 ** 32 - 1) continue;
      const score = -weight[i]! / logOfUniform32(hash);
      if (score <= bestScore) continue;
      best = i;
      bestScore = score;
      // A little more than the score's own rounding, so that nothing is left out by it.
      reach = (2 ** 32 / score) * (1 + 1e-9);
    }
    return best;
  }

  /** Best position that ranks behind (`ceiling`, `above`): a lower score, or equal and later. */
  #bestBelow(state: number, ceiling: number, above: number): number {
    const count = this.#backends.length;
    let best = -1;
    let bestScore = -Infinity;
    for (let i = 0; i < count; i++) {
      const score = this.#score(state, i);
      if (score <= bestScore) continue;
      if (score > ceiling || (score === ceiling && i <= above)) continue;
      best = i;
      bestScore = score;
    }
    return best;
  }

  #score(state: number, position: number): number {
    const hash = mixEnd(state, this.#idWord[position]!);
    return this.#isUniform ? hash : -this.#weight[position]! / logOfUniform32(hash);
  }
}

/**
 * Rendezvous or highest-random-weight hashing (Thaler & Ravishankar 1998), with weights by the
 * logarithmic method (Schindelhauer & Schomaker 2005): every backend scores −w ÷ ln u for a key,
 * u its hash with the key, and the highest wins. Shares are exactly proportional, and a change of
 * membership or of a weight moves no key more than it must. Attempt a is the backend of rank a.
 * O(n) a pick.
 */
export const rendezvous = definePolicy({
  name: 'rendezvous',
  summary: 'Every backend scores each key by a hash, in proportion to weight; the highest wins.',
  options: z.strictObject({}),
  consistent: true,
  create: () => new Rendezvous(),
});

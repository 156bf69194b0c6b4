import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { hash32, mix32 } from '../hash.ts';
import { logOfUniform32 } from '../log.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

class Rendezvous implements Policy {
  #backends = new Int32Array(0);
  #idHash = new Uint32Array(0);
  #weight = new Float64Array(0);
  #isUniform = true;

  rebuild(pool: BackendPool): void {
    const count = pool.eligibleCount;
    this.#backends = Int32Array.from({ length: count }, (_, i) => pool.eligibleAt(i));
    this.#idHash = Uint32Array.from(this.#backends, (b) => hash32(pool.id(b as BackendIndex)));
    this.#weight = Float64Array.from(this.#backends, (b) => pool.weight(b as BackendIndex));
    this.#isUniform = this.#weight.every((weight) => weight === this.#weight[0]);
  }

  pick({ keyHash, attempt }: PickRequest): BackendIndex {
    const count = this.#backends.length;
    if (count === 0) return NO_BACKEND;
    let ceiling = Infinity;
    let position = -1;
    // The a-th best is the best of those that come behind the one before it.
    for (let rank = attempt % count; rank >= 0; rank--) {
      position = this.#bestBelow(keyHash, ceiling, position);
      ceiling = this.#score(keyHash, position);
    }
    return this.#backends[position]! as BackendIndex;
  }

  /** Best position that ranks behind (`ceiling`, `above`): a lower score, or equal and later. */
  #bestBelow(keyHash: number, ceiling: number, above: number): number {
    const count = this.#backends.length;
    let best = -1;
    let bestScore = -Infinity;
    for (let i = 0; i < count; i++) {
      const score = this.#score(keyHash, i);
      if (score <= bestScore) continue;
      if (score > ceiling || (score === ceiling && i <= above)) continue;
      best = i;
      bestScore = score;
    }
    return best;
  }

  /** Equal weights need no logarithm: −w ÷ ln u grows with u. */
  #score(keyHash: number, position: number): number {
    const hash = mix32(keyHash, this.#idHash[position]!);
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

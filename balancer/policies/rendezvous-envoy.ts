import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { envoyScore, FAST_LOG_ERROR, TOP_RANGE, xorshiftStarTop } from '../hashes/envoy-score.ts';
import { mix32 } from '../hashes/mix.ts';
import { hash64 } from '../hashes/xxhash.ts';
import { EnvoyBoundedLoad, hashBalanceFactor } from '../layers/envoy-bounded-load.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';

/** The lower word of the 64-bit hash is another hash of the key. */
const LOWER_SALT = 1;

class RendezvousEnvoy implements Policy {
  #backends = new Int32Array(0);
  #hostHigh = new Int32Array(0);
  #hostLow = new Int32Array(0);
  #weight = new Float64Array(0);

  rebuild(pool: BackendPool): void {
    const count = pool.eligibleCount;
    this.#backends = Int32Array.from({ length: count }, (_, i) => pool.eligibleAt(i));
    const hashes = Array.from(this.#backends, (b) => hash64(pool.id(b as BackendIndex)));
    this.#hostHigh = Int32Array.from(hashes, (hash) => Number(hash >> 32n) | 0);
    this.#hostLow = Int32Array.from(hashes, (hash) => Number(hash & 0xffffffffn) | 0);
    this.#weight = Float64Array.from(this.#backends, (b) => pool.weight(b as BackendIndex));
  }

  pick({ keyHash, keyLow = -1, attempt }: PickRequest): BackendIndex {
    const count = this.#backends.length;
    if (count === 0) return NO_BACKEND;
    const low = keyLow < 0 ? mix32(keyHash, LOWER_SALT) : keyLow;
    const rank = attempt % count;
    let position = this.#best(keyHash, low);
    let ceiling = rank === 0 ? 0 : this.#score(keyHash, low, position);
    for (let left = rank; left > 0; left--) {
      position = this.#bestBelow(keyHash, low, ceiling, position);
      ceiling = this.#score(keyHash, low, position);
    }
    return this.#backends[position]! as BackendIndex;
  }

  /**
   * The position of the greatest score, the first on a tie. As −ln u ≥ 1 − u, a score is at most w
   * ÷ (1 − u) but for the logarithm's error: the upper bits of u rule most backends out.
   */
  #best(keyHigh: number, keyLow: number): number {
    // As integers, once: they come as doubles.
    const high = keyHigh | 0;
    const low = keyLow | 0;
    const hostHigh = this.#hostHigh;
    const hostLow = this.#hostLow;
    const weight = this.#weight;
    let best = 0;
    let bestScore = -Infinity;
    let reach = Infinity;
    for (let i = 0; i < hostHigh.length; i++) {
      const top = xorshiftStarTop(high ^ hostHigh[i]!, low ^ hostLow[i]!);
      if (top + reach * weight[i]! < TOP_RANGE - 1) continue;
      const score = this.#score(high, low, i);
      if (score <= bestScore) continue;
      best = i;
      bestScore = score;
      // Twice the error leaves room for rounding.
      reach = TOP_RANGE / (score * (1 - 2 * FAST_LOG_ERROR));
    }
    return best;
  }

  /** Best position that ranks behind (`ceiling`, `above`): a lower score, or equal and later. */
  #bestBelow(high: number, low: number, ceiling: number, above: number): number {
    let best = -1;
    let bestScore = -Infinity;
    for (let i = 0; i < this.#backends.length; i++) {
      const score = this.#score(high, low, i);
      if (best >= 0 && score <= bestScore) continue;
      if (score > ceiling || (score === ceiling && i <= above)) continue;
      best = i;
      bestScore = score;
    }
    return best;
  }

  #score(high: number, low: number, i: number): number {
    return envoyScore(high, low, this.#hostHigh[i]!, this.#hostLow[i]!, this.#weight[i]!);
  }
}

/**
 * Envoy's rendezvous hash: `rendezvous` with XXH64 of the id, xorshift* and a fast logarithm, whose
 * error of up to 1 % shows in the shares of unequal weights. Attempt a is the backend of rank a;
 * the original hashes anew and may repeat one. O(n) a pick.
 */
export const rendezvousEnvoy = definePolicy({
  name: 'rendezvous-envoy',
  summary: 'Rendezvous hashing in Envoy’s arithmetic: XXH64, xorshift* and a fast logarithm.',
  options: z.strictObject({ hash_balance_factor: hashBalanceFactor() }),
  consistent: true,
  hashKey64: (text) => hash64(text),
  create: (options) => EnvoyBoundedLoad.around(new RendezvousEnvoy(), options.hash_balance_factor),
});

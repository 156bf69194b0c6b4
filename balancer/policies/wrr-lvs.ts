import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { definePolicy, type Policy } from '../policy.ts';

/** Fractions of weights are kept to a 256th of the greatest: LVS and Traefik know whole ones. */
const FRACTIONS = 256;

class InterleavedRoundRobin implements Policy {
  #pool: BackendPool | undefined;
  /** By position: whole weights, divided by what they have in common. */
  #weights = new Int32Array(0);
  #greatest = 0;
  /** Position of the last pick. */
  #position = -1;
  /** The weight that is needed to be picked in this round; falls by one a round. */
  #threshold = 0;

  /** The round goes on; it starts anew if its threshold is above every weight. */
  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const count = pool.eligibleCount;
    const given = Array.from({ length: count }, (_, i) => pool.weight(pool.eligibleAt(i)));
    this.#weights = Int32Array.from(reduced(given));
    this.#greatest = Math.max(0, ...this.#weights);
    this.#threshold = Math.min(this.#threshold, this.#greatest);
    if (this.#position >= count) this.#position = -1;
  }

  pick(): BackendIndex {
    const weights = this.#weights;
    if (weights.length === 0) return NO_BACKEND;
    let position = this.#position;
    do {
      position++;
      if (position === weights.length) position = 0;
      if (position === 0) {
        this.#threshold = this.#threshold <= 1 ? this.#greatest : this.#threshold - 1;
      }
    } while (weights[position]! < this.#threshold);
    this.#position = position;
    return this.#pool!.eligibleAt(position);
  }
}

/** In whole numbers without a common divisor. */
function reduced(weights: readonly number[]): number[] {
  const unit = weights.every(Number.isInteger) ? 1 : Math.max(...weights) / FRACTIONS;
  const whole = weights.map((weight) => Math.max(1, Math.round(weight / unit)));
  const divisor = whole.reduce(greatestCommonDivisor, 0);
  return whole.map((weight) => weight / divisor);
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/**
 * The classic weighted round robin, interleaved by a falling threshold: Linux's LVS (`ip_vs_wrr.c`)
 * and Traefik, for HTTP until traefik#6206 (2020), for TCP still. A round takes everybody whose
 * weight reaches the threshold, which falls by the common divisor from round to round and starts
 * again at the greatest weight. So a heavy backend is picked alone until the light ones come in:
 * weights 11 and 3 give a a a a a a a a a b a b a b (traefik#6205). O(n) a pick at worst.
 */
export const wrrLvs = definePolicy({
  name: 'wrr-lvs',
  summary: 'Takes backends in turn by weight, a heavy one many times in a row (LVS, Traefik).',
  options: z.strictObject({}),
  create: () => new InterleavedRoundRobin(),
});

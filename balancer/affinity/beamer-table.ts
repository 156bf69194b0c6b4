import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Clock } from '../ports.ts';
import type { ForwardingTable } from './forwarding.ts';

/**
 * Beamer (Olteanu et al., NSDI 2018): muxes without state hash flows to buckets; a bucket names its
 * server, the one before, and when it changed hands. Packets carry all three, and a server that has
 * no such connection passes them on to the one before ("daisy chaining"), for some time after the
 * change (240 s by default in their kernel module, beamer-mod). A flow breaks when its bucket
 * changes twice within its life, or when it outlives that time.
 */
export class BeamerTable implements ForwardingTable {
  readonly #clock: Clock;
  readonly #chainNs: number;
  readonly #present: Int32Array;
  readonly #previous: Int32Array;
  readonly #changedNs: Float64Array;

  /** Packets are passed on until `chainNs` after a change; buckets belong to nobody yet. */
  constructor(bucketCount: number, clock: Clock, chainNs: number) {
    if (!(bucketCount >= 1)) throw new RangeError('a table needs buckets');
    this.#clock = clock;
    this.#chainNs = chainNs;
    this.#present = new Int32Array(bucketCount).fill(NO_BACKEND);
    this.#previous = new Int32Array(bucketCount).fill(NO_BACKEND);
    this.#changedNs = new Float64Array(bucketCount).fill(-Infinity);
  }

  get bucketCount(): number {
    return this.#present.length;
  }

  /** Gives each bucket to whom `targetOf` names, for instance a hashing policy by its number. */
  follow(targetOf: (bucket: number) => BackendIndex): void {
    for (let bucket = 0; bucket < this.bucketCount; bucket++) {
      const target = targetOf(bucket);
      const present = this.#present[bucket]!;
      if (target === present) continue;
      this.#previous[bucket] = present;
      this.#present[bucket] = target;
      this.#changedNs[bucket] = this.#clock.nowNs;
    }
  }

  first(flow: number): BackendIndex {
    return this.#present[flow % this.bucketCount]! as BackendIndex;
  }

  second(flow: number): BackendIndex {
    const bucket = flow % this.bucketCount;
    const isRecent = this.#clock.nowNs - this.#changedNs[bucket]! <= this.#chainNs;
    return isRecent ? (this.#previous[bucket]! as BackendIndex) : NO_BACKEND;
  }
}

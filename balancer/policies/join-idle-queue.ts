import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { AliasTable } from '../draws/alias-table.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

class JoinIdleQueue implements Policy {
  readonly #random: RandomSource;
  readonly #draw = new AliasTable();
  #pool: BackendPool | undefined;
  /** The idle ones in the order in which they became idle: a ring, each slot at most once. */
  #queue = new Int32Array(0);
  #isQueued = new Uint8Array(0);
  #head = 0;
  #count = 0;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  /** Whoever waits keeps its place; those that are idle and new go behind, in order of index. */
  rebuild(pool: BackendPool): void {
    const old = { queue: this.#queue, head: this.#head, count: this.#count };
    this.#pool = pool;
    this.#draw.rebuild(pool);
    this.#queue = new Int32Array(Math.max(1, pool.slotCount));
    this.#isQueued = new Uint8Array(pool.slotCount);
    this.#head = 0;
    this.#count = 0;
    for (let i = 0; i < old.count; i++) {
      this.#enlist(old.queue[(old.head + i) % old.queue.length]! as BackendIndex);
    }
    for (let i = 0; i < pool.eligibleCount; i++) this.#enlist(pool.eligibleAt(i));
  }

  pick(): BackendIndex {
    while (this.#count > 0) {
      const backend = this.#queue[this.#head]! as BackendIndex;
      this.#head = this.#head + 1 === this.#queue.length ? 0 : this.#head + 1;
      this.#count--;
      this.#isQueued[backend] = 0;
      if (this.#isIdle(backend)) return backend;
    }
    return this.#pool!.eligibleCount === 0 ? NO_BACKEND : this.#draw.draw(this.#random);
  }

  onFinish(backend: BackendIndex): void {
    if (backend < this.#isQueued.length) this.#enlist(backend);
  }

  #enlist(backend: BackendIndex): void {
    if (this.#isQueued[backend] === 1 || !this.#isIdle(backend)) return;
    this.#queue[(this.#head + this.#count++) % this.#queue.length] = backend;
    this.#isQueued[backend] = 1;
  }

  #isIdle(backend: BackendIndex): boolean {
    return this.#pool!.isEligible(backend) && this.#pool!.inFlight(backend) === 0;
  }
}

/**
 * Join the idle queue (Lu et al. 2011), with this balancer as the one dispatcher: the backend that
 * has been idle longest, or one drawn in proportion to weight when none is. O(1) a pick, and at a
 * light load no request waits behind another.
 */
export const joinIdleQueue = definePolicy({
  name: 'join-idle-queue',
  summary: 'Takes the backend that has been idle longest, or one at random when none is.',
  options: z.strictObject({}),
  create: (_options, { random }) => new JoinIdleQueue(random),
});

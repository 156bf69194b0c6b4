import { grown } from '../kernel/columns.ts';

export type FetchIndex = number & { readonly brand: 'FetchIndex' };

export const NO_FETCH = -1 as FetchIndex;

/** Which cache a fetch fills: that of an edge server, or that of a shield server. */
export const Tier = { Edge: 0, Shield: 1 } as const;
export type Tier = (typeof Tier)[keyof typeof Tier];

/**
 * The table of fetches: one slot for each time a cache asks for what it has not, from the moment of
 * the miss to the moment the answer is back. Those who wait for it, requests or fetches of the tier
 * below, form a list through their `nextWaiter`.
 */
export class Fetches {
  capacity: number;
  inFlightCount = 0;
  #firstFree = 0;

  /** Cache that asked: its tier, POP and server (over all servers of the world; −1 = free slot). */
  tier: Uint8Array;
  pop: Int32Array;
  server: Int32Array;
  object: Int32Array;
  classIndex: Uint8Array;
  sizeBytes: Float64Array;
  keyHash: Uint32Array;
  /** Of the request that caused it: its draws follow from it. */
  seed: Uint32Array;
  /** 1 = nothing is kept, nobody may join. */
  isPass: Uint8Array;
  /** Shield POP it goes to; −1 = straight to the origin. */
  shieldPop: Int32Array;
  /** The shield's fetch that this one waits for; −1 without. */
  awaits: Int32Array;
  /** 1 = the cache that asked has lost its memory: the fetch fills nothing, and is not retried. */
  isForsaken: Uint8Array;
  /** Server of the shield POP, its balancer, and the visit there or at the origin; −1 without. */
  shieldServer: Int32Array;
  balancer: Int32Array;
  visit: Int32Array;
  origin: Int32Array;
  /** Origin's server as its balancer knows it; −1 without. */
  originBackend: Int32Array;
  /** The origin's count of losses when the attempt arrived there. */
  originLossCount: Int32Array;
  attempt: Uint8Array;
  startedNs: Float64Array;
  /** When the present attempt at the origin began. */
  attemptNs: Float64Array;
  /** 1 when the answer under way back is a failure. */
  hasFailed: Uint8Array;
  firstWaiter: Int32Array;
  lastWaiter: Int32Array;
  /** Next waiter of the same fetch above, or next free slot. */
  nextWaiter: Int32Array;
  generation: Uint16Array;

  constructor(capacity = 256) {
    this.capacity = capacity;
    this.tier = new Uint8Array(capacity);
    this.pop = new Int32Array(capacity);
    this.server = new Int32Array(capacity).fill(NO_FETCH);
    this.object = new Int32Array(capacity);
    this.classIndex = new Uint8Array(capacity);
    this.sizeBytes = new Float64Array(capacity);
    this.keyHash = new Uint32Array(capacity);
    this.seed = new Uint32Array(capacity);
    this.isPass = new Uint8Array(capacity);
    this.shieldPop = new Int32Array(capacity);
    this.awaits = new Int32Array(capacity);
    this.isForsaken = new Uint8Array(capacity);
    this.shieldServer = new Int32Array(capacity);
    this.balancer = new Int32Array(capacity);
    this.visit = new Int32Array(capacity);
    this.origin = new Int32Array(capacity);
    this.originBackend = new Int32Array(capacity);
    this.originLossCount = new Int32Array(capacity);
    this.attempt = new Uint8Array(capacity);
    this.startedNs = new Float64Array(capacity);
    this.attemptNs = new Float64Array(capacity);
    this.hasFailed = new Uint8Array(capacity);
    this.firstWaiter = new Int32Array(capacity);
    this.lastWaiter = new Int32Array(capacity);
    this.nextWaiter = new Int32Array(capacity);
    this.generation = new Uint16Array(capacity);
    this.#linkFree(0);
  }

  acquire(): FetchIndex {
    if (this.#firstFree === NO_FETCH) this.#grow();
    const fetch = this.#firstFree;
    this.#firstFree = this.nextWaiter[fetch]!;
    this.nextWaiter[fetch] = NO_FETCH;
    this.firstWaiter[fetch] = NO_FETCH;
    this.lastWaiter[fetch] = NO_FETCH;
    this.shieldPop[fetch] = NO_FETCH;
    this.awaits[fetch] = NO_FETCH;
    this.isForsaken[fetch] = 0;
    this.shieldServer[fetch] = NO_FETCH;
    this.balancer[fetch] = NO_FETCH;
    this.visit[fetch] = NO_FETCH;
    this.originBackend[fetch] = NO_FETCH;
    this.attempt[fetch] = 0;
    this.hasFailed[fetch] = 0;
    this.inFlightCount++;
    return fetch as FetchIndex;
  }

  release(fetch: FetchIndex): void {
    this.supersede(fetch);
    this.server[fetch] = NO_FETCH;
    this.nextWaiter[fetch] = this.#firstFree;
    this.#firstFree = fetch;
    this.inFlightCount--;
  }

  /** Makes every event under way for the fetch stale. */
  supersede(fetch: FetchIndex): void {
    this.generation[fetch] = (this.generation[fetch]! + 1) & 0xffff;
  }

  isCurrent(fetch: number, generation: number): boolean {
    return this.generation[fetch] === generation;
  }

  /** All under way that meet the condition, first begun first. */
  inOrder(isMeant: (fetch: number) => boolean): FetchIndex[] {
    const found: FetchIndex[] = [];
    for (let fetch = 0; fetch < this.capacity; fetch++) {
      if (this.server[fetch] !== NO_FETCH && isMeant(fetch)) found.push(fetch as FetchIndex);
    }
    return found.sort((a, b) => this.startedNs[a]! - this.startedNs[b]! || a - b);
  }

  describe(fetch: number): Record<string, number> {
    return {
      fetch,
      tier: this.tier[fetch]!,
      pop: this.pop[fetch]!,
      server: this.server[fetch]!,
      object: this.object[fetch]!,
      attempt: this.attempt[fetch]!,
    };
  }

  #linkFree(from: number): void {
    for (let slot = from; slot < this.capacity - 1; slot++) this.nextWaiter[slot] = slot + 1;
    this.nextWaiter[this.capacity - 1] = NO_FETCH;
    this.#firstFree = from;
  }

  #grow(): void {
    const from = this.capacity;
    const capacity = from * 2;
    this.capacity = capacity;
    this.tier = grown(this.tier, capacity);
    this.pop = grown(this.pop, capacity);
    this.server = grown(this.server, capacity).fill(NO_FETCH, from);
    this.object = grown(this.object, capacity);
    this.classIndex = grown(this.classIndex, capacity);
    this.sizeBytes = grown(this.sizeBytes, capacity);
    this.keyHash = grown(this.keyHash, capacity);
    this.seed = grown(this.seed, capacity);
    this.isPass = grown(this.isPass, capacity);
    this.shieldPop = grown(this.shieldPop, capacity);
    this.awaits = grown(this.awaits, capacity);
    this.isForsaken = grown(this.isForsaken, capacity);
    this.shieldServer = grown(this.shieldServer, capacity);
    this.balancer = grown(this.balancer, capacity);
    this.visit = grown(this.visit, capacity);
    this.origin = grown(this.origin, capacity);
    this.originBackend = grown(this.originBackend, capacity);
    this.originLossCount = grown(this.originLossCount, capacity);
    this.attempt = grown(this.attempt, capacity);
    this.startedNs = grown(this.startedNs, capacity);
    this.attemptNs = grown(this.attemptNs, capacity);
    this.hasFailed = grown(this.hasFailed, capacity);
    this.firstWaiter = grown(this.firstWaiter, capacity);
    this.lastWaiter = grown(this.lastWaiter, capacity);
    this.nextWaiter = grown(this.nextWaiter, capacity);
    this.generation = grown(this.generation, capacity);
    this.#linkFree(from);
  }
}

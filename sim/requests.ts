import { grown } from './kernel/columns.ts';

/**
 * The table of requests in flight: parallel columns, one slot a client request from its arrival to
 * its end, retries included. Slots are reused; a slot's generation tells an event that is still
 * under way for an earlier tenant or attempt from one for the present.
 *
 * Growing replaces every column, so a column is read through the table, not kept across `acquire`.
 */
export type RequestIndex = number & { readonly brand: 'RequestIndex' };

export const NONE = -1;

/** How a client request ended. */
export const Outcome = {
  Completed: 0,
  /** 5xx from the POP or its origin. */
  Error: 1,
  /** 503: queue or connection limit. */
  Rejected: 2,
  /** The client gave up waiting. */
  Timeout: 3,
  /** No route, refused or reset, and no retry left. */
  Unreachable: 4,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

export const CacheResult = { None: 0, Hit: 1, Miss: 2, Pass: 3, Stale: 4, Collapsed: 5 } as const;
export type CacheResult = (typeof CacheResult)[keyof typeof CacheResult];

/** Generations wrap at 16 bits: an event would have to be under way for 65,536 tenancies. */
const GENERATION_MASK = 0xffff;

export class Requests {
  capacity: number;
  inFlightCount = 0;
  createdCount = 0;
  /** Of the request that ends: client's first packet to first byte of the response. */
  ttfbNs = 0;
  #firstFree = 0;
  /** How long a client waits for an attempt; Infinity if for ever. */
  readonly timeoutNs: number;
  private readonly measuredFromNs: number;
  private readonly measuredUntilNs: number;

  /** Region and class that sent it; region is NONE in a laboratory. */
  region: Int32Array;
  classIndex: Uint8Array;
  /** Client within its region. */
  client: Int32Array;
  /** Object asked for, dense per catalogue; NONE without objects. */
  object: Int32Array;
  /** What hashing policies hash. */
  keyHash: Uint32Array;
  /** Seed of every draw this request makes after its arrival: the same under every strategy. */
  seed: Uint32Array;
  serviceNs: Float64Array;
  sizeBytes: Float64Array;

  /** First packet of the first attempt. */
  arrivedNs: Float64Array;
  /** First packet of the present attempt. */
  attemptNs: Float64Array;
  /** 0 for the first attempt. */
  attempt: Uint8Array;
  /** Address that the present attempt goes to; NONE in a laboratory. */
  prefix: Int32Array;
  /** POP and server (index over all servers of the world) of the present attempt. */
  pop: Int32Array;
  server: Int32Array;
  /** Balancer that counts the present attempt as in flight on `server`; NONE if none does. */
  balancer: Int32Array;
  /** The attempt's place in a server, and the fetch it waits for; NONE where it has none. */
  visit: Int32Array;
  fetch: Int32Array;
  /** Next waiter of the same fetch (encoded owner, see `owners.ts`). */
  nextWaiter: Int32Array;
  /** Network round trip to the POP of the present attempt, and the least over all live POPs. */
  rttNs: Float64Array;
  bestRttNs: Float64Array;
  /** Waiting for server slots, all hops, this attempt. */
  queueWaitNs: Float64Array;
  cacheResult: Uint8Array;
  /** 1 if the attempt opened a connection: its handshake is then part of the service. */
  newConnection: Uint8Array;
  generation: Uint16Array;
  /** Next free slot while this one is free. */
  private nextFree: Int32Array;

  /** Requests that arrive in [measuredFromNs, measuredUntilNs) are measured. */
  constructor(
    timeoutNs = Infinity,
    measuredFromNs = 0,
    measuredUntilNs = Infinity,
    capacity = 1024,
  ) {
    this.timeoutNs = timeoutNs;
    this.measuredFromNs = measuredFromNs;
    this.measuredUntilNs = measuredUntilNs;
    this.capacity = capacity;
    this.region = new Int32Array(capacity);
    this.classIndex = new Uint8Array(capacity);
    this.client = new Int32Array(capacity);
    this.object = new Int32Array(capacity);
    this.keyHash = new Uint32Array(capacity);
    this.seed = new Uint32Array(capacity);
    this.serviceNs = new Float64Array(capacity);
    this.sizeBytes = new Float64Array(capacity);
    this.arrivedNs = new Float64Array(capacity);
    this.attemptNs = new Float64Array(capacity);
    this.attempt = new Uint8Array(capacity);
    this.prefix = new Int32Array(capacity);
    this.pop = new Int32Array(capacity).fill(NONE);
    this.server = new Int32Array(capacity);
    this.balancer = new Int32Array(capacity).fill(NONE);
    this.visit = new Int32Array(capacity).fill(NONE);
    this.fetch = new Int32Array(capacity).fill(NONE);
    this.nextWaiter = new Int32Array(capacity);
    this.rttNs = new Float64Array(capacity);
    this.bestRttNs = new Float64Array(capacity);
    this.queueWaitNs = new Float64Array(capacity);
    this.cacheResult = new Uint8Array(capacity);
    this.newConnection = new Uint8Array(capacity);
    this.generation = new Uint16Array(capacity);
    this.nextFree = new Int32Array(capacity);
    this.#linkFree(0);
  }

  /**
   * A free slot; its columns hold the last tenant's values but for those that mean "nothing yet".
   */
  acquire(): RequestIndex {
    if (this.#firstFree === NONE) this.#grow();
    const request = this.#firstFree;
    this.#firstFree = this.nextFree[request]!;
    this.attempt[request] = 0;
    this.prefix[request] = NONE;
    this.pop[request] = NONE;
    this.balancer[request] = NONE;
    this.visit[request] = NONE;
    this.fetch[request] = NONE;
    this.inFlightCount++;
    this.createdCount++;
    return request as RequestIndex;
  }

  release(request: RequestIndex): void {
    this.supersede(request);
    this.pop[request] = NONE;
    this.nextFree[request] = this.#firstFree;
    this.#firstFree = request;
    this.inFlightCount--;
  }

  /** Begins an attempt: what the one before left is forgotten, its events under way are stale. */
  startAttempt(request: RequestIndex, nowNs: number): void {
    this.supersede(request);
    this.attemptNs[request] = nowNs;
    this.server[request] = NONE;
    this.cacheResult[request] = CacheResult.None;
    this.queueWaitNs[request] = 0;
    this.newConnection[request] = 0;
  }

  /** Makes every event under way for the present attempt stale. */
  supersede(request: RequestIndex): void {
    this.generation[request] = (this.generation[request]! + 1) & GENERATION_MASK;
  }

  isCurrent(request: number, generation: number): boolean {
    return this.generation[request] === generation;
  }

  /** When the client gives the present attempt up; Infinity if never. */
  deadlineNs(request: number): number {
    return this.attemptNs[request]! + this.timeoutNs;
  }

  /** Whether the request arrived in the measured window. */
  isMeasured(request: number): boolean {
    const arrivedNs = this.arrivedNs[request]!;
    return arrivedNs >= this.measuredFromNs && arrivedNs < this.measuredUntilNs;
  }

  describe(request: number): Record<string, number> {
    return {
      request,
      region: this.region[request]!,
      class: this.classIndex[request]!,
      object: this.object[request]!,
      attempt: this.attempt[request]!,
      pop: this.pop[request]!,
      server: this.server[request]!,
      arrivedNs: this.arrivedNs[request]!,
    };
  }

  #linkFree(from: number): void {
    for (let slot = from; slot < this.capacity - 1; slot++) this.nextFree[slot] = slot + 1;
    this.nextFree[this.capacity - 1] = NONE;
    this.#firstFree = from;
  }

  #grow(): void {
    const from = this.capacity;
    const capacity = from * 2;
    this.capacity = capacity;
    this.region = grown(this.region, capacity);
    this.classIndex = grown(this.classIndex, capacity);
    this.client = grown(this.client, capacity);
    this.object = grown(this.object, capacity);
    this.keyHash = grown(this.keyHash, capacity);
    this.seed = grown(this.seed, capacity);
    this.serviceNs = grown(this.serviceNs, capacity);
    this.sizeBytes = grown(this.sizeBytes, capacity);
    this.arrivedNs = grown(this.arrivedNs, capacity);
    this.attemptNs = grown(this.attemptNs, capacity);
    this.attempt = grown(this.attempt, capacity);
    this.prefix = grown(this.prefix, capacity);
    this.pop = grown(this.pop, capacity).fill(NONE, from);
    this.server = grown(this.server, capacity);
    this.balancer = grown(this.balancer, capacity).fill(NONE, from);
    this.visit = grown(this.visit, capacity).fill(NONE, from);
    this.fetch = grown(this.fetch, capacity).fill(NONE, from);
    this.nextWaiter = grown(this.nextWaiter, capacity);
    this.rttNs = grown(this.rttNs, capacity);
    this.bestRttNs = grown(this.bestRttNs, capacity);
    this.queueWaitNs = grown(this.queueWaitNs, capacity);
    this.cacheResult = grown(this.cacheResult, capacity);
    this.newConnection = grown(this.newConnection, capacity);
    this.generation = grown(this.generation, capacity);
    this.nextFree = grown(this.nextFree, capacity);
    this.#linkFree(from);
  }
}

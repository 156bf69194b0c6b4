/**
 * The table of requests in flight: parallel columns, one slot a client request from its arrival to
 * its end, retries included. Slots are reused; a slot's generation tells an event that is still
 * under way for an earlier tenant from one for the present tenant.
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

export class Requests {
  capacity: number;
  inFlightCount = 0;
  createdCount = 0;

  /** Region and class that sent it; region is NONE in a laboratory. */
  region: Int32Array;
  classIndex: Uint8Array;
  /** Client within its region. */
  client: Int32Array;
  /** Object asked for, dense per class set; NONE without objects. */
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
  attempt: Uint8Array;
  /** POP and server (index over all servers of the world) of the present attempt. */
  pop: Int32Array;
  server: Int32Array;
  /** Network round trip to the POP of the present attempt, and the least over all live POPs. */
  rttNs: Float64Array;
  bestRttNs: Float64Array;
  /** Waiting for server slots, all hops, this attempt. */
  queueWaitNs: Float64Array;
  /** Client's first packet to first byte of the response; set when the response is known. */
  ttfbNs: Float64Array;
  cacheResult: Uint8Array;
  /** 1 if the request arrived in the measured window. */
  measured: Uint8Array;
  generation: Uint16Array;

  constructor(capacity = 1024) {
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
    this.pop = new Int32Array(capacity);
    this.server = new Int32Array(capacity);
    this.rttNs = new Float64Array(capacity);
    this.bestRttNs = new Float64Array(capacity);
    this.queueWaitNs = new Float64Array(capacity);
    this.ttfbNs = new Float64Array(capacity);
    this.cacheResult = new Uint8Array(capacity);
    this.measured = new Uint8Array(capacity);
    this.generation = new Uint16Array(capacity);
  }
}

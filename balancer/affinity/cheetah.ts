import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import { mix32 } from '../hashes/mix.ts';

/** TCP timestamps have room for 16 bits (Cheetah §4): so many backends can be told apart. */
const ID_BITS = 16;
const ID_MASK = 2 ** ID_BITS - 1;

/**
 * Cheetah without state (Barbette et al., NSDI 2020): the server hands its client a cookie, its own
 * number XOR a hash of the flow, and every later packet carries it. The balancer computes the
 * server from packet and secret alone. So a flow stays with its server under any policy, and
 * whatever becomes of tables, weights and health, for as long as the number means that server; to
 * others the number looks random.
 */
export class CheetahCookies {
  readonly #secret: number;

  /** The secret is shared by the balancers of a service. */
  constructor(secret: number) {
    this.#secret = secret;
  }

  /** The cookie of a flow that a backend of index below 65,536 serves. */
  cookieOf(flow: number, backend: BackendIndex): number {
    if (!(backend >= 0 && backend <= ID_MASK)) {
      throw new RangeError(`a cookie has ${ID_BITS} bits, too few for backend ${backend}`);
    }
    return backend ^ this.#maskOf(flow);
  }

  /** The backend of a packet; `NO_BACKEND` if `isKnown` knows none of that number. */
  backendOf(
    flow: number,
    cookie: number,
    isKnown: (backend: BackendIndex) => boolean,
  ): BackendIndex {
    const backend = ((cookie ^ this.#maskOf(flow)) & ID_MASK) as BackendIndex;
    return isKnown(backend) ? backend : NO_BACKEND;
  }

  #maskOf(flow: number): number {
    return mix32(flow, this.#secret) & ID_MASK;
  }
}

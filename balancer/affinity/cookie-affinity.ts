import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import { mayKeep } from './may-keep.ts';

export interface CookieAffinityOptions {
  /**
   * What to do when the backend of a cookie is gone: `redispatch` picks another (HAProxy's `option
   * redispatch`, Envoy's stateful session), `strict` answers with `NO_BACKEND` (Envoy's strict
   * mode).
   */
  readonly whenGone?: 'redispatch' | 'strict';
  /** A draining backend keeps its cookies (HAProxy's drain mode); true when absent. */
  readonly keepsDraining?: boolean;
}

/**
 * Affinity by a cookie that names the backend, whatever the policy: the state is with the client,
 * so it survives any change of membership but the loss of the backend itself, and a policy by load
 * decides for new clients only.
 */
export class CookieAffinity {
  readonly #balancer: Balancer;
  readonly #whenGone: 'redispatch' | 'strict';
  readonly #keepsDraining: boolean;

  constructor(balancer: Balancer, options: CookieAffinityOptions = {}) {
    this.#balancer = balancer;
    this.#whenGone = options.whenGone ?? 'redispatch';
    this.#keepsDraining = options.keepsDraining ?? true;
  }

  /** The cookie to set for a backend that was picked. */
  cookieOf(backend: BackendIndex): string {
    return this.#balancer.pool.id(backend);
  }

  /** The backend of the cookie if it may keep its clients, else `NO_BACKEND`. */
  find(cookie: string): BackendIndex {
    const { pool } = this.#balancer;
    const named = pool.find(cookie);
    if (named === NO_BACKEND) return NO_BACKEND;
    const isKept = this.#keepsDraining ? mayKeep(pool, named) : pool.isEligible(named);
    return isKept ? named : NO_BACKEND;
  }

  /**
   * The backend of the cookie, or by the policy without one. Retries do not go where the first try
   * failed. A new cookie is due when the answer's differs.
   */
  pick(cookie: string | undefined, keyHash: number, attempt: number): BackendIndex {
    if (cookie === undefined) return this.#balancer.pick(keyHash, attempt);
    const named = this.find(cookie);
    if (named !== NO_BACKEND && attempt === 0) return named;
    if (this.#whenGone === 'strict') return NO_BACKEND;
    const picked = this.#balancer.pick(keyHash, attempt);
    const isSame = picked === this.#balancer.pool.find(cookie);
    return isSame && attempt > 0 ? this.#balancer.pick(keyHash, attempt + 1) : picked;
  }
}

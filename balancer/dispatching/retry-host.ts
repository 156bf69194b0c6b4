import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';

/** Further picks that a retry may cost (Envoy's `host_selection_retry_max_attempts`). */
export const HOST_SELECTION_ATTEMPTS = 1;

/**
 * Picks for a retry with Envoy's host predicates: a backend that `isRejected` refuses (one that
 * was tried, a canary) is picked again, at most so many times; then it is taken all the same, as a
 * retry is worth more than where it goes. Policies that draw need it; those that look at keys go
 * elsewhere by `attempt`.
 */
export function pickForRetry(
  balancer: Balancer,
  request: { readonly keyHash: number; readonly attempt: number },
  isRejected: (backend: BackendIndex) => boolean,
  attemptsMost: number = HOST_SELECTION_ATTEMPTS,
): BackendIndex {
  let backend = NO_BACKEND;
  for (let again = 0; again <= attemptsMost; again++) {
    backend = balancer.pick(request.keyHash, request.attempt + again);
    if (backend === NO_BACKEND || !isRejected(backend)) break;
  }
  return backend;
}

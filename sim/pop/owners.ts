/**
 * Who waits for a piece of work: a client request or a fetch between caches, in one integer, so
 * that queues and waiting lists hold both. Even = request, odd = fetch; below NO_OWNER, a health
 * probe (`health/probe-visits.ts`).
 */
export const NO_OWNER = -1;

export function ownerOfRequest(request: number): number {
  return request << 1;
}

export function ownerOfFetch(fetch: number): number {
  return (fetch << 1) | 1;
}

export function isFetch(owner: number): boolean {
  return (owner & 1) === 1;
}

/** The request or fetch index behind an owner. */
export function ownerIndex(owner: number): number {
  return owner >> 1;
}

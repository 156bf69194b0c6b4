import type { FetchIndex } from '../pop/fetches.ts';
import { isFetch, NO_OWNER, ownerIndex } from '../pop/owners.ts';
import type { RequestLifecycle } from '../request-lifecycle.ts';
import { NONE, type RequestIndex } from '../requests.ts';
import type { Tables } from '../tables.ts';

/** Servers that lose their memory at one moment: [first, end) over all servers of the world. */
export interface LostServers {
  readonly first: number;
  readonly end: number;
  /** Their POP sees connections reset and answers 5xx; otherwise nobody hears a word. */
  readonly isNoticed: boolean;
}

/**
 * What goes with servers that lose their memory, first come first: the work inside; the copies in
 * their caches; the fetches of their caches, which fill nothing any more; the requests that waited
 * there for a fetch; and the fetches of other POPs that waited there, which then go round.
 */
export function loseServers(tables: Tables, lifecycle: RequestLifecycle, lost: LostServers): void {
  const { stations, caches, fetches, probeVisits } = tables;
  const { fetchLifecycle } = lifecycle;
  for (let server = lost.first; server < lost.end; server++) {
    stations.crash(server, (owner) => {
      if (owner < NO_OWNER) {
        probeVisits.lost(owner, lost.isNoticed);
        return;
      }
      const index = ownerIndex(owner);
      if (isFetch(owner)) fetchLifecycle.shieldCrashed(index as FetchIndex);
      else loseRequest(lifecycle, lost, index as RequestIndex);
    });
    caches.clear(server);
  }
  const isLost = (server: number) => server >= lost.first && server < lost.end;
  for (const fetch of fetches.inOrder((other) => isLost(fetches.server[other]!))) {
    fetches.isForsaken[fetch] = 1;
  }
  for (const request of waitingRequests(tables, isLost)) loseRequest(lifecycle, lost, request);
  fetchLifecycle.sendRoundThoseWaitingAt(isLost);
}

function loseRequest(
  { endings }: RequestLifecycle,
  lost: LostServers,
  request: RequestIndex,
): void {
  if (lost.isNoticed) endings.crashed(request);
  else endings.forsaken(request);
}

/** Requests that wait for a fetch at one of the servers, or for one of its cache's. */
function waitingRequests(
  { requests, fetches }: Tables,
  isLost: (server: number) => boolean,
): RequestIndex[] {
  const waiting: RequestIndex[] = [];
  for (let request = 0; request < requests.capacity; request++) {
    if (requests.pop[request] === NONE) continue;
    const fetch = requests.fetch[request]!;
    if (fetch === NONE) continue;
    const isHere = isLost(requests.server[request]!) || isLost(fetches.server[fetch]!);
    if (isHere) waiting.push(request as RequestIndex);
  }
  return waiting.sort((a, b) => requests.attemptNs[a]! - requests.attemptNs[b]! || a - b);
}

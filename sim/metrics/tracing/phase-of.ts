import { NO_FETCH } from '../../pop/fetches.ts';
import { NO_VISIT } from '../../pop/visits.ts';
import { CacheResult, NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { Phase } from './trace.ts';

/** Where a request is that has reached its POP, read off the tables. */
export function phaseAtPop(tables: Tables, request: RequestIndex): Phase {
  const { requests, stations } = tables;
  const visit = requests.visit[request]!;
  if (visit !== NO_VISIT) {
    return { kind: stations.isWaiting(visit) ? 'queue' : 'service', where: null };
  }
  const fetch = requests.fetch[request]!;
  if (fetch !== NO_FETCH) return phaseOfFetch(tables, request, fetch);
  return { kind: 'silence', where: null };
}

function phaseOfFetch(tables: Tables, request: RequestIndex, fetch: number): Phase {
  const { requests, fetches, pops, origins } = tables;
  if (requests.cacheResult[request] === CacheResult.Collapsed) return { kind: 'wait', where: null };
  const shield = fetches.shieldPop[fetch]!;
  const origin = `origin ${origins.names[fetches.origin[fetch]!]!}`;
  if (shield === NONE) return { kind: 'origin', where: origin };
  const name = `shield ${pops.names[shield]!}`;
  // The shield has not got it either: its own fetch is under way.
  if (fetches.awaits[fetch] !== NONE) return { kind: 'origin', where: `${origin} by ${name}` };
  return { kind: 'shield', where: name };
}

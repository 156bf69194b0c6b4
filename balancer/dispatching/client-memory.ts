import { CookieAffinity } from '../affinity/cookie-affinity.ts';
import { StickTable } from '../affinity/stick-table.ts';
import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { AffinitySettings } from './dispatch-settings.ts';

/** Where a balancer sends clients that come again. */
export interface ClientMemory {
  find(client: number, nowNs: number): BackendIndex;
  store(client: number, backend: BackendIndex, nowNs: number): void;
  /** The backend leaves the pool, and its slot will be another's. */
  forget?(backend: BackendIndex): void;
}

/**
 * The cookies of clients: a proxy reads the request of that client, and writes its answer; a
 * simulator keeps them in jars.
 */
export interface ClientCookies {
  cookieOf(client: number, nowNs: number): string | undefined;
  set(client: number, value: string, nowNs: number): void;
}

/** Reads clients' cookies, and sets them. */
class CookieMemory implements ClientMemory {
  readonly #affinity: CookieAffinity;
  readonly #cookies: ClientCookies;

  constructor(affinity: CookieAffinity, cookies: ClientCookies) {
    this.#affinity = affinity;
    this.#cookies = cookies;
  }

  find(client: number, nowNs: number): BackendIndex {
    const cookie = this.#cookies.cookieOf(client, nowNs);
    return cookie === undefined ? NO_BACKEND : this.#affinity.find(cookie);
  }

  store(client: number, backend: BackendIndex, nowNs: number): void {
    this.#cookies.set(client, this.#affinity.cookieOf(backend), nowNs);
  }
}

/** Throws when cookies are wanted and nobody keeps them. */
export function createClientMemory(
  { by, ttlNs, keepsDraining }: AffinitySettings,
  balancer: Balancer,
  cookies: ClientCookies | undefined,
): ClientMemory {
  if (by === 'client') return new StickTable(Infinity, ttlNs);
  if (cookies === undefined) throw new Error('affinity by cookie needs the cookies of clients');
  return new CookieMemory(new CookieAffinity(balancer, { keepsDraining }), cookies);
}

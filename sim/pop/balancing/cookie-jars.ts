import { NO_BACKEND, type BackendIndex, type CookieAffinity } from '../../../balancer/index.ts';

interface Cookie {
  readonly value: string;
  /** Of the answer that set it last. */
  setNs: number;
}

/** The cookies of a POP's clients, which are good at all of its balancer instances. */
export class CookieJars {
  readonly #maxAgeNs: number;
  readonly #cookies = new Map<number, Cookie>();

  constructor(maxAgeNs: number) {
    this.#maxAgeNs = maxAgeNs;
  }

  cookieOf(client: number, nowNs: number): string | undefined {
    const cookie = this.#cookies.get(client);
    return cookie === undefined || nowNs - cookie.setNs > this.#maxAgeNs ? undefined : cookie.value;
  }

  set(client: number, value: string, nowNs: number): void {
    const cookie = this.#cookies.get(client);
    if (cookie?.value === value) cookie.setNs = nowNs;
    else this.#cookies.set(client, { value, setNs: nowNs });
  }
}

/** Where an instance sends clients that come again. */
export interface ClientMemory {
  find(client: number, nowNs: number): BackendIndex;
  store(client: number, backend: BackendIndex, nowNs: number): void;
}

/** An instance that reads its clients' cookies, and sets them. */
export class CookieMemory implements ClientMemory {
  readonly #affinity: CookieAffinity;
  readonly #jars: CookieJars;

  constructor(affinity: CookieAffinity, jars: CookieJars) {
    this.#affinity = affinity;
    this.#jars = jars;
  }

  find(client: number, nowNs: number): BackendIndex {
    const cookie = this.#jars.cookieOf(client, nowNs);
    return cookie === undefined ? NO_BACKEND : this.#affinity.find(cookie);
  }

  store(client: number, backend: BackendIndex, nowNs: number): void {
    this.#jars.set(client, this.#affinity.cookieOf(backend), nowNs);
  }
}

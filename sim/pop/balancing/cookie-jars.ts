import type { ClientCookies } from '../../../balancer/index.ts';

interface Cookie {
  readonly value: string;
  /** Of the answer that set it last. */
  setNs: number;
}

/** The cookies of a POP's clients, which are good at all of its balancer instances. */
export class CookieJars implements ClientCookies {
  private readonly maxAgeNs: number;
  readonly #cookies = new Map<number, Cookie>();

  constructor(maxAgeNs: number) {
    this.maxAgeNs = maxAgeNs;
  }

  cookieOf(client: number, nowNs: number): string | undefined {
    const cookie = this.#cookies.get(client);
    return cookie === undefined || nowNs - cookie.setNs > this.maxAgeNs ? undefined : cookie.value;
  }

  set(client: number, value: string, nowNs: number): void {
    const cookie = this.#cookies.get(client);
    if (cookie?.value === value) cookie.setNs = nowNs;
    else this.#cookies.set(client, { value, setNs: nowNs });
  }
}

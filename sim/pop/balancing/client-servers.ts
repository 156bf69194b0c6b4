import type { AffinitySpec } from '../../world.ts';

interface Kept {
  server: number;
  usedNs: number;
}

/**
 * Where each client's first request went: a cookie is good at all instances of its POP, a table of
 * addresses at the instance that keeps it.
 */
export class ClientServers {
  readonly #spec: AffinitySpec;
  readonly #kept = new Map<string, Kept>();

  constructor(spec: AffinitySpec) {
    this.#spec = spec;
  }

  /** The client's server, or −1 without one that is still remembered. */
  serverOf(
    place: { readonly pop: number; readonly balancer: number },
    client: string,
    nowNs: number,
  ) {
    const kept = this.#kept.get(this.#key(place, client));
    if (kept === undefined || nowNs - kept.usedNs > this.#spec.ttlNs) return -1;
    return kept.server;
  }

  keep(
    place: { readonly pop: number; readonly balancer: number },
    client: string,
    server: number,
    nowNs: number,
  ): void {
    this.#kept.set(this.#key(place, client), { server, usedNs: nowNs });
  }

  #key({ pop, balancer }: { readonly pop: number; readonly balancer: number }, client: string) {
    return this.#spec.by === 'cookie' ? `${pop}|${client}` : `${balancer}#${client}`;
  }
}

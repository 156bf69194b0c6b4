/** What a client finds when it wants to send a request. */
export const ConnectionState = { Reused: 0, New: 1, Broken: 2 } as const;
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];

const NONE = -1;

/**
 * The connection that each client of each region keeps open: to which address (prefix), which POP
 * holds its state, and when it was last used. A client is the unit that holds a connection; a
 * region has `clientsPerRegion` of them.
 */
export class Connections {
  readonly #clientsPerRegion: number;
  readonly #keepAliveNs: number;
  readonly #prefix: Int32Array;
  readonly #pop: Int32Array;
  readonly #usedNs: Float64Array;

  constructor(regionCount: number, clientsPerRegion: number, keepAliveNs: number) {
    this.#clientsPerRegion = clientsPerRegion;
    this.#keepAliveNs = keepAliveNs;
    this.#prefix = new Int32Array(regionCount * clientsPerRegion).fill(NONE);
    this.#pop = new Int32Array(regionCount * clientsPerRegion).fill(NONE);
    this.#usedNs = new Float64Array(regionCount * clientsPerRegion);
  }

  /** The address that the client's open connection leads to; −1 without an open connection. */
  keptPrefix(region: number, client: number, nowNs: number): number {
    const slot = region * this.#clientsPerRegion + client;
    return nowNs - this.#usedNs[slot]! <= this.#keepAliveNs ? this.#prefix[slot]! : NONE;
  }

  /**
   * Uses or opens the client's connection to an address that the network delivers to `pop`.
   * `Broken`: it has one to the same address whose state another POP holds, so that this one
   * answers with a reset.
   */
  use(region: number, client: number, prefix: number, pop: number, nowNs: number): ConnectionState {
    const slot = region * this.#clientsPerRegion + client;
    const isKept = this.keptPrefix(region, client, nowNs) === prefix;
    const keptPop = this.#pop[slot]!;
    this.#prefix[slot] = prefix;
    this.#pop[slot] = pop;
    this.#usedNs[slot] = nowNs;
    if (!isKept) return ConnectionState.New;
    return keptPop === pop ? ConnectionState.Reused : ConnectionState.Broken;
  }

  /** The POP that holds the state of the client's connection; −1 without one. */
  popOf(region: number, client: number): number {
    return this.#pop[region * this.#clientsPerRegion + client]!;
  }

  /** The client gives its connection up, or the POP closes it. */
  drop(region: number, client: number): void {
    this.#prefix[region * this.#clientsPerRegion + client] = NONE;
  }
}

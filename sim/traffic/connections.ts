/** What a client finds when it wants to send a request. */
export const ConnectionState = { Reused: 0, New: 1, Broken: 2 } as const;
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];

const NO_POP = -1;

/**
 * The connection that each client of each region keeps open: to which POP, and when it was last
 * used. A client is the unit that holds a connection; a region has `clientsPerRegion` of them.
 */
export class Connections {
  readonly #clientsPerRegion: number;
  readonly #keepAliveNs: number;
  readonly #pop: Int16Array;
  readonly #usedNs: Float64Array;

  constructor(regionCount: number, clientsPerRegion: number, keepAliveNs: number) {
    this.#clientsPerRegion = clientsPerRegion;
    this.#keepAliveNs = keepAliveNs;
    this.#pop = new Int16Array(regionCount * clientsPerRegion).fill(NO_POP);
    this.#usedNs = new Float64Array(regionCount * clientsPerRegion);
  }

  /**
   * Uses or opens the client's connection to `pop`. `Broken`: it had a live connection to another
   * POP, whose packets the network now delivers here, where nobody knows them (RST).
   */
  use(region: number, client: number, pop: number, nowNs: number): ConnectionState {
    const slot = region * this.#clientsPerRegion + client;
    const keptPop = this.#pop[slot]!;
    const isAlive = keptPop !== NO_POP && nowNs - this.#usedNs[slot]! <= this.#keepAliveNs;
    this.#pop[slot] = pop;
    this.#usedNs[slot] = nowNs;
    if (!isAlive) return ConnectionState.New;
    return keptPop === pop ? ConnectionState.Reused : ConnectionState.Broken;
  }

  /** The POP of the client's connection, wherever it leads today; −1 without one. */
  popOf(region: number, client: number): number {
    return this.#pop[region * this.#clientsPerRegion + client]!;
  }

  /** The client gives its connection up (timeout, reset). */
  drop(region: number, client: number): void {
    this.#pop[region * this.#clientsPerRegion + client] = NO_POP;
  }
}

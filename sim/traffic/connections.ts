/** What a client finds when it wants to send a request. */
export const ConnectionState = { Reused: 0, New: 1, Broken: 2 } as const;
export type ConnectionState = (typeof ConnectionState)[keyof typeof ConnectionState];

const NONE = -1;

/**
 * A connection is one record of 16 bytes seen through two views of one buffer, as there are many
 * and a request touches all of one:
 *
 *     float64: [usedNs,   –   ]   int32: [–, –, prefix, pop]
 *               0                               2       3
 */
const DOUBLES = 2;
const INTS = 4;
const PREFIX = 2;
const POP = 3;

/**
 * The connection that each client of each region keeps open: to which address (prefix), which POP
 * holds its state, and when it was last used. A client is the unit that holds a connection; a
 * region has `clientsPerRegion` of them.
 */
export class Connections {
  private readonly clientsPerRegion: number;
  private readonly keepAliveNs: number;
  private readonly usedNs: Float64Array;
  private readonly ints: Int32Array;

  constructor(regionCount: number, clientsPerRegion: number, keepAliveNs: number) {
    this.clientsPerRegion = clientsPerRegion;
    this.keepAliveNs = keepAliveNs;
    this.usedNs = new Float64Array(regionCount * clientsPerRegion * DOUBLES);
    this.ints = new Int32Array(this.usedNs.buffer);
    for (let slot = 0; slot < regionCount * clientsPerRegion; slot++) {
      this.ints.fill(NONE, slot * INTS + PREFIX, slot * INTS + INTS);
    }
  }

  /** The address that the client's open connection leads to; −1 without an open connection. */
  keptPrefix(region: number, client: number, nowNs: number): number {
    const slot = region * this.clientsPerRegion + client;
    return nowNs - this.usedNs[slot * DOUBLES]! <= this.keepAliveNs
      ? this.ints[slot * INTS + PREFIX]!
      : NONE;
  }

  /**
   * Uses or opens the client's connection to an address that the network delivers to `pop`.
   * `Broken`: it has one to the same address whose state another POP holds, so that this one
   * answers with a reset.
   */
  use(region: number, client: number, prefix: number, pop: number, nowNs: number): ConnectionState {
    const slot = region * this.clientsPerRegion + client;
    const isKept = this.keptPrefix(region, client, nowNs) === prefix;
    const ints = this.ints;
    const keptPop = ints[slot * INTS + POP]!;
    ints[slot * INTS + PREFIX] = prefix;
    ints[slot * INTS + POP] = pop;
    this.usedNs[slot * DOUBLES] = nowNs;
    if (!isKept) return ConnectionState.New;
    return keptPop === pop ? ConnectionState.Reused : ConnectionState.Broken;
  }

  /** The POP that holds the state of the client's connection; −1 without one. */
  popOf(region: number, client: number): number {
    return this.ints[(region * this.clientsPerRegion + client) * INTS + POP]!;
  }

  /** The client gives its connection up, or the POP closes it. */
  drop(region: number, client: number): void {
    this.ints[(region * this.clientsPerRegion + client) * INTS + PREFIX] = NONE;
  }
}

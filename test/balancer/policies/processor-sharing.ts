/** A request at a server: when it came, whose it is, and the server's virtual time at its end. */
export interface Visit {
  readonly startMs: number;
  readonly client: number;
  readonly endVirtual: number;
}

/**
 * Servers that share their processor equally among all requests inside. Each has a virtual time
 * that runs at speed ÷ requests inside, so that a request ends when it has advanced by its work.
 */
export class SharedProcessors {
  readonly inside: readonly Visit[][];
  readonly #speeds: readonly number[];
  readonly #virtual: Float64Array;
  readonly #seenMs: Float64Array;
  /** When the next request ends, if nothing else happens. */
  readonly #endMs: Float64Array;

  constructor(speeds: readonly number[]) {
    this.#speeds = speeds;
    this.inside = speeds.map(() => []);
    this.#virtual = new Float64Array(speeds.length);
    this.#seenMs = new Float64Array(speeds.length);
    this.#endMs = new Float64Array(speeds.length).fill(Infinity);
  }

  /** The server whose request ends first, and when; −1 and Infinity while all are idle. */
  next(): { readonly server: number; readonly endMs: number } {
    let server = -1;
    let endMs = Infinity;
    this.#endMs.forEach((each, i) => {
      if (each < endMs) [server, endMs] = [i, each];
    });
    return { server, endMs };
  }

  enter(server: number, client: number, workMs: number, nowMs: number): void {
    this.#advance(server, nowMs);
    const endVirtual = this.#virtual[server]! + workMs;
    this.inside[server]!.push({ startMs: nowMs, client, endVirtual });
    this.#foresee(server, nowMs);
  }

  /** The request that ends at a server now. */
  leave(server: number, nowMs: number): Visit {
    this.#advance(server, nowMs);
    const visits = this.inside[server]!;
    const first = visits.reduce((a, b) => (b.endVirtual < a.endVirtual ? b : a));
    visits.splice(visits.indexOf(first), 1);
    this.#foresee(server, nowMs);
    return first;
  }

  #advance(server: number, nowMs: number): void {
    const count = this.inside[server]!.length;
    const elapsedMs = nowMs - this.#seenMs[server]!;
    if (count > 0) this.#virtual[server]! += (elapsedMs * this.#speeds[server]!) / count;
    this.#seenMs[server] = nowMs;
  }

  #foresee(server: number, nowMs: number): void {
    const visits = this.inside[server]!;
    let least = Infinity;
    for (const { endVirtual } of visits) least = Math.min(least, endVirtual);
    const left = least - this.#virtual[server]!;
    this.#endMs[server] = nowMs + (left * visits.length) / this.#speeds[server]!;
    if (visits.length === 0) this.#endMs[server] = Infinity;
  }
}

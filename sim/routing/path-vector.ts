/** A route in an AS's table. `path` lists ASes, next hop first; the AS itself is not in it. */
export interface PathVectorRoute {
  /** Neighbour it was learned from; the AS itself for an own route. */
  readonly from: number;
  readonly path: readonly number[];
  readonly preference: number;
}

export interface PathVectorPolicy {
  /** Local preference of a path offered by `neighbour`, higher is better; null refuses it. */
  prefer(as: number, neighbour: number, path: readonly number[]): number | null;
  /** Extra copies of the AS's own number towards `neighbour`; null does not tell it the route. */
  tell(as: number, neighbour: number, route: PathVectorRoute): number | null;
}

export interface PathVectorOptions {
  readonly asCount: number;
  /** Undirected. */
  readonly links: readonly (readonly [number, number])[];
  readonly policy: PathVectorPolicy;
  /**
   * After preference and path length: `lowest` keeps the route of the lowest neighbour, `all`
   * keeps and tells every tied route (as with ADD-PATH, RFC 7911).
   */
  readonly ties: 'lowest' | 'all';
  /** Rank of a neighbour in ties, its ASN say; the AS's index unless given. */
  readonly rank?: (as: number) => number;
  /**
   * `sent`: one message at a time in order of sending (unless given); `rounds`: all that is on its
   * way arrives before anybody chooses; a random source: one at a time from any session.
   */
  readonly order?: 'sent' | 'rounds' | (() => number);
}

/**
 * BGP as messages: each AS keeps what each neighbour last told it, chooses, and tells neighbours
 * what changed; a newer message on a session replaces one still on its way. Policies are free, so
 * there may be no stable state, or several (Griffin, Shepherd & Wilfong 2002): `run` stops at a
 * limit and says so. Paths that hold the AS itself are dropped. For graphs of up to some thousand
 * ASes; `GaoRexford` finds the stable state of the usual policies directly.
 */
export class PathVector {
  private readonly options: PathVectorOptions;
  /** Per AS: neighbour → what it last told. */
  private readonly heard: Map<number, readonly (readonly number[])[]>[];
  private readonly bests: (readonly PathVectorRoute[])[];
  private readonly originates: Uint8Array;
  private readonly neighbours: Set<number>[];
  /** Sessions with a message on its way, in order of sending: `from/to` → paths. */
  private readonly inFlight = new Map<string, Message>();
  private readonly told: Map<number, string>[];

  constructor(options: PathVectorOptions) {
    this.options = options;
    const perAs = Array.from({ length: options.asCount });
    this.heard = perAs.map(() => new Map());
    this.told = perAs.map(() => new Map());
    this.bests = perAs.map(() => []);
    this.originates = new Uint8Array(options.asCount);
    this.neighbours = perAs.map(() => new Set());
    for (const [a, b] of options.links) {
      this.neighbours[a]!.add(b);
      this.neighbours[b]!.add(a);
    }
  }

  originate(as: number): void {
    this.originates[as] = 1;
    this.choose(as);
  }

  withdraw(as: number): void {
    this.originates[as] = 0;
    this.choose(as);
  }

  linkDown(a: number, b: number): void {
    this.closeSession(a, b);
    this.closeSession(b, a);
    this.choose(a);
    this.choose(b);
  }

  linkUp(a: number, b: number): void {
    this.neighbours[a]!.add(b);
    this.neighbours[b]!.add(a);
    this.tellNeighbours(a);
    this.tellNeighbours(b);
  }

  /** Delivers messages until none is left or `messageMax` were delivered. */
  run(messageMax: number): { readonly converged: boolean; readonly messageCount: number } {
    let messageCount = 0;
    while (this.inFlight.size > 0 && messageCount < messageMax) {
      const messages = this.nextMessages();
      for (const { from, to, paths } of messages) this.heard[to]!.set(from, paths);
      for (const to of new Set(messages.map((message) => message.to))) this.choose(to);
      messageCount += messages.length;
    }
    return { converged: this.inFlight.size === 0, messageCount };
  }

  /** Routes in use, by neighbour; empty without one. More than one only with `ties: 'all'`. */
  best(as: number): readonly PathVectorRoute[] {
    return this.bests[as]!;
  }

  private closeSession(from: number, to: number): void {
    this.neighbours[from]!.delete(to);
    this.heard[from]!.delete(to);
    this.told[from]!.delete(to);
    this.inFlight.delete(`${from}/${to}`);
  }

  private nextMessages(): readonly Message[] {
    const { order = 'sent' } = this.options;
    const sent = [...this.inFlight.values()];
    const messages =
      order === 'rounds' ? sent : [sent[order === 'sent' ? 0 : Math.floor(order() * sent.length)]!];
    for (const { from, to } of messages) this.inFlight.delete(`${from}/${to}`);
    return messages;
  }

  private choose(as: number): void {
    this.bests[as] = this.selectBest(as);
    this.tellNeighbours(as);
  }

  private selectBest(as: number): readonly PathVectorRoute[] {
    if (this.originates[as] === 1) return [{ from: as, path: [], preference: Infinity }];
    const candidates: PathVectorRoute[] = [];
    for (const [from, paths] of this.heard[as]!) {
      for (const path of paths) {
        if (path.includes(as)) continue;
        const preference = this.options.policy.prefer(as, from, path);
        if (preference !== null) candidates.push({ from, path, preference });
      }
    }
    const rank = this.options.rank ?? ((neighbour: number) => neighbour);
    candidates.sort(
      (a, b) =>
        b.preference - a.preference || a.path.length - b.path.length || rank(a.from) - rank(b.from),
    );
    if (this.options.ties === 'lowest') return candidates.slice(0, 1);
    return candidates.filter(
      ({ preference, path }) =>
        preference === candidates[0]!.preference && path.length === candidates[0]!.path.length,
    );
  }

  private tellNeighbours(as: number): void {
    for (const to of this.neighbours[as]!) {
      const paths: number[][] = [];
      for (const route of this.bests[as]!) {
        const prepends = this.options.policy.tell(as, to, route);
        if (prepends === null || route.path.includes(to)) continue;
        paths.push([...Array.from({ length: 1 + prepends }, () => as), ...route.path]);
      }
      const text = paths.map((path) => path.join(' ')).join(',');
      if ((this.told[as]!.get(to) ?? '') === text) continue;
      this.told[as]!.set(to, text);
      const key = `${as}/${to}`;
      this.inFlight.delete(key);
      this.inFlight.set(key, { from: as, to, paths });
    }
  }
}

interface Message {
  readonly from: number;
  readonly to: number;
  readonly paths: readonly (readonly number[])[];
}

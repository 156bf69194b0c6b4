import {
  NO_BACKEND,
  type BackendIndex,
  type Balancer,
  type Outcome as BackendOutcome,
} from '../../balancer/index.ts';
import { NONE } from '../requests.ts';
import type { PopSpec } from '../world.ts';

/** How a POP or a server treats what reaches it. */
export const Condition = {
  Serving: 0,
  /** Gone without a word: what reaches it is never answered. */
  Dark: 1,
  /** Refuses connections (a server whose process is down). */
  Refusing: 2,
  /** Answers 503 at once. */
  Erring: 3,
} as const;
export type Condition = (typeof Condition)[keyof typeof Condition];

/**
 * The table of POPs and their servers, and the load balancers between them. Server indices run over
 * all servers of the world; POP p owns [firstServer(p), firstServer(p + 1)). Each balancer instance
 * sees only the requests it sent itself.
 */
export class Pops {
  readonly count: number;
  readonly serverCount: number;
  readonly names: readonly string[];
  readonly serverNames: readonly string[];
  readonly condition: Uint8Array;
  /** 1 while the POP closes each connection with its next answer, so that clients move away. */
  readonly isDraining: Uint8Array;
  readonly serverCondition: Uint8Array;
  /** Share of a server's answers that are 5xx. */
  readonly errorRatio: Float64Array;
  /** Share of health probes to a server that are lost. */
  readonly probeLossRatio: Float64Array;
  readonly balancers: readonly Balancer[];
  private readonly firstServerByPop: Int32Array;
  private readonly popOfServer: Int32Array;
  private readonly firstBalancer: Int32Array;

  /** `makeBalancer` gives an instance with all servers of the POP as backends, in their order. */
  constructor(
    specs: readonly PopSpec[],
    makeBalancer: (pop: number, instance: number) => Balancer,
  ) {
    this.count = specs.length;
    this.names = specs.map((spec) => spec.name);
    this.firstServerByPop = offsets(specs.map((spec) => spec.servers.length));
    this.serverCount = this.firstServerByPop[specs.length]!;
    this.popOfServer = new Int32Array(this.serverCount);
    this.firstBalancer = offsets(specs.map((spec) => spec.balancerCount));
    this.condition = new Uint8Array(this.count);
    this.isDraining = new Uint8Array(this.count);
    this.serverCondition = new Uint8Array(this.serverCount);
    this.errorRatio = new Float64Array(this.serverCount);
    this.probeLossRatio = new Float64Array(this.serverCount);
    this.serverNames = specs.flatMap((spec) =>
      spec.servers.map(({ name }) => `${spec.name}/${name}`),
    );
    const balancers: Balancer[] = [];
    specs.forEach((spec, pop) => {
      this.popOfServer.fill(pop, this.firstServerByPop[pop]!, this.firstServerByPop[pop + 1]!);
      for (let instance = 0; instance < spec.balancerCount; instance++) {
        balancers.push(makeBalancer(pop, instance));
      }
    });
    this.balancers = balancers;
  }

  firstServer(pop: number): number {
    return this.firstServerByPop[pop]!;
  }

  serverCountOf(pop: number): number {
    return this.firstServerByPop[pop + 1]! - this.firstServerByPop[pop]!;
  }

  popOf(server: number): number {
    return this.popOfServer[server]!;
  }

  /** Whether one of its servers takes requests; `backend` counts within the POP. */
  isServing(pop: number, backend: number): boolean {
    const server = this.firstServerByPop[pop]! + backend;
    return (
      this.condition[pop] === Condition.Serving &&
      this.serverCondition[server] === Condition.Serving
    );
  }

  /** The balancer instance of a POP that a client's packets reach (ECMP by client). */
  balancerFor(pop: number, client: number): number {
    const first = this.firstBalancer[pop]!;
    const count = this.firstBalancer[pop + 1]! - first;
    return count === 1 ? first : first + (client % count);
  }

  popOfBalancer(balancer: number): number {
    let pop = 0;
    while (this.firstBalancer[pop + 1]! <= balancer) pop++;
    return pop;
  }

  balancersOf(pop: number): { readonly first: number; readonly end: number } {
    return { first: this.firstBalancer[pop]!, end: this.firstBalancer[pop + 1]! };
  }

  /** The server that a balancer chooses; NONE when none is eligible. */
  pick(pop: number, balancer: number, keyHash: number, attempt: number): number {
    const backend = this.balancers[balancer]!.pick(keyHash, attempt);
    return backend === NO_BACKEND ? NONE : this.firstServerByPop[pop]! + backend;
  }

  /** Whether an instance may send anything new to a server. */
  mayPick(balancer: number, server: number): boolean {
    return this.balancers[balancer]!.pool.isEligible(this.#backendOf(server));
  }

  started(balancer: number, server: number): void {
    this.balancers[balancer]!.start(this.#backendOf(server));
  }

  finished(balancer: number, server: number, outcome: BackendOutcome, latencyNs: number): void {
    this.balancers[balancer]!.finish(this.#backendOf(server), outcome, latencyNs);
  }

  #backendOf(server: number): BackendIndex {
    return (server - this.firstServerByPop[this.popOfServer[server]!]!) as BackendIndex;
  }
}

/** Running sums, one longer than the counts. */
function offsets(counts: readonly number[]): Int32Array {
  const first = new Int32Array(counts.length + 1);
  counts.forEach((count, index) => {
    first[index + 1] = first[index]! + count;
  });
  return first;
}

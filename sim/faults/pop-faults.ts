import { Condition } from '../pop/pops.ts';
import type { RequestLifecycle } from '../request-lifecycle.ts';
import type { Tables } from '../tables.ts';
import type { EventAction } from '../world.ts';
import { ActiveEffects, product, union } from './active-effects.ts';
import { loseServers } from './losses.ts';
import type { ServerFaults } from './server-faults.ts';

type FailMode = Extract<EventAction, { verb: 'fail' }>['mode'];
type Degradation = Extract<EventAction, { verb: 'degrade' }>;

/** What can happen to a POP as a whole. */
export class PopFaults {
  private readonly tables: Tables;
  private readonly lifecycle: RequestLifecycle;
  private readonly servers: ServerFaults;
  readonly #degradations = new ActiveEffects<Degradation>();
  /** How each POP that is down went down. */
  readonly #failedBy = new Map<number, FailMode>();

  constructor(tables: Tables, lifecycle: RequestLifecycle, servers: ServerFaults) {
    this.tables = tables;
    this.lifecycle = lifecycle;
    this.servers = servers;
  }

  fail(pop: number, mode: FailMode): void {
    const { pops, routing, shields } = this.tables;
    if (this.#failedBy.has(pop)) return;
    this.#failedBy.set(pop, mode);
    if (mode === 'error') pops.condition[pop] = Condition.Erring;
    if (mode === 'power' || mode === 'blackhole') {
      pops.condition[pop] = Condition.Dark;
      this.#loseEverything(pop);
    }
    // A clean failure withdraws first: the POP serves whoever still comes while routes move away.
    if (mode === 'power' || mode === 'clean') routing?.popFailed(pop, mode);
    // BGP does not notice an error page; the DNS authority's health checks do.
    if (mode === 'error') routing?.popHealthChanged(pop, false);
    shields.choose();
  }

  recover(pop: number): void {
    const { pops, routing, shields } = this.tables;
    const mode = this.#failedBy.get(pop);
    if (mode === undefined) return;
    this.#failedBy.delete(pop);
    pops.condition[pop] = Condition.Serving;
    if (mode === 'power' || mode === 'clean') routing?.popRecovered(pop);
    if (mode === 'error') routing?.popHealthChanged(pop, true);
    shields.choose();
  }

  /** All its servers, and its egress. */
  degrade(pop: number, degradation: Degradation): void {
    this.#eachServer(pop, (server) => this.servers.degrade(server, degradation));
    this.#applyToEgress(pop, this.#degradations.begin(pop, degradation));
  }

  restore(pop: number, degradation: Degradation): void {
    this.#eachServer(pop, (server) => this.servers.restore(server, degradation));
    this.#applyToEgress(pop, this.#degradations.end(pop, degradation));
  }

  /** What servers have of their own remains. */
  restoreFully(pop: number): void {
    for (const degradation of this.#degradations.of(pop)) {
      this.#eachServer(pop, (server) => this.servers.restore(server, degradation));
    }
    this.#applyToEgress(pop, this.#degradations.endAll(pop));
  }

  #eachServer(pop: number, act: (server: number) => void): void {
    const { pops } = this.tables;
    const first = pops.firstServer(pop);
    const end = first + pops.serverCountOf(pop);
    for (let server = first; server < end; server++) act(server);
  }

  #applyToEgress(pop: number, active: readonly Degradation[]): void {
    const { backbone } = this.tables;
    const bandwidthFactor = product(active, (effect) => effect.bandwidthFactor);
    const lossRatio = union(active, (effect) => effect.lossRatio);
    backbone.pipes.degrade(backbone.egressPipe(pop), 1, bandwidthFactor, lossRatio);
  }

  /** Requests, queues, fetches and memory caches of a POP that has lost its power. */
  #loseEverything(pop: number): void {
    const { pops } = this.tables;
    const first = pops.firstServer(pop);
    const end = first + pops.serverCountOf(pop);
    loseServers(this.tables, this.lifecycle, { first, end, isNoticed: false });
  }
}

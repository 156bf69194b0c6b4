import { Condition } from '../pop/pops.ts';
import type { RequestLifecycle } from '../request-lifecycle.ts';
import type { Tables } from '../tables.ts';
import type { EventAction } from '../world.ts';
import { ActiveEffects, product, union } from './active-effects.ts';
import { loseServers } from './losses.ts';

type FailMode = Extract<EventAction, { verb: 'fail' }>['mode'];
type Degradation = Extract<EventAction, { verb: 'degrade' }>;

/** What can happen to one server of a POP. */
export class ServerFaults {
  private readonly tables: Tables;
  private readonly lifecycle: RequestLifecycle;
  readonly #degradations = new ActiveEffects<Degradation>();
  private readonly fullSpeed: Float64Array;
  private readonly firstWeight: readonly number[];

  constructor(tables: Tables, lifecycle: RequestLifecycle) {
    const { stations, world } = tables;
    this.tables = tables;
    this.firstWeight = world.pops.flatMap(({ servers }) => servers.map(({ weight }) => weight));
    this.lifecycle = lifecycle;
    this.fullSpeed = Float64Array.from({ length: stations.count }, (_, server) =>
      stations.speed(server),
    );
  }

  fail(server: number, mode: FailMode): void {
    const { pops } = this.tables;
    if (mode === 'error') {
      pops.serverCondition[server] = Condition.Erring;
    } else if (mode === 'clean') {
      // It stops taking connections and finishes what it has.
      pops.serverCondition[server] = Condition.Refusing;
    } else {
      pops.serverCondition[server] = mode === 'power' ? Condition.Refusing : Condition.Dark;
      // Connections of a dead process are reset, which the POP answers with 5xx; others just hang.
      const lost = { first: server, end: server + 1, isNoticed: mode === 'power' };
      loseServers(this.tables, this.lifecycle, lost);
    }
  }

  recover(server: number): void {
    this.tables.pops.serverCondition[server] = Condition.Serving;
  }

  setDrained(server: number, isDrained: boolean): void {
    const { pops, keyMoves, membership } = this.tables;
    membership.setDrained(server, isDrained);
    keyMoves.serverChanged(pops.popOf(server));
  }

  setMember(server: number, isMember: boolean): void {
    const { pops, keyMoves, membership } = this.tables;
    membership.setMember(server, isMember);
    keyMoves.serverChanged(pops.popOf(server));
  }

  /** null is the weight that the scenario gave it. */
  setWeight(server: number, weight: number | null): void {
    const { pops, keyMoves, membership } = this.tables;
    membership.setWeight(server, weight ?? this.firstWeight[server]!);
    keyMoves.serverChanged(pops.popOf(server));
  }

  degrade(server: number, degradation: Degradation): void {
    this.#apply(server, this.#degradations.begin(server, degradation));
  }

  restore(server: number, degradation: Degradation): void {
    this.#apply(server, this.#degradations.end(server, degradation));
  }

  /** Nothing degrades it any more. */
  restoreFully(server: number): void {
    this.#apply(server, this.#degradations.endAll(server));
  }

  #apply(server: number, active: readonly Degradation[]): void {
    const { stations, pops } = this.tables;
    const slowness = product(active, (effect) => effect.serviceTimeFactor);
    stations.setSpeed(server, this.fullSpeed[server]! / slowness);
    pops.errorRatio[server] = union(active, (effect) => effect.errorRatio);
    pops.probeLossRatio[server] = union(active, (effect) => effect.probeLossRatio);
  }
}

import type { FetchIndex } from '../pop/fetches.ts';
import { NO_OWNER, ownerIndex } from '../pop/owners.ts';
import { Condition } from '../pop/pops.ts';
import type { RequestLifecycle } from '../request-lifecycle.ts';
import type { Tables } from '../tables.ts';
import type { EventAction } from '../world.ts';
import { ActiveEffects, product, union } from './active-effects.ts';

type FailMode = Extract<EventAction, { verb: 'fail' }>['mode'];
type Degradation = Extract<EventAction, { verb: 'degrade' }>;

/** What can happen to an origin. */
export class OriginFaults {
  private readonly tables: Tables;
  private readonly lifecycle: RequestLifecycle;
  readonly #degradations = new ActiveEffects<Degradation>();

  constructor(tables: Tables, lifecycle: RequestLifecycle) {
    this.tables = tables;
    this.lifecycle = lifecycle;
  }

  fail(origin: number, mode: FailMode): void {
    const { origins } = this.tables;
    const isDark = mode === 'power' || mode === 'blackhole';
    origins.condition[origin] = isDark
      ? Condition.Dark
      : mode === 'error'
        ? Condition.Erring
        : Condition.Refusing;
    if (isDark) this.#loseEverything(origin);
  }

  recover(origin: number): void {
    this.tables.origins.condition[origin] = Condition.Serving;
  }

  degrade(origin: number, degradation: Degradation): void {
    this.#apply(origin, this.#degradations.begin(origin, degradation));
  }

  restore(origin: number, degradation: Degradation): void {
    this.#apply(origin, this.#degradations.end(origin, degradation));
  }

  /** Nothing degrades it any more. */
  restoreFully(origin: number): void {
    this.#apply(origin, this.#degradations.endAll(origin));
  }

  #apply(origin: number, active: readonly Degradation[]): void {
    const { origins } = this.tables;
    origins.serviceTimeFactor[origin] = product(active, (effect) => effect.serviceTimeFactor);
    origins.errorRatio[origin] = union(active, (effect) => effect.errorRatio);
  }

  /** Fetches inside find out by their timeouts. */
  #loseEverything(origin: number): void {
    const { origins, probeVisits } = this.tables;
    const { originLeg } = this.lifecycle.fetchLifecycle;
    origins.lossCount[origin]!++;
    const first = origins.firstServer(origin);
    const { serverCount } = origins.specs[origin]!;
    for (let server = first; server < first + serverCount; server++) {
      origins.stations.crash(server, (owner) => {
        if (owner < NO_OWNER) probeVisits.lost(owner, false);
        else originLeg.lost(ownerIndex(owner) as FetchIndex);
      });
    }
  }
}

import type { Tables } from '../tables.ts';
import type { EventAction } from '../world.ts';
import { ActiveEffects, product, union } from './active-effects.ts';

type Degradation = Extract<EventAction, { verb: 'degrade' }>;

/** What can happen to a backbone link, both directions alike. */
export class LinkFaults {
  private readonly tables: Tables;
  readonly #degradations = new ActiveEffects<Degradation>();

  constructor(tables: Tables) {
    this.tables = tables;
  }

  setUp(link: number, isUp: boolean): void {
    const { backbone, shields } = this.tables;
    backbone.setLinkUp(link, isUp);
    shields.choose();
  }

  degrade(link: number, degradation: Degradation): void {
    this.#apply(link, this.#degradations.begin(link, degradation));
  }

  restore(link: number, degradation: Degradation): void {
    this.#apply(link, this.#degradations.end(link, degradation));
  }

  /** Nothing degrades it any more. */
  restoreFully(link: number): void {
    this.#apply(link, this.#degradations.endAll(link));
  }

  #apply(link: number, active: readonly Degradation[]): void {
    const { backbone, shields } = this.tables;
    backbone.degradeLink(
      link,
      product(active, (effect) => effect.latencyFactor),
      product(active, (effect) => effect.bandwidthFactor),
      union(active, (effect) => effect.lossRatio),
    );
    shields.choose();
  }
}

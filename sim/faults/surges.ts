import { NONE } from '../requests.ts';
import type { Tables } from '../tables.ts';
import type { ArrivalProcessSpec } from '../traffic/arrivals.ts';
import type { RequestSource } from '../traffic/request-source.ts';
import type { EntityRef, EventSpec } from '../world.ts';
import { ActiveEffects, product } from './active-effects.ts';

/**
 * Crowds: while a surge lasts, its targets (the world, a region, a class) send so many times as
 * many requests; surges on top of each other multiply. Where requests draw their class, a surge of
 * one class is more requests in all, of which that class has the larger share.
 */
export class Surges {
  private readonly tables: Tables;
  private readonly source: RequestSource;
  readonly #ofProcess = new ActiveEffects<EventSpec>();
  readonly #ofClass = new ActiveEffects<EventSpec>();

  /** Throws where a surge is meant to multiply a trace, which has no rate. */
  constructor(tables: Tables, source: RequestSource) {
    const { events, traffic } = tables.world;
    this.tables = tables;
    this.source = source;
    const surge = events.find(({ action }) => action.verb === 'surge');
    if (surge === undefined || traffic.arrivals.law !== 'trace') return;
    throw new Error(`surge at ${surge.atNs} ns: traffic by trace has no rate to multiply`);
  }

  begin(target: EntityRef, event: EventSpec): void {
    this.#change(target, (effects, subject) => effects.begin(subject, event));
  }

  end(target: EntityRef, event: EventSpec): void {
    this.#change(target, (effects, subject) => effects.end(subject, event));
  }

  #change(
    target: EntityRef,
    change: (effects: ActiveEffects<EventSpec>, subject: number) => void,
  ): void {
    const { arrivals, world } = this.tables;
    const drawClass = arrivals.processes.some(({ classIndex }) => classIndex === NONE);
    if (drawClass && target.kind === 'class') {
      const classIndex = world.classes.findIndex(({ name }) => name === target.class);
      change(this.#ofClass, classIndex);
      this.source.setClassFactors(world.classes.map((_, index) => factorOf(this.#ofClass, index)));
      arrivals.processes.forEach((_, process) => this.#apply(process));
      return;
    }
    arrivals.processes.forEach((process, index) => {
      if (!this.#isSource(target, process)) return;
      change(this.#ofProcess, index);
      this.#apply(index);
    });
  }

  #apply(process: number): void {
    const { arrivals, world } = this.tables;
    const { classIndex } = arrivals.processes[process]!;
    const ofClasses = world.classes.reduce(
      (sum, { share }, index) => sum + share * factorOf(this.#ofClass, index),
      0,
    );
    const factor = factorOf(this.#ofProcess, process);
    arrivals.setSurgeFactor(process, classIndex === NONE ? factor * ofClasses : factor);
  }

  #isSource(target: EntityRef, process: ArrivalProcessSpec): boolean {
    const { world, regionNames } = this.tables;
    if (target.kind === 'world') return true;
    if (target.kind === 'class') return world.classes[process.classIndex]!.name === target.class;
    return target.kind === 'region' && regionNames[process.region] === target.region;
  }
}

function factorOf(effects: ActiveEffects<EventSpec>, subject: number): number {
  return product(effects.of(subject), ({ action }) =>
    action.verb === 'surge' ? action.factor : undefined,
  );
}

import type { BackendTable } from '../backend-table.ts';
import type { Timers } from '../ports.ts';
import { PoolSnapshot } from './pool-snapshot.ts';
import { UpdateMerger } from './update-merger.ts';

/** What the tables of a policy cost to build. */
export interface BuildSettings {
  /** Time of one build over so many eligible backends, ns. */
  readonly buildNs: (backendCount: number) => number;
  /** Updates within it are delivered together; 0: each at once. */
  readonly mergeWindowNs: number;
  /** `health`: whoever joins, leaves or drains does not wait for the window (Envoy); `all` do. */
  readonly merges: 'health' | 'all';
  /** Updates that come during a build are built together after it; else each in its turn. */
  readonly coalesces: boolean;
  /**
   * The defect of Envoy 1.38 (envoy#45055, #45212): an update during a build is taken for
   * a part of it, and the table lacks it until the next update that finds no build under way.
   */
  readonly losesUpdates?: boolean;
}

/** Who is told of builds. */
export interface BuildListener {
  buildBegan(): void;
  buildEnded(): void;
  /** From now on the table lacks what has changed since then; null: it lacks nothing. */
  tableLacks(sinceNs: number | null): void;
}

/** A pool to build a table of, and since when the first of its changes has waited. */
interface Order {
  readonly snapshot: PoolSnapshot;
  readonly sinceNs: number;
}

/**
 * Builds the tables of one policy, one after the other, each from the pool as it was when its build
 * began (with `coalesces` off: when it was asked for). Until a build ends, the table before it is
 * in use. Changes of one instant are one update.
 */
export class TableBuilder {
  readonly #pool: BackendTable;
  readonly #timers: Timers;
  readonly #settings: BuildSettings;
  readonly #listener: BuildListener;
  readonly #built: (snapshot: PoolSnapshot) => void;
  /** The oldest change that nobody has begun to build yet; null: there is none. */
  #unbuiltNs: number | null = null;
  /** An update is to be admitted at the end of this instant. */
  #isDue = false;
  #current: Order | null = null;
  /** Without coalescing: what is built next. */
  readonly #orders: Order[] = [];
  /** With coalescing: whether another build follows. */
  #isAgain = false;

  /** `built` gets what the table in use is of; at the end of this instant, the pool as it is. */
  constructor(
    pool: BackendTable,
    timers: Timers,
    settings: BuildSettings,
    listener: BuildListener,
    built: (snapshot: PoolSnapshot) => void,
  ) {
    this.#pool = pool;
    this.#timers = timers;
    this.#settings = settings;
    this.#listener = listener;
    this.#built = built;
    timers.after(0, () => this.#begin());
  }

  /** The first table is there when time begins, and has cost nothing. */
  #begin(): void {
    const { mergeWindowNs, merges } = this.#settings;
    this.#built(new PoolSnapshot(this.#pool));
    const merger = new UpdateMerger(this.#timers, mergeWindowNs, () => this.#request());
    this.#pool.watch((isMembership) => {
      if (this.#unbuiltNs === null) {
        this.#unbuiltNs = this.#timers.nowNs;
        if (this.#current === null) this.#listener.tableLacks(this.#unbuiltNs);
      }
      merger.update(merges === 'all' || !isMembership);
    });
  }

  #request(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#timers.after(0, () => {
      this.#isDue = false;
      this.#admit();
    });
  }

  #admit(): void {
    // What waited for its window may have been built with what did not.
    if (this.#unbuiltNs === null) return;
    if (this.#current === null) this.#build(this.#order());
    else if (this.#settings.losesUpdates === true) return;
    else if (this.#settings.coalesces) this.#isAgain = true;
    else this.#orders.push(this.#order());
  }

  #order(): Order {
    const sinceNs = this.#unbuiltNs!;
    this.#unbuiltNs = null;
    return { snapshot: new PoolSnapshot(this.#pool), sinceNs };
  }

  #build(order: Order): void {
    this.#current = order;
    this.#listener.buildBegan();
    const { eligibleCount } = order.snapshot;
    this.#timers.after(this.#settings.buildNs(eligibleCount), () => this.#ended(order));
  }

  #ended({ snapshot }: Order): void {
    this.#current = null;
    this.#built(snapshot);
    this.#listener.buildEnded();
    const next = this.#next();
    this.#listener.tableLacks(next?.sinceNs ?? this.#unbuiltNs);
    if (next !== null) this.#build(next);
  }

  #next(): Order | null {
    const first = this.#orders.shift();
    if (first !== undefined) return first;
    const isWanted = this.#isAgain && this.#unbuiltNs !== null;
    this.#isAgain = false;
    return isWanted ? this.#order() : null;
  }
}

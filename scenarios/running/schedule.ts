import type { RunResult } from '../../sim/index.ts';
import { isPrecise } from '../statistics/index.ts';
import type { Precision } from './run-request.ts';

export interface ScheduleOptions {
  readonly strategies: readonly string[];
  readonly replications: { readonly least: number; readonly most: number };
  readonly precision: Precision | null;
  readonly workers: number;
}

export interface Slot {
  readonly plan: number;
  readonly replication: number;
}

type State = 'open' | 'under way' | 'lost' | RunResult;

/**
 * Which replication is next, and when there are enough. All strategies go in lock-step: whether to
 * stop is asked after each whole round, by the first R rounds alone, so the answer does not depend
 * on workers, on their luck, or on a resume. Beyond `least`, rounds are begun ahead of the answer
 * to keep the workers busy; what turns out not to be needed stays in the log and out of the
 * summary.
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  /** By plan, then by replication. */
  readonly #states: State[][];
  /** Rounds for which "not enough yet" is decided. */
  #roundsJudged = 0;
  #enough: number | null = null;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#states = options.strategies.map(() =>
      Array.from({ length: options.replications.most }, (): State => 'open'),
    );
    this.#judge();
  }

  /** The replications each strategy gets, once that is decided; null before. */
  get enough(): number | null {
    return this.#enough;
  }

  /** The next replication to begin, marked as begun; null when all that may be begun is. */
  next(): Slot | null {
    const limit = this.#enough ?? this.#horizon();
    for (let replication = 0; replication < limit; replication++) {
      for (let plan = 0; plan < this.#states.length; plan++) {
        if (this.#states[plan]![replication] !== 'open') continue;
        this.#states[plan]![replication] = 'under way';
        return { plan, replication };
      }
    }
    return null;
  }

  finish({ plan, replication }: Slot, result: RunResult | 'lost'): void {
    // A log of a run with a larger maximum may hold more than this one wants.
    if (replication >= this.#options.replications.most) return;
    this.#states[plan]![replication] = result;
    this.#judge();
  }

  /** Finished replications of a strategy in order; only those that count once `enough` is known. */
  results(plan: number): RunResult[] {
    const counted = this.#states[plan]!.slice(0, this.#enough ?? this.#options.replications.most);
    return counted.filter((state): state is RunResult => typeof state === 'object');
  }

  #horizon(): number {
    const { replications, strategies, workers } = this.#options;
    const ahead = Math.ceil(workers / strategies.length);
    return Math.min(
      replications.most,
      Math.max(replications.least, this.#roundsJudged + 1 + ahead),
    );
  }

  #judge(): void {
    const { least, most } = this.#options.replications;
    while (this.#enough === null && this.#isRoundOver(this.#roundsJudged)) {
      const rounds = ++this.#roundsJudged;
      if (rounds === most || (rounds >= least && this.#isPreciseAfter(rounds)))
        this.#enough = rounds;
    }
  }

  #isRoundOver(round: number): boolean {
    return this.#states.every(
      (states) => states[round] === 'lost' || typeof states[round] === 'object',
    );
  }

  #isPreciseAfter(rounds: number): boolean {
    const { precision } = this.#options;
    if (precision === null) return false;
    return this.#states.every((states) =>
      isPrecise(
        valuesOf(states.slice(0, rounds), precision.metric),
        precision.relative,
        precision.confidence,
      ),
    );
  }
}

function valuesOf(states: readonly State[], metric: string): number[] {
  return states.flatMap((state) => {
    const value = typeof state === 'object' ? state.metrics[metric] : undefined;
    return typeof value === 'number' ? [value] : [];
  });
}

import type { Comparison } from '../../sim/index.ts';
import { strategiesOf } from './compare-results.ts';
import { compareWithBaseline, type StrategyResults } from './comparisons.ts';
import type { StoredResults } from './load-results.ts';

/**
 * The comparisons of a report against any of its strategies in place of its baseline: the same
 * metrics and events, from the replications that the report counts. "No worse" is not among the
 * verdicts: its margins are those of thresholds, which name the report's baseline.
 */
export class OtherBaselines {
  readonly #results: StoredResults;
  /** The log is read once, when somebody first asks. */
  #strategies: Promise<readonly StrategyResults[]> | null = null;

  constructor(results: StoredResults) {
    this.#results = results;
  }

  /** Rejects with a FolderError (4) where the log of replications cannot be read. */
  async comparisonsAgainst(baseline: string): Promise<readonly Comparison[]> {
    const { summary } = this.#results;
    this.#strategies ??= strategiesOf([this.#results]);
    return compareWithBaseline({
      strategies: await this.#strategies,
      baseline,
      metrics: [...new Set(summary.comparisons.map(({ metric }) => metric))],
      events: [...new Set(summary.comparisons.flatMap(({ during }) => during ?? []))],
      margins: new Map(),
    });
  }
}

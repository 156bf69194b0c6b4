import type { Comparison, Ranking } from '../../sim/index.ts';
import { FolderError } from '../running/folder-error.ts';
import { replicationSeed } from '../running/replication-seed.ts';
import { compareWithBaseline, type StrategyResults } from './comparisons.ts';
import { loadReplications, loadResults, type StoredResults } from './load-results.ts';
import { rank } from './rankings.ts';
import { nearestName } from '../suggest.ts';

export interface CompareOptions {
  /** Name of the strategy the others are compared with; the first folder's baseline by default. */
  readonly baseline?: string;
  /** Keys of metrics; those the first folder compared by default. */
  readonly metrics?: readonly string[];
  /** Strategies to keep; all by default. */
  readonly strategies?: readonly string[];
}

export interface ComparedResults {
  readonly baseline: string;
  readonly comparisons: readonly Comparison[];
  readonly rankings: readonly Ranking[];
  readonly notes: readonly string[];
}

/**
 * Compares strategies of one results folder, or of several. In several, a strategy is called
 * `FOLDER:NAME` where the name is taken. Pairs by replication number; runs of different seeds do
 * not share random numbers, which is noted, and are compared by Welch's t. Throws a
 * FolderError (4) for unreadable folders and a RangeError for an unknown strategy or metric, which
 * would find nothing worse.
 */
export async function compareResults(
  dirs: readonly string[],
  options: CompareOptions = {},
): Promise<ComparedResults> {
  const folders = await Promise.all(dirs.map((dir) => loadResults(dir)));
  const first = folders[0];
  if (first === undefined) throw new FolderError(4, 'no results folder was given');
  const all = await strategiesOf(folders);
  const baseline = options.baseline ?? first.summary.baseline;
  for (const name of [baseline, ...(options.strategies ?? [])]) {
    if (all.every((strategy) => strategy.name !== name)) {
      throw new RangeError(
        `no strategy '${name}'; there are ${all.map((strategy) => strategy.name).join(', ')}`,
      );
    }
  }
  const strategies = all.filter(
    ({ name }) =>
      options.strategies === undefined || name === baseline || options.strategies.includes(name),
  );
  const metrics = options.metrics ?? [
    ...new Set(first.summary.comparisons.map(({ metric }) => metric)),
    'latency_p95_s',
    'availability',
  ];
  const unique = [...new Set(metrics)];
  refuseUnknown(options.metrics ?? [], strategies);
  const events = Object.keys(first.summary.strategies[first.summary.baseline]?.windows ?? {});
  return {
    baseline,
    comparisons: compareWithBaseline({
      strategies,
      baseline,
      metrics: unique,
      events,
      margins: new Map(),
    }),
    rankings: unique.flatMap((metric) => rank(metric, strategies) ?? []),
    notes: notesOn(folders),
  };
}

function refuseUnknown(metrics: readonly string[], strategies: readonly StrategyResults[]): void {
  const known = new Set(
    strategies.flatMap(({ results }) => results.flatMap((result) => Object.keys(result.metrics))),
  );
  for (const metric of metrics) {
    if (known.has(metric)) continue;
    const near = nearestName(metric, known);
    const advice = near === undefined ? 'see the keys of summary.json' : `did you mean '${near}'?`;
    throw new RangeError(`no metric '${metric}' in these results; ${advice}`);
  }
}

/** Those of all folders with their replications, each under a name of its own. */
export async function strategiesOf(folders: readonly StoredResults[]): Promise<StrategyResults[]> {
  const found: StrategyResults[] = [];
  for (const folder of folders) {
    const { run } = folder.summary;
    for (const [name, results] of await loadReplications(folder)) {
      const isTaken = found.some((strategy) => strategy.name === name);
      const seed = replicationSeed(
        { seed: run.seed, commonRandomNumbers: run.common_random_numbers ?? true },
        name,
      );
      found.push({ name: isTaken ? `${folder.dir}:${name}` : name, results, seed });
    }
  }
  return found;
}

function notesOn(folders: readonly StoredResults[]): string[] {
  const seeds = new Set(folders.map(({ summary }) => summary.run.seed));
  const notes = folders
    .filter(({ summary }) => summary.run.partial)
    .map(({ dir }) => `${dir} is partial`);
  if (seeds.size > 1)
    notes.push('different seeds: no random numbers are shared, so these are not paired (Welch)');
  return notes;
}

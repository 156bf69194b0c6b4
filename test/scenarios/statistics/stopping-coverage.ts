import { pathToFileURL } from 'node:url';
import seedrandom from 'seedrandom';
import { mean } from 'simple-statistics';
import { isPrecise, tInterval } from '../../../scenarios/statistics/index.ts';
import { mm1Sojourns } from './mm1-sojourn.ts';

export interface CoverageOptions {
  readonly load: number;
  readonly customers: number;
  readonly cut: number;
  readonly relative: number;
  readonly runs: number;
}

/** How often the interval at which the sequential procedure stops (10 … 40) holds the true mean. */
export function stoppingCoverage({ load, customers, cut, relative, runs }: CoverageOptions): {
  covered: number;
  runs: number;
  replications: number;
} {
  const truth = 1 / (1 - load);
  let covered = 0;
  let replications = 0;
  for (let run = 0; run < runs; run++) {
    const values: number[] = [];
    for (let replication = 0; replication < 40; replication++) {
      const random = seedrandom.alea(`${run} ${replication}`);
      values.push(mean([...mm1Sojourns(load, customers, random).subarray(cut)]));
      if (values.length >= 10 && isPrecise(values, relative)) break;
    }
    replications += values.length;
    const { low, high } = tInterval(values)!;
    if (low! <= truth && truth <= high!) covered++;
  }
  return { covered, runs, replications };
}

// As a script, the slow check at the loads that matter: npx tsx
// test/scenarios/statistics/stopping-coverage.ts
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [load, customers] of [
    [0.8, 20_000],
    [0.9, 60_000],
  ] as const) {
    const { covered, runs, replications } = stoppingCoverage({
      load,
      customers,
      cut: customers / 10,
      relative: 0.05,
      runs: 500,
    });
    console.log(
      `M/M/1 ρ = ${load}, ${customers} customers: ${covered} of ${runs} intervals hold the mean, ` +
        `${replications / runs} replications on average`,
    );
  }
}

import type {
  EntityRef,
  Estimate,
  MetricValues,
  RunResult,
  ThresholdResult,
  WorldSpec,
} from '../../sim/index.ts';
import { logitTInterval, tInterval, REPLICATIONS_FOR_A_VERDICT } from '../statistics/index.ts';
import { METRICS, type Limit, type Threshold } from '../schema/threshold.ts';
import { estimate, rounded } from './estimate.ts';
import { betterIs, scaleOf, shareOf } from './metric-scale.ts';
import { judgeNoWorse } from './no-worse.ts';
import { recoveryTime } from './recovery-time.ts';
import { isShortRun } from './short-run.ts';
import {
  entitiesOf,
  entityName,
  metricPath,
  metricsOf,
  valueAt,
  type MetricPath,
} from './threshold-metric.ts';

/** Everything thresholds are judged by. */
export interface ThresholdInput {
  readonly thresholds: readonly Threshold[];
  readonly baseline: string;
  readonly strategies: readonly {
    readonly name: string;
    readonly world: WorldSpec;
    readonly results: readonly RunResult[];
  }[];
  readonly isPartial: boolean;
}

type Strategy = ThresholdInput['strategies'][number];
type Judged = Omit<ThresholdResult, 'text' | 'strategy'>;

/**
 * Rare failures need to be seen to be counted: 30 of them for a relative error below 20 %, which is
 * 3e5 requests at 99.99 %.
 */
const EVENTS_FOR_A_RARE_SHARE = 30;

/** Every threshold for every strategy it is meant for, in the order of the file. */
export function judgeThresholds(input: ThresholdInput): ThresholdResult[] {
  return input.thresholds.flatMap((threshold) =>
    input.strategies
      .filter(({ name }) => threshold.only === null || threshold.only.includes(name))
      .map((strategy) => ({
        text: threshold.text,
        strategy: strategy.name,
        ...withhold(judge(threshold, strategy, input), strategy, input.isPartial),
      })),
  );
}

/** Too few replications, or a run that was cut short, decide nothing. */
function withhold(judged: Judged, { results }: Strategy, isPartial: boolean): Judged {
  if (judged.result === 'no data') return judged;
  if (isPartial) return { ...judged, result: 'inconclusive', reason: 'the run is partial' };
  if (results.length >= REPLICATIONS_FOR_A_VERDICT) return judged;
  return {
    ...judged,
    result: 'inconclusive',
    reason: `${results.length} replications; a verdict needs ${REPLICATIONS_FOR_A_VERDICT}`,
  };
}

function judge(threshold: Threshold, strategy: Strategy, input: ThresholdInput): Judged {
  if (threshold.noWorseThan !== null) return judgeAgainst(threshold, strategy, input);
  if (threshold.metric === 'recovery_time') return judgeRecovery(threshold, strategy);
  const path = metricPath(threshold.metric, threshold.aggregate);
  const observed = observe(threshold, path, strategy.results);
  if (observed.value === null)
    return { value: null, result: 'no data', reason: missing(threshold, path) };
  const { value, entity } = observed;
  const named = entity === null ? { value } : { value, entity };
  const result = compare(value, threshold.limit!);
  if (result !== 'pass') return { ...named, result };
  const doubt = doubtOf(threshold, path, strategy, observed);
  return doubt === null
    ? { ...named, result }
    : { ...named, result: 'inconclusive', reason: doubt };
}

/** Pass when the whole interval is on the right side, fail when it is wholly on the wrong one. */
export function compare(
  { low, high, mean }: Estimate,
  { op, value }: Limit,
): 'pass' | 'fail' | 'inconclusive' {
  const holds = (x: number): boolean =>
    op === '<' ? x < value : op === '<=' ? x <= value : op === '>' ? x > value : x >= value;
  if (low === null || high === null) return 'inconclusive';
  if (holds(low) && holds(high) && holds(mean)) return 'pass';
  return holds(low) || holds(high) ? 'inconclusive' : 'fail';
}

interface Observed {
  readonly value: Estimate | null;
  readonly entity: string | null;
  /** All replications' trials of a proportion; null for other metrics. */
  readonly trials: number | null;
}

function observe(threshold: Threshold, path: MetricPath, results: readonly RunResult[]): Observed {
  if (results.length === 0) return { value: null, entity: null, trials: null };
  if (threshold.of?.kind === 'all') return observeAll(threshold, path, results);
  const entity = threshold.of?.ref ?? null;
  const rows = results
    .map((result) => metricsOf(result, threshold, entity))
    .filter((row) => row !== null);
  const shares = rows.flatMap((row) => shareOf(path.key, row) ?? []);
  const trials = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share.trials, 0);
  return { value: estimateAt(threshold, path, rows), entity: null, trials };
}

function estimateAt(
  threshold: Threshold,
  path: MetricPath,
  rows: readonly MetricValues[],
): Estimate | null {
  if (threshold.metric === 'origin_rate') {
    return rounded(tInterval(rows.flatMap((row) => valueAt(path, threshold.metric, row) ?? [])));
  }
  const found = estimate(path.key, rows);
  return path.isComplement ? rounded(complementOf(found)) : found;
}

function complementOf(value: Estimate | null): Estimate | null {
  if (value === null) return null;
  const { mean, low, high, replications } = value;
  return {
    mean: 1 - mean,
    low: high === null ? null : 1 - high,
    high: low === null ? null : 1 - low,
    replications,
  };
}

/**
 * Over several entities: in each replication the largest, smallest or mean of them; without one of
 * these words the worst, so that "p95(latency of pops)" speaks of each POP.
 */
function observeAll(
  threshold: Threshold,
  path: MetricPath,
  results: readonly RunResult[],
): Observed {
  const kind = (threshold.of as { of: Parameters<typeof entitiesOf>[0] }).of;
  const { sampled, more } = METRICS[threshold.metric];
  const word = sampled ? null : threshold.aggregate?.kind;
  const fold =
    word === 'min' || word === 'mean' || word === 'max' ? word : more === 'better' ? 'min' : 'max';
  const entities = entitiesOf(kind, results[0]!);
  const folded: number[] = [];
  const totals = entities.map(() => 0);
  for (const result of results) {
    const values = entities.map((entity) => valueOfEntity(threshold, path, result, entity));
    const known = values.filter((value) => value !== null);
    if (known.length === 0) continue;
    folded.push(
      fold === 'mean'
        ? known.reduce((a, b) => a + b, 0) / known.length
        : known.reduce((a, b) => (fold === 'max' ? Math.max(a, b) : Math.min(a, b))),
    );
    values.forEach((value, index) => (totals[index]! += value ?? 0));
  }
  const value = scaleOf(path.key) === 'plain' ? tInterval(folded) : logitOrPlain(path.key, folded);
  if (fold === 'mean' || value === null)
    return { value: rounded(value), entity: null, trials: null };
  const extreme = fold === 'max' ? Math.max(...totals) : Math.min(...totals);
  return {
    value: rounded(value),
    entity: entityName(entities[totals.indexOf(extreme)]!),
    trials: null,
  };
}

function logitOrPlain(key: string, values: readonly number[]): Estimate | null {
  return scaleOf(key) === 'quantile' ? tInterval(values) : logitTInterval(values);
}

function valueOfEntity(
  threshold: Threshold,
  path: MetricPath,
  result: RunResult,
  entity: EntityRef,
): number | null {
  const values = metricsOf(result, threshold, entity);
  return values === null ? null : valueAt(path, threshold.metric, values);
}

function doubtOf(
  threshold: Threshold,
  path: MetricPath,
  { world, results }: Strategy,
  { trials }: Observed,
): string | null {
  if (world.events.length === 0 && isShortRun(path.key, results)) return 'short run';
  const { unit, value } = threshold.limit!;
  if (unit !== 'ratio' || trials === null) return null;
  const rare = Math.min(value, 1 - value);
  const needed = Math.ceil(EVENTS_FOR_A_RARE_SHARE / rare - 1e-6);
  // Shares of 1 % and more are no rare events; Wilson's interval is honest there.
  if (rare <= 0 || rare >= 0.01 || trials >= needed) return null;
  return `${Math.round(trials)} requests; so rare a share needs ${needed}`;
}

function missing({ window, of }: Threshold, path: MetricPath): string {
  if (window !== null && of !== null)
    return 'metrics of one entity during an event are not recorded';
  return `no replication has ${path.key} (a quantile needs enough samples: 1,000 for p99)`;
}

function judgeRecovery(threshold: Threshold, { world, results }: Strategy): Judged {
  const event = world.events.find(({ name }) => name === threshold.window?.event);
  const times =
    event === undefined || threshold.recovery === null
      ? []
      : results.flatMap((result) => recoveryTime(result, threshold.recovery!, event.atNs) ?? []);
  if (times.length === 0) {
    return {
      value: null,
      result: 'no data',
      reason: 'recovery_time needs a recorded timeline that begins before the event',
    };
  }
  const value = rounded(tInterval(times.map(({ seconds }) => seconds)))!;
  const censored = times.filter(({ isCensored }) => isCensored).length;
  const result = compare(value, threshold.limit!);
  if (censored === 0) return { value, result };
  const reason = `not back when the run ended in ${censored} of ${times.length} replications`;
  return { value, result: result === 'pass' ? 'inconclusive' : result, reason };
}

function judgeAgainst(threshold: Threshold, strategy: Strategy, input: ThresholdInput): Judged {
  const { against, marginRatio } = threshold.noWorseThan!;
  const reference = against === 'baseline' ? input.baseline : against;
  const other = input.strategies.find(({ name }) => name === reference);
  if (other === undefined)
    return { value: null, result: 'no data', reason: `no strategy ${reference} in this run` };
  const path = metricPath(threshold.metric, threshold.aggregate);
  const entity = threshold.of?.kind === 'one' ? threshold.of.ref : null;
  const values = ({ results }: Strategy): Map<number, number> =>
    new Map(
      results.flatMap((result) => {
        const row = metricsOf(result, threshold, entity);
        const value = row === null ? null : valueAt(path, threshold.metric, row);
        return value === null ? [] : [[result.replication, value] as const];
      }),
    );
  const isHigherBetter = path.isComplement
    ? betterIs(path.key) === 'lower'
    : betterIs(path.key) === 'higher';
  return judgeNoWorse({
    strategy: values(strategy),
    reference: values(other),
    marginRatio,
    isHigherBetter,
    isReference: strategy === other,
  });
}

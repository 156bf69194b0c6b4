import type { Estimate, RunResult, ThresholdResult, WorldSpec } from '../../sim/index.ts';
import type { Limit, Threshold } from '../schema/threshold.ts';
import { REPLICATIONS_FOR_A_VERDICT, tInterval } from '../statistics/index.ts';
import { rounded } from './estimate.ts';
import { betterIs } from './metric-scale.ts';
import { judgeNoWorse } from './no-worse.ts';
import { recoveryTime } from './recovery-time.ts';
import { isShortRun } from './short-run.ts';
import { metricPath, metricsOf, valueAt, type MetricPath } from './threshold-metric.ts';
import { observe, type Observed } from './threshold-observation.ts';

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

/** The interval lies on both sides of the limit: more replications may tell. */
const STRADDLES = 'straddles the limit';

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
  if (observed.value === null) return { value: null, result: 'no data', reason: missing(path) };
  const { value, entity } = observed;
  const named = entity === null ? { value } : { value, entity };
  const result = compare(value, threshold.limit!);
  if (result === 'inconclusive') return { ...named, result, reason: STRADDLES };
  if (result === 'fail') return { ...named, result };
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

function missing(path: MetricPath): string {
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
  if (censored === 0) {
    return result === 'inconclusive' ? { value, result, reason: STRADDLES } : { value, result };
  }
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

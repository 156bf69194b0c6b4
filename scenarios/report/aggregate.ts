import type { RunResult, Summary, TimeSpec } from '../../sim/index.ts';
import { replicationSeed } from '../running/replication-seed.ts';
import type { RunRequest } from '../running/run-request.ts';
import { REPLICATIONS_FOR_A_VERDICT } from '../statistics/index.ts';
import { compareWithBaseline, type StrategyResults } from './comparisons.ts';
import { hasTooFewSamples, samplesFor } from './estimate.ts';
import { quantileOf } from './metric-scale.ts';
import { rank } from './rankings.ts';
import { isShortRun } from './short-run.ts';
import { summarizeStrategy } from './strategy-summary.ts';
import { metricPath } from './threshold-metric.ts';
import { judgeThresholds } from './thresholds.ts';

/** Compared whatever the scenario asks: how fast, and how often at all. */
const ALWAYS_COMPARED = ['latency_p95_s', 'availability'];

export interface AggregateInput {
  readonly request: RunRequest;
  readonly sha256: string;
  /** By plan, in replication order. */
  readonly results: readonly (readonly RunResult[])[];
  readonly warmUp: Pick<TimeSpec, 'preRunNs' | 'cutNs'>;
  readonly isPartial: boolean;
  readonly notes: readonly string[];
}

/**
 * Stage 7: replications into the report. A function of its input alone; everything is taken in
 * (strategy, replication) order, whatever order they finished in.
 */
export function aggregate(input: AggregateInput): Summary {
  const { request, results, isPartial } = input;
  const plans = request.plans.map((plan, index) => ({
    ...plan,
    results: results[index]!,
    seed: replicationSeed(request, plan.name),
  }));
  const baseline = (plans.find(({ isBaseline }) => isBaseline) ?? plans[0]!).name;
  const metrics = primaryMetrics(request);
  const events = [
    ...new Set(
      plans.flatMap(({ results: all }) => all.flatMap(({ windows }) => Object.keys(windows))),
    ),
  ];
  return {
    format: 1,
    scenario: { name: request.name, sha256: input.sha256 },
    run: {
      seed: request.seed,
      replications: Math.max(0, ...results.map((all) => all.length)),
      duration_s: plans[0]!.world.time.durationNs / 1e9,
      warmup_s: (input.warmUp.preRunNs + input.warmUp.cutNs) / 1e9,
      fidelity: request.fidelity,
      ...(request.commonRandomNumbers === false ? { common_random_numbers: false as const } : {}),
      partial: isPartial,
    },
    baseline,
    strategies: Object.fromEntries(
      plans.map(({ name, settings, results: all }) => [name, summarizeStrategy(settings, all)]),
    ),
    comparisons: compareWithBaseline({
      strategies: plans,
      baseline,
      metrics,
      events,
      margins: marginsOf(request),
    }),
    rankings: metrics.flatMap((metric) => rank(metric, plans) ?? []),
    thresholds: judgeThresholds({
      thresholds: request.thresholds,
      baseline,
      strategies: plans,
      isPartial,
    }),
    gate: request.gate,
    notes: [
      ...request.notes,
      ...input.notes,
      ...replicationNotes(plans),
      ...unfinishedNotes(plans),
      ...quantileNotes(plans),
    ],
  };
}

/** What is compared: always the two above, the precision's metric, and the thresholds'. */
function primaryMetrics({ precision, thresholds }: RunRequest): string[] {
  const named = thresholds
    .filter(
      ({ of, metric }) => of === null && metric !== 'recovery_time' && metric !== 'origin_rate',
    )
    .map(({ metric, aggregate: word }) => metricPath(metric, word).key);
  return [
    ...new Set([...(precision === null ? [] : [precision.metric]), ...ALWAYS_COMPARED, ...named]),
  ];
}

function marginsOf({ thresholds }: RunRequest): Map<string, number> {
  return new Map(
    thresholds.flatMap(({ metric, aggregate: word, noWorseThan }) =>
      noWorseThan === null
        ? []
        : [[metricPath(metric, word).key, noWorseThan.marginRatio] as const],
    ),
  );
}

function replicationNotes(plans: readonly StrategyResults[]): string[] {
  const fewest = Math.min(...plans.map(({ results }) => results.length));
  if (fewest >= REPLICATIONS_FOR_A_VERDICT) return [];
  return [`${fewest} replications: verdicts and thresholds need ${REPLICATIONS_FOR_A_VERDICT}`];
}

/** Requests are in no figure before they end, so that availability knows nothing of these. */
function unfinishedNotes(plans: readonly StrategyResults[]): string[] {
  return plans.flatMap(({ name, results }) => {
    const unfinished = results.reduce((sum, result) => sum + result.unfinished, 0);
    if (unfinished === 0) return [];
    const mean = Number((unfinished / results.length).toPrecision(3));
    return [
      `${name}: ${mean} requests a replication had not ended when the run was over ` +
        'and are in no figure; a timeout would end them',
    ];
  });
}

/** Quantiles that are withheld (too few samples) or doubtful (short run), one line each. */
function quantileNotes(
  plans: readonly (StrategyResults & { readonly world: { readonly events: readonly unknown[] } })[],
): string[] {
  return plans.flatMap(({ name, results, world }) => {
    const quantiles = Object.keys(results[0]?.metrics ?? {}).filter(
      (key) => quantileOf(key) !== null && key.startsWith('latency_'),
    );
    const withheld = quantiles.filter((key) =>
      results.some(({ metrics }) => hasTooFewSamples(key, metrics)),
    );
    const isSteady = world.events.length === 0;
    const short = quantiles.filter(
      (key) => isSteady && !withheld.includes(key) && isShortRun(key, results),
    );
    return [
      ...withheld.map(
        (key) =>
          `${name}: ${key} is n/a in some replications ` +
          `(needs ≥ ${samplesFor(quantileOf(key)!)} completed requests in each)`,
      ),
      ...(short.length === 0
        ? []
        : [`${name}: short run for ${short.join(', ')}: they pass no threshold`]),
    ];
  });
}

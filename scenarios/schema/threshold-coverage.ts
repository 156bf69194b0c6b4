import type { MetricName, Threshold } from './threshold.ts';

/** What a sentence says that no run records: it could only ever say "no data". */
export interface Uncovered {
  /** The part of the sentence that is too much. */
  readonly part: 'entity' | 'window' | 'metric';
  readonly message: string;
  readonly hint: string;
}

/** Health is kept for the whole run, everything else also for each named event. */
const WHOLE_RUN_ONLY: ReadonlySet<MetricName> = new Set(['flaps', 'false_down_time']);

/** Metrics that the time series holds, and so can be watched coming back. */
const IN_TIMELINE: ReadonlySet<MetricName> = new Set([
  'availability',
  'goodput',
  'failed_requests',
  'requests',
  'requests_per_s',
  'latency',
]);
const TIMELINE_QUANTILES = [0.5, 0.95, 0.99];

/** Null when a run records what the sentence speaks of. */
export function uncovered({
  metric,
  of,
  window,
  recovery,
  noWorseThan,
}: Pick<Threshold, 'metric' | 'of' | 'window' | 'recovery' | 'noWorseThan'>): Uncovered | null {
  if (recovery !== null) {
    if (noWorseThan === null) return uncoveredRecovery({ of, window, recovery });
    return {
      part: 'metric',
      message: "'no worse than' of a recovery is not yet supported",
      hint: 'give it a limit: … after EVENT < 120s',
    };
  }
  if (window === null) return null;
  const isWorld = of === null || (of.kind === 'one' && of.ref.kind === 'world');
  if (!isWorld) {
    return {
      part: 'entity',
      message: `figures of one entity ${window.kind} an event are not yet supported`,
      hint: `leave out the entity, or '${window.kind} ${window.event}'`,
    };
  }
  if (!WHOLE_RUN_ONLY.has(metric)) return null;
  return {
    part: 'window',
    message: `'${metric}' ${window.kind} an event is not yet supported`,
    hint: `leave out '${window.kind} ${window.event}': it is kept for the whole run`,
  };
}

function uncoveredRecovery({
  of,
  window,
  recovery,
}: Pick<Threshold, 'of' | 'window'> & {
  readonly recovery: NonNullable<Threshold['recovery']>;
}): Uncovered | null {
  if (of !== null) {
    return {
      part: 'entity',
      message: 'recovery of one entity is not yet supported',
      hint: 'leave out the entity: the recovery of the whole world',
    };
  }
  const { metric, aggregate } = recovery;
  const isKnown =
    IN_TIMELINE.has(metric) &&
    (aggregate === null ||
      aggregate.kind === 'mean' ||
      (aggregate.kind === 'quantile' && TIMELINE_QUANTILES.includes(aggregate.quantile)));
  if (!isKnown) {
    return {
      part: 'metric',
      message: 'recovery of this metric is not yet supported',
      hint: 'mean, p50, p95 or p99 of latency, availability, failed_requests, requests',
    };
  }
  if (window !== null && window.kind === 'after') return null;
  return {
    part: 'window',
    message: 'recovery from what?',
    hint: 'recovery_time(p95(latency) within 10%) after EVENT < 120s',
  };
}

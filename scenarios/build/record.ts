import type { PopSpec, RecordSpec } from '../../sim/index.ts';
import { LIMITS } from '../limits.ts';
import { quantileOf } from '../report/metric-scale.ts';
import type { Threshold } from '../schema/threshold.ts';
import { valueAt, type BuildContext } from './context.ts';
import { buildEntityWindows } from './entity-windows.ts';
import { buildRecording } from './recording.ts';

/** A recovery is read off the time series: to a tenth of its limit, from 1 s to 10 s. */
const RECOVERY_STEPS = 10;
const RECOVERY_LEAST_NS = 1e9;
const RECOVERY_MOST_NS = 10e9;

/** A bucket as JSON: four columns of 18 digits, three of four, eight counts, and one a POP. */
const BYTES_A_BUCKET = 4 * 20 + 3 * 8 + 8 * 7;
const BYTES_A_POP = 7;

export interface RecordRequest {
  readonly durationNs: number;
  readonly thresholds: readonly Threshold[];
  readonly precisionMetric: string | null;
}

/** Reported always; thresholds may add others. */
const QUANTILES = [0.5, 0.9, 0.95, 0.99, 0.999];

/** What a replication has to keep for the report, the thresholds and the dashboard. */
export function buildRecord(
  { durationNs, thresholds, precisionMetric }: RecordRequest,
  pops: readonly PopSpec[],
  context: BuildContext,
): RecordSpec {
  const output = context.sections.read(context.root, 'output');
  const widths = (output?.record ?? []).flatMap(({ what, everyNs }) =>
    what === 'timeline' ? [everyNs] : [],
  );
  const recording = buildRecording(durationNs, pops, context);
  widths.push(...thresholds.flatMap(recoveryWidthNs));
  const aggregates = thresholds.flatMap(({ aggregate, recovery }) => [
    aggregate,
    recovery?.aggregate,
  ]);
  const quantiles = new Set(QUANTILES);
  const precise = precisionMetric === null ? null : quantileOf(precisionMetric);
  if (precise !== null) quantiles.add(precise);
  const entityWindows = buildEntityWindows(thresholds);
  const limitsNs = new Set<number>();
  for (const aggregate of aggregates) {
    if (aggregate?.kind === 'quantile') quantiles.add(aggregate.quantile);
    if (aggregate?.kind === 'share') limitsNs.add(Math.round(aggregate.limit * 1e9));
  }
  return {
    timelineNs:
      widths.length === 0 ? 0 : storable(Math.min(...widths), durationNs, pops.length, context),
    quantiles: [...quantiles].sort((a, b) => a - b),
    latencyLimitsNs: [...limitsNs].sort((a, b) => a - b),
    ...(entityWindows.length === 0 ? {} : { entityWindows }),
    ...(recording === null ? {} : { recording }),
  };
}

/** Buckets shorter than a second hold too few requests for a steady quantile. */
function recoveryWidthNs({ recovery, limit }: Threshold): number[] {
  if (recovery === null) return [];
  const wantedNs = limit === null ? RECOVERY_MOST_NS : (limit.value * 1e9) / RECOVERY_STEPS;
  const wholeNs = Math.floor(wantedNs / RECOVERY_LEAST_NS) * RECOVERY_LEAST_NS;
  return [Math.min(RECOVERY_MOST_NS, Math.max(RECOVERY_LEAST_NS, wholeNs))];
}

/** The width, or the smallest multiple of it whose series can be stored. */
function storable(
  widthNs: number,
  durationNs: number,
  popCount: number,
  context: BuildContext,
): number {
  const bucketsMost = Math.floor(LIMITS.timelineBytes / (BYTES_A_BUCKET + BYTES_A_POP * popCount));
  const factor = Math.ceil(durationNs / widthNs / bucketsMost);
  if (factor <= 1) return widthNs;
  const asked = `${widthNs / 1e9} s`;
  context.findings.warn(
    'W0110',
    valueAt(context, 'output'),
    `the time series is recorded in buckets of ${(widthNs * factor) / 1e9} s instead of ${asked}`,
    { hint: `of so many POPs at most ${bucketsMost} buckets are kept` },
  );
  return widthNs * factor;
}

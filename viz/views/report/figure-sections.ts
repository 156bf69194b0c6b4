import type { MetricEstimates, StrategySummary, Summary } from '../../../sim/report.ts';
import { metricWords } from '../../metric-words.ts';
import type { TableRow } from '../../table-model.ts';
import { estimateText } from './estimate-text.ts';
import type { ReportSection } from './report-section.ts';

/** What is looked at first; everything else stands in the table twin and in summary.json. */
const FIGURES = [
  'requests_per_s',
  'availability',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'rtt_mean_s',
  'share_nearest_pop',
  'hit_ratio',
  'shield_hit_ratio',
  'origin_offload',
  'queue_wait_mean_s',
  'utilisation',
  'utilisation_max',
  'imbalance',
  'throughput_bps',
  'broken_connections',
  'flaps',
  'moved_keys_ratio',
  'route_changes',
];

/** Rows are metrics, columns are strategies. */
export function figureSection({ strategies }: Summary, isFull: boolean): ReportSection {
  const all = Object.entries(strategies);
  const known = new Set(all.flatMap(([, { metrics }]) => Object.keys(metrics)));
  const keys = (isFull ? [...known] : FIGURES).filter((key) =>
    all.some(([, { metrics }]) => (metrics[key] ?? null) !== null),
  );
  return {
    id: 'figures',
    title: 'Results',
    note: 'Means over replications with 95 % intervals, whole run.',
    table: {
      caption: 'Results',
      columns: [{ title: 'metric' }, ...all.map(([title]) => ({ title, isFigure: true }))],
      rows: keys.map((key) => ({
        cells: [metricWords(key), ...all.map(([, { metrics }]) => estimateText(key, metrics[key]))],
      })),
    },
  };
}

/** One strategy before, during and after each named event. */
export function windowSection(
  strategy: string,
  { windows }: StrategySummary,
): ReportSection | null {
  const entries = Object.entries(windows).flatMap(([event, { before, metrics, after }]) => [
    [`before ${event}`, before] as const,
    [`during ${event}`, metrics] as const,
    [`after ${event}`, after] as const,
  ]);
  if (entries.length === 0) return null;
  return {
    id: 'windows',
    title: `Around events: ${strategy.slice(0, 60)}`,
    note: 'Requests count where they arrived.',
    table: entityTable(`${strategy} around events`, 'window', entries, null),
  };
}

/** Rows are entities; a click selects them. */
export function entityTable(
  caption: string,
  title: string,
  entries: readonly (readonly [name: string, metrics: MetricEstimates])[],
  kind: string | null,
): ReportSection['table'] {
  const keys = FIGURES.filter((key) =>
    entries.some(([, metrics]) => (metrics[key] ?? null) !== null),
  );
  return {
    caption,
    columns: [{ title }, ...keys.map((key) => ({ title: metricWords(key), isFigure: true }))],
    rows: entries.map(([name, metrics]): TableRow => ({
      ...(kind === null ? {} : { path: `${kind}/${name}` }),
      cells: [name, ...keys.map((key) => estimateText(key, metrics[key]))],
    })),
  };
}

import type { MetricEstimates, StrategySummary, Summary } from '../../../scenarios/index.ts';
import { metricLabel } from '../../summary/metric-label.ts';
import { figure } from '../../summary/result-block.ts';
import { escapeLine, shorten } from '../../terminal/escape.ts';
import type { TextShape } from './verdict-text.ts';
import { wideTable } from './wide-table.ts';

/** Longer names are cut: figures must still fit beside them. */
const NAME_LENGTH_MAX = 28;

/** What a table shows of its entities, where there is data; everything else is in summary.json. */
const FIGURES = [
  'requests_per_s',
  'availability',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'latency_mean_s',
  'rtt_mean_s',
  'share_nearest_pop',
  'hit_ratio',
  'shield_hit_ratio',
  'origin_fetches',
  'queue_wait_mean_s',
  'utilisation',
  'utilisation_max',
  'throughput_bps',
  'broken_connections',
  'flaps',
  'route_changes',
];

type Entries = readonly (readonly [string, MetricEstimates])[];

/** A column beside the figures: the server's state, in words. */
export interface ExtraColumn {
  readonly heading: string;
  cell(entity: string): string;
}

/** All metrics of the whole run: they are the rows, strategies the columns. */
export function resultText({ strategies }: Summary, { palette, width }: TextShape): string {
  const all = Object.entries(strategies);
  const keys = [...new Set(all.flatMap(([, one]) => Object.keys(one.metrics)))].filter((key) =>
    all.some(([, one]) => (one.metrics[key] ?? null) !== null),
  );
  const rows = keys.map((key) => ({
    name: metricLabel(key),
    cells: all.map(([, one]) => figure(one.metrics, key)),
  }));
  const headings = all.map(([strategy]) => escapeLine(strategy));
  return wideTable({ title: palette.strong('RESULTS'), headings, rows }, width);
}

/** Events and entities of one strategy, each with the figures that most are looked at for. */
export function entityText(
  strategy: StrategySummary,
  serverState: ExtraColumn | null,
  shape: TextShape,
): string[] {
  const windows: Entries = Object.entries(strategy.windows).flatMap(([event, window]) => [
    [`before ${event}`, window.before] as const,
    [`during ${event}`, window.metrics] as const,
    [`after ${event}`, window.after] as const,
  ]);
  const tables: readonly (readonly [string, Entries, ExtraColumn | null])[] = [
    ['AROUND EVENTS', windows, null],
    ['POPS', Object.entries(strategy.pops), null],
    ['SERVERS', Object.entries(strategy.servers), serverState],
    ['CLASSES', Object.entries(strategy.classes), null],
    ['ORIGINS', Object.entries(strategy.origins), null],
    ['LINKS', Object.entries(strategy.links), null],
    ['PREFIXES', Object.entries(strategy.prefixes), null],
    ['REGIONS', Object.entries(strategy.regions), null],
  ];
  return tables.flatMap(([title, entries, extra]) => entityTable(title, entries, extra, shape));
}

function entityTable(
  title: string,
  entries: Entries,
  extra: ExtraColumn | null,
  { palette, width }: TextShape,
): string[] {
  if (entries.length === 0) return [];
  const keys = FIGURES.filter((key) =>
    entries.some(([, metrics]) => (metrics[key] ?? null) !== null),
  );
  const rows = entries.map(([entity, metrics]) => ({
    name: shorten(escapeLine(entity), NAME_LENGTH_MAX),
    cells: [
      ...(extra === null ? [] : [extra.cell(entity)]),
      ...keys.map((key) => figure(metrics, key)),
    ],
  }));
  const headings = [...(extra === null ? [] : [extra.heading]), ...keys.map(metricLabel)];
  return [wideTable({ title: palette.strong(title), headings, rows }, width)];
}

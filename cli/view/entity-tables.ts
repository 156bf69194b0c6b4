import { html } from 'hono/html';
import type { MetricEstimates, StrategySummary, Summary } from '../../scenarios/index.ts';
import { metricLabel } from '../summary/metric-label.ts';
import { figure } from '../summary/result-block.ts';
import { table, type Markup } from './markup.ts';

/** Entities listed a table; the rest is in the data. */
const ROWS_MAX = 200;

/** What a table shows of an entity, where it has data; every figure is in the data. */
const FIGURES = [
  'requests_per_s',
  'availability',
  'latency_mean_s',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
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
];

type Entries = readonly (readonly [string, MetricEstimates])[];

/** Strategies side by side: a row a metric, all of them. */
export function resultTable({ strategies }: Summary): Markup {
  const all = Object.entries(strategies);
  const keys = [...new Set(all.flatMap(([, one]) => Object.keys(one.metrics)))].filter((key) =>
    all.some(([, one]) => (one.metrics[key] ?? null) !== null),
  );
  const rows = keys.map((key) => ({
    title: metricLabel(key),
    cells: all.map(([, one]) => ({ text: figure(one.metrics, key) })),
  }));
  return html`<h2>Results</h2>
    ${table(['', ...all.map(([strategy]) => strategy)], rows)}`;
}

/** Events and entities of one strategy, each with the figures that most are looked at for. */
export function entityTables(strategy: StrategySummary): readonly (Markup | string)[] {
  const windows: Entries = Object.entries(strategy.windows).flatMap(([event, window]) => [
    [`before ${event}`, window.before] as const,
    [`during ${event}`, window.metrics] as const,
    [`after ${event}`, window.after] as const,
  ]);
  return [
    entityTable('Around events', windows),
    entityTable('POPs', Object.entries(strategy.pops)),
    entityTable('Classes', Object.entries(strategy.classes)),
    entityTable('Origins', Object.entries(strategy.origins)),
    entityTable('Links', Object.entries(strategy.links)),
    entityTable('Regions', Object.entries(strategy.regions)),
    entityTable('Servers', Object.entries(strategy.servers)),
  ];
}

function entityTable(title: string, entries: Entries): Markup | string {
  if (entries.length === 0) return '';
  const shown = entries.slice(0, ROWS_MAX);
  const keys = FIGURES.filter((key) =>
    shown.some(([, metrics]) => (metrics[key] ?? null) !== null),
  );
  const more = entries.length > shown.length ? ` (first ${ROWS_MAX} of ${entries.length})` : '';
  const rows = shown.map(([entity, metrics]) => ({
    title: entity,
    cells: keys.map((key) => ({ text: figure(metrics, key) })),
  }));
  return html`<h3>${title}${more}</h3>
    ${table(['', ...keys.map(metricLabel)], rows)}`;
}

import type { MetricEstimates, Summary } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine } from '../terminal/escape.ts';
import { formatInterval, unitOf } from '../terminal/numbers.ts';
import { fitColumns, formatTable, type Column } from '../terminal/table.ts';
import { metricLabel } from './metric-label.ts';

/** The figures of a run in one row; those without data anywhere are left out. */
const FIGURES = [
  'requests_per_s',
  'availability',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'hit_ratio',
  'utilisation',
];

/** The RESULTS block: one row a strategy, `mean ± half width` of the main figures. */
export function resultBlock(
  summary: Summary,
  shape: { readonly palette: Palette; readonly width: number; readonly full: boolean },
): string {
  const strategies = Object.entries(summary.strategies);
  const keys = shape.full
    ? [...new Set(strategies.flatMap(([, strategy]) => Object.keys(strategy.metrics)))]
    : FIGURES;
  const known = keys.filter((key) =>
    strategies.some(([, one]) => (one.metrics[key] ?? null) !== null),
  );
  if (shape.full) return fullTable(known, strategies, shape.palette);
  const build = (count: number): string =>
    formatTable(
      [shape.palette.strong('RESULTS'), ...known.slice(0, count).map(metricLabel)].map(
        rightButFirst,
      ),
      strategies.map(([name, strategy]) => [
        ` ${escapeLine(name)}`,
        ...known.slice(0, count).map((key) => figure(strategy.metrics, key)),
      ]),
    );
  return fitColumns(build, known.length, 3, shape.width);
}

function rightButFirst(heading: string, index: number): Column {
  return { heading, align: index === 0 ? 'left' : 'right' };
}

/** All metrics: they are the rows, strategies the columns. */
function fullTable(
  keys: readonly string[],
  strategies: readonly (readonly [string, { readonly metrics: MetricEstimates }])[],
  palette: Palette,
): string {
  const headings = [palette.strong('RESULTS'), ...strategies.map(([name]) => escapeLine(name))];
  const rows = keys.map((key) => [
    ` ${metricLabel(key)}`,
    ...strategies.map(([, strategy]) => figure(strategy.metrics, key)),
  ]);
  return formatTable(headings.map(rightButFirst), rows);
}

/** One figure as text; `no data` where no replication had any. */
export function figure(metrics: MetricEstimates, key: string): string {
  const value = metrics[key] ?? null;
  return value === null ? 'no data' : formatInterval(value, unitOf(key, value.mean));
}

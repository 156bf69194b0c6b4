import { csvFormatRows } from 'd3-dsv';
import type { MetricEstimates, StrategySummary, Summary } from '../../sim/index.ts';

const HEAD = ['strategy', 'scope', 'entity', 'metric', 'mean', 'low', 'high', 'replications'];

/** `summary.csv`: one line an estimate, in base units, the unit at the end of the metric's name. */
export function summaryCsv(summary: Summary): string {
  const rows = Object.entries(summary.strategies).flatMap(([name, strategy]) =>
    rowsOf(name, strategy),
  );
  return `${csvFormatRows([HEAD, ...rows])}\n`;
}

function rowsOf(name: string, strategy: StrategySummary): string[][] {
  const scopes = ['pops', 'servers', 'classes', 'links', 'origins', 'regions', 'prefixes'] as const;
  return [
    ...estimateRows([name, 'world', ''], strategy.metrics),
    ...scopes.flatMap((scope) =>
      Object.entries(strategy[scope]).flatMap(([entity, metrics]) =>
        estimateRows([name, scope, entity], metrics),
      ),
    ),
    ...Object.entries(strategy.windows).flatMap(([event, { metrics, before, after, entities }]) => [
      ...estimateRows([name, 'during', event], metrics),
      ...estimateRows([name, 'before', event], before),
      ...estimateRows([name, 'after', event], after),
      ...Object.entries(entities ?? {}).flatMap(([part, tables]) =>
        Object.entries(tables).flatMap(([kind, table]) =>
          Object.entries(table).flatMap(([entity, figures]) =>
            estimateRows([name, `${kind} ${part} ${event}`, entity], figures),
          ),
        ),
      ),
    ]),
  ];
}

/** An estimate that is null has empty cells. */
function estimateRows(place: readonly string[], metrics: MetricEstimates): string[][] {
  return Object.entries(metrics).map(([metric, estimate]) => [
    ...place,
    metric,
    String(estimate?.mean ?? ''),
    String(estimate?.low ?? ''),
    String(estimate?.high ?? ''),
    String(estimate?.replications ?? ''),
  ]);
}

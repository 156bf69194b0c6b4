import type { MetricEstimates, MetricValues, RunResult, StrategySummary } from '../../sim/index.ts';
import { estimates } from './estimate.ts';

/** One strategy's replications, in order, as estimates. */
export function summarizeStrategy(
  settings: Readonly<Record<string, unknown>>,
  results: readonly RunResult[],
): StrategySummary {
  const entities = (
    table: (result: RunResult) => Readonly<Record<string, MetricValues>>,
  ): Record<string, MetricEstimates> => byName(results.map(table));
  const during = entities(({ windows }) => windows);
  const before = entities((result) => result.before);
  const after = entities((result) => result.after);
  return {
    settings,
    fingerprints: results.map(({ fingerprint }) => fingerprint),
    metrics: estimates(results.map(({ metrics }) => metrics)),
    pops: entities(({ pops }) => pops),
    servers: entities(({ servers }) => servers),
    classes: entities(({ classes }) => classes),
    links: entities(({ links }) => links),
    origins: entities(({ origins }) => origins),
    regions: entities(({ regions }) => regions),
    prefixes: entities(({ prefixes }) => prefixes),
    windows: Object.fromEntries(
      Object.keys(during).map((event) => [
        event,
        {
          metrics: during[event]!,
          before: before[event] ?? {},
          after: after[event] ?? {},
        },
      ]),
    ),
  };
}

function byName(
  tables: readonly Readonly<Record<string, MetricValues>>[],
): Record<string, MetricEstimates> {
  const names = new Set(tables.flatMap((table) => Object.keys(table)));
  return Object.fromEntries(
    [...names].map((name) => {
      const rows = tables.flatMap((table) => (Object.hasOwn(table, name) ? [table[name]!] : []));
      return [name, estimates(rows)];
    }),
  );
}

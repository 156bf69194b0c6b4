import type {
  EntityWindowEstimates,
  MetricEstimates,
  MetricValues,
  RunResult,
  StrategySummary,
} from '../../sim/index.ts';
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
          ...entityWindows(event, results),
        },
      ]),
    ),
  };
}

/** Nothing where no threshold asks for entities around the event. */
function entityWindows(
  event: string,
  results: readonly RunResult[],
): { readonly entities?: EntityWindowEstimates } {
  const windows = results.flatMap((result) => result.entityWindows?.[event] ?? []);
  const parts = keysOf(windows).map((part) => {
    const tables = windows.flatMap((window) => window[part] ?? []);
    return [
      part,
      Object.fromEntries(
        keysOf(tables).map((kind) => [kind, byName(tables.map((table) => table[kind] ?? {}))]),
      ),
    ];
  });
  return parts.length === 0 ? {} : { entities: Object.fromEntries(parts) };
}

function keysOf<T extends object>(objects: readonly T[]): readonly (keyof T)[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object) as (keyof T)[]))];
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

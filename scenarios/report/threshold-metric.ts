import type { EntityRef, EntityTables, MetricValues, RunResult } from '../../sim/index.ts';
import { metricKey } from '../schema/metric-key.ts';
import {
  METRICS,
  type Aggregate,
  type EntityKind,
  type MetricName,
  type Threshold,
} from '../schema/threshold.ts';
import { valueOf } from './estimate.ts';

/** Where in a replication's metrics a threshold's figure lies. */
export interface MetricPath {
  readonly key: string;
  /** `failed_requests` is 1 − availability, `share(latency <= x)` is 1 − the share beyond x. */
  readonly isComplement: boolean;
}

export function metricPath(metric: MetricName, aggregate: Aggregate | null): MetricPath {
  if (aggregate?.kind === 'share') {
    const isComplement = aggregate.op === '<' || aggregate.op === '<=';
    return { key: `${metric}_over_${wholeDuration(aggregate.limit)}_ratio`, isComplement };
  }
  if (metric === 'imbalance' && aggregate?.kind === 'quantile') return plain('load_p99_over_mean');
  if (metric === 'failed_requests') return { key: 'availability', isComplement: true };
  const { key, sampled, unit } = METRICS[metric];
  const known = metricKey(metric, aggregate);
  if (known !== null) return plain(known);
  // An aggregate over entities (`max(utilisation of links)`) leaves the key; `min` is one of ours.
  return plain(sampled && aggregate !== null ? `${key}_${aggregate.kind}_${unit}` : key);
}

/** One replication's values for a threshold's window and entity; null where none are recorded. */
export function metricsOf(
  result: RunResult,
  { window }: Pick<Threshold, 'window'>,
  entity: EntityRef | null,
): MetricValues | null {
  const isWorld = entity === null || entity.kind === 'world';
  if (window === null) return isWorld ? result.metrics : entityMetrics(result, entity);
  if (isWorld) {
    const windows = { during: result.windows, before: result.before, after: result.after };
    return windows[window.kind][window.event] ?? null;
  }
  const tables = result.entityWindows?.[window.event]?.[window.kind];
  return tables === undefined ? null : entityMetrics(tables, entity);
}

/** The figure itself; null without data. */
export function valueAt(path: MetricPath, metric: MetricName, values: MetricValues): number | null {
  if (metric === 'origin_rate') return originRate(values);
  const value = valueOf(path.key, values);
  return value === null ? null : path.isComplement ? 1 - value : value;
}

/** Entities of a kind, as every replication lists them. */
export function entitiesOf(kind: EntityKind, result: RunResult): EntityRef[] {
  return Object.keys(result[TABLE_OF[kind]]).map((name) => refOf(kind, name));
}

function refOf(kind: EntityKind, name: string): EntityRef {
  switch (kind) {
    case 'pop':
      return { kind, pop: name };
    case 'server':
      return serverRef(name);
    case 'link':
      return { kind, link: name };
    case 'origin':
      return { kind, origin: name };
    case 'prefix':
      return { kind, prefix: name };
    case 'region':
      return { kind, region: name };
    case 'class':
      return { kind, class: name };
  }
}

export function entityName(entity: EntityRef): string {
  switch (entity.kind) {
    case 'pop':
      return entity.pop;
    case 'server':
      return `${entity.pop}/${entity.server}`;
    case 'link':
      return entity.link;
    case 'origin':
      return entity.origin;
    case 'prefix':
      return entity.prefix;
    case 'region':
      return entity.region;
    case 'class':
      return entity.class;
    case 'world':
      return 'world';
  }
}

function entityMetrics(
  tables: EntityTables,
  entity: Exclude<EntityRef, { kind: 'world' }>,
): MetricValues | null {
  return tables[TABLE_OF[entity.kind]]?.[entityName(entity)] ?? null;
}

const TABLE_OF = {
  pop: 'pops',
  server: 'servers',
  link: 'links',
  origin: 'origins',
  prefix: 'prefixes',
  region: 'regions',
  class: 'classes',
} as const satisfies Readonly<Record<EntityKind, keyof EntityTables>>;

function serverRef(path: string): EntityRef {
  const slash = path.indexOf('/');
  return { kind: 'server', pop: path.slice(0, slash), server: path.slice(slash + 1) };
}

/**
 * Fetches a second: an origin counts its requests as such; the world and POPs count
 * `origin_fetches`, and requests ÷ requests a second is the length of the window.
 */
function originRate(values: MetricValues): number | null {
  const { origin_fetches: fetches, requests, requests_per_s: rate } = values;
  if (fetches === undefined) return rate ?? null;
  if (fetches === null || !requests || !rate) return null;
  return (fetches * rate) / requests;
}

function plain(key: string): MetricPath {
  return { key, isComplement: false };
}

/** Seconds → the simulator's name of a limit, in the largest unit in which it is whole. */
function wholeDuration(limit_s: number): string {
  const limitNs = Math.round(limit_s * 1e9);
  for (const [unit, unitNs] of [
    ['s', 1e9],
    ['ms', 1e6],
    ['us', 1e3],
  ] as const) {
    if (limitNs % unitNs === 0) return `${limitNs / unitNs}${unit}`;
  }
  return `${limitNs}ns`;
}

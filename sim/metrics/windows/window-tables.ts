import type { EntityTables, EntityWindows, MetricValues } from '../../run-result.ts';
import type { WindowedKind } from '../../world.ts';
import {
  classMetrics,
  linkMetrics,
  originMetrics,
  popMetrics,
  prefixMetrics,
  regionMetrics,
  serverMetrics,
} from '../entity-metrics.ts';
import type { EntityReadings } from '../entity-readings.ts';
import { scalingMetrics } from '../autoscaling-metrics.ts';
import type { RunParts } from '../run-parts.ts';
import { windowReadings } from './window-readings.ts';
import type { WindowWatch } from './window-watch.ts';

type MetricsOf = (readings: EntityReadings, entity: number, row: number) => MetricValues;

/** In the order of a report: which table, and how its figures are made. */
const TABLES: readonly (readonly [WindowedKind, keyof EntityTables, MetricsOf])[] = [
  ['pop', 'pops', popMetrics],
  ['server', 'servers', serverMetrics],
  ['class', 'classes', classMetrics],
  ['link', 'links', linkMetrics],
  ['origin', 'origins', originMetrics],
  ['region', 'regions', regionMetrics],
  ['prefix', 'prefixes', prefixMetrics],
];

/** Figures of entities around events, as thresholds ask for them, by the event's name. */
export function windowTables(
  parts: RunParts,
  watch: WindowWatch,
): Readonly<Record<string, EntityWindows>> {
  const byEvent: Record<string, Record<string, EntityTables>> = Object.create(null);
  watch.asked.stretches.forEach(({ event, part }, stretch) => {
    const tables = stretchTables(parts, watch, stretch);
    if (Object.keys(tables).length > 0) (byEvent[event] ??= {})[part] = tables;
  });
  return byEvent;
}

function stretchTables(parts: RunParts, watch: WindowWatch, stretch: number): EntityTables {
  const readings = windowReadings(parts, watch, stretch);
  const tables: Record<string, Record<string, MetricValues>> = {};
  for (const [kind, table, metricsOf] of TABLES) {
    watch.asked.rowsOf(kind).forEach((asked, row) => {
      if (asked.stretch !== stretch) return;
      const name = parts.names[table][asked.entity]!;
      const scaling =
        kind === 'pop'
          ? scalingMetrics(parts, watch.asked.stretches[stretch]!.segments, asked.entity)
          : {};
      const ofKind = (tables[table] ??= Object.create(null) as Record<string, MetricValues>);
      ofKind[name] = { ...metricsOf(readings, asked.entity, row), ...scaling };
    });
  }
  return tables;
}

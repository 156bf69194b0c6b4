import { effect } from '@preact/signals-core';
import type { TimelineFile } from '../../sim/report.ts';
import { formatLatency, formatPercent, formatRate } from '../formats.ts';
import { timelineOf } from '../data/report.ts';
import { mountStripChart, type StripSeries } from '../charts/strip-chart.ts';
import type { LatencyMeasure } from '../store.ts';
import type { Dashboard } from '../view.ts';

type Values = readonly (number | null)[];

interface Multiple {
  readonly title: (measure: LatencyMeasure) => string;
  readonly format: (value: number | null) => string;
  values(timeline: TimelineFile, measure: LatencyMeasure): Values;
  band?(
    timeline: TimelineFile,
    measure: LatencyMeasure,
  ): readonly [low: Values, high: Values] | null;
}

const MULTIPLES: readonly Multiple[] = [
  {
    title: (measure) => `${measure} latency`,
    format: formatLatency,
    values: (timeline, measure) => timeline[`latency_${measure}_s`],
    band: (timeline, measure) =>
      measure === 'p95' ? [timeline.latency_p95_s_min, timeline.latency_p95_s_max] : null,
  },
  {
    title: () => 'failed requests',
    format: formatPercent,
    values: ({ failed, requests }) =>
      requests.map((all, i) => (all > 0 ? (failed[i] ?? 0) / all : null)),
  },
  {
    title: () => 'requests',
    format: formatRate,
    values: ({ requests, bucket_s }) => requests.map((count) => count / bucket_s),
  },
];

/** Small multiples of the whole network under every view: means over all replications. */
export function mountStrip(container: HTMLElement, dashboard: Dashboard): () => void {
  container.replaceChildren();
  const { store } = dashboard;
  const stops = MULTIPLES.map((multiple) => {
    const cell = document.createElement('div');
    cell.className = 'strip-cell';
    container.append(cell);
    return mountStripChart(cell, dashboard, () => {
      const report = store.report.value;
      const measure = store.measure.value;
      const shown = [store.strategy.value, store.versus.value].flatMap((strategy) => {
        const timeline = strategy === null ? null : timelineOf(report, strategy);
        return timeline === null ? [] : [seriesOf(strategy!, timeline, multiple, measure)];
      });
      return { title: multiple.title(measure), format: multiple.format, series: shown };
    });
  });
  const stopHiding = effect(() => {
    const { timelines } = store.report.value;
    container.hidden = timelines.every((timeline) => timeline === null);
  });
  return () => {
    stopHiding();
    for (const stop of stops) stop();
  };
}

function seriesOf(
  strategy: string,
  timeline: TimelineFile,
  multiple: Multiple,
  measure: LatencyMeasure,
): StripSeries {
  return {
    name: strategy,
    start_s: timeline.start_s,
    bucket_s: timeline.bucket_s,
    values: multiple.values(timeline, measure),
    band: multiple.band?.(timeline, measure) ?? null,
  };
}

import { mountStripChart, type StripSeries } from '../charts/strip-chart.ts';
import { formatLatency, formatPercent } from '../formats.ts';
import type { Dashboard } from '../view.ts';
import type { PageRun, Playground } from './playground-state.ts';

type Timeline = NonNullable<PageRun['answer']['timeline']>;
type Values = (timeline: Timeline) => readonly (number | null)[];

const FAILED: Values = ({ requests, failed }) =>
  requests.map((count, bucket) => (count > 0 ? failed[bucket]! / count : null));

/** p95 and failures over the story, as it was and as it is now. */
export function mountPlaygroundCharts(
  container: HTMLElement,
  dashboard: Dashboard,
  playground: Playground,
): () => void {
  const chart = (title: string, format: (value: number | null) => string, values: Values) => {
    const cell = document.createElement('div');
    cell.className = 'strip-cell';
    container.append(cell);
    return mountStripChart(cell, dashboard, () => {
      const runs = [playground.original.value, playground.edited.value];
      const isSame = runs[0] === runs[1];
      const series = (isSame ? runs.slice(0, 1) : runs).flatMap((run, position) =>
        seriesOf(run, position === 0 ? 'as it was' : 'now', values),
      );
      return { title, format, series };
    });
  };
  const stops = [
    chart('p95 latency', formatLatency, ({ latencyP95_s }) => latencyP95_s),
    chart('failed requests', formatPercent, FAILED),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function seriesOf(run: PageRun | null, name: string, values: Values): StripSeries[] {
  const timeline = run?.answer.timeline ?? null;
  if (timeline === null) return [];
  return [
    {
      name,
      start_s: timeline.startNs / 1e9,
      bucket_s: timeline.bucketNs / 1e9,
      values: values(timeline),
      band: null,
    },
  ];
}

import type { TimelineFile } from '../../../sim/report.ts';
import type { PanelLayer, PanelLine, TimePanel } from '../../charts/time-panel.ts';
import { timelineOf, type Report } from '../../data/report.ts';
import { formatCount, formatLatency, formatPercent, formatRate } from '../../formats.ts';
import type { LatencyMeasure } from '../../store.ts';

type Values = readonly (number | null)[];
type Stroke = PanelLine['stroke'];

/** A panel as it is made of a timeline: lines by name, and whether the main one is a stack. */
interface PanelKind {
  readonly title: string;
  readonly note?: string;
  readonly format: TimePanel['format'];
  readonly scale: TimePanel['scale'];
  lines(timeline: TimelineFile, measure: LatencyMeasure): readonly LineKind[];
  layers?(timeline: TimelineFile): readonly (readonly [name: string, values: Values])[];
}

interface LineKind {
  readonly name: string;
  readonly values: Values;
  readonly stroke: Stroke;
  readonly band?: PanelLine['band'];
}

const KINDS: readonly PanelKind[] = [
  {
    title: 'Latency',
    note: 'log',
    format: formatLatency,
    scale: 'log',
    lines: (timeline, measure) => [
      { name: 'p50', values: timeline.latency_p50_s, stroke: strokeOf('p50', measure, 'thin') },
      {
        name: 'p95',
        values: timeline.latency_p95_s,
        stroke: strokeOf('p95', measure, 'thin'),
        band: [timeline.latency_p95_s_min, timeline.latency_p95_s_max],
      },
      { name: 'p99', values: timeline.latency_p99_s, stroke: strokeOf('p99', measure, 'dashed') },
    ],
  },
  {
    title: 'Requests',
    format: formatRate,
    scale: 'zero',
    lines: ({ requests, completed, bucket_s }) => [
      { name: 'sent', values: perSecond(requests, bucket_s), stroke: 'strong' },
      { name: 'done', values: perSecond(completed, bucket_s), stroke: 'dashed' },
    ],
  },
  {
    title: 'Failed requests',
    format: formatPercent,
    scale: 'zero',
    lines: ({ failed, requests }) => [
      { name: 'all', values: shareOf(failed, requests), stroke: 'strong' },
    ],
    layers: ({ errors, timeouts, unreachable, requests }) => [
      ['5xx', shareOf(errors, requests)],
      ['timeout', shareOf(timeouts, requests)],
      ['unreachable', shareOf(unreachable, requests)],
    ],
  },
  {
    title: 'Hit ratio',
    format: formatPercent,
    scale: 'share',
    lines: ({ hit_ratio }) => [{ name: 'edge', values: hit_ratio, stroke: 'strong' }],
  },
  {
    title: 'Utilisation of POPs',
    // Those of failed servers too: it is the report's.
    note: 'all slots',
    format: formatPercent,
    scale: 'share',
    lines: ({ utilisation_p95, utilisation_max }) => [
      { name: 'p95', values: utilisation_p95, stroke: 'strong' },
      { name: 'busiest', values: utilisation_max, stroke: 'dashed' },
    ],
  },
  {
    title: 'In flight',
    format: formatCount,
    scale: 'zero',
    lines: ({ in_flight }) => [{ name: 'requests', values: in_flight, stroke: 'strong' }],
  },
];

/** The whole network over time: means over replications, of one strategy or of two. */
export function networkPanels(
  report: Report,
  strategy: string,
  versus: string | null,
  measure: LatencyMeasure,
): readonly TimePanel[] {
  const own = timelineOf(report, strategy);
  const other = versus === null ? null : timelineOf(report, versus);
  const panels = KINDS.map((kind) => {
    const stack = own === null ? [] : (kind.layers?.(own) ?? []);
    return {
      title: kind.title,
      note: kind.note ?? '',
      format: kind.format,
      scale: kind.scale,
      lines: [
        ...(own === null || stack.length > 0 ? [] : linesOf(kind, own, 1, measure)),
        ...(other === null ? [] : linesOf(kind, other, 2, measure)),
      ],
      layers: own === null ? [] : stack.map(([name, values], i) => layerOf(own, name, values, i)),
    };
  });
  return panels.filter(hasValues);
}

/** A laboratory has no caches, so no hit ratio: its panel would be empty. */
function hasValues({ lines, layers }: TimePanel): boolean {
  return [...lines, ...layers].some(({ values }) => values.some((value) => value !== null));
}

function linesOf(
  kind: PanelKind,
  timeline: TimelineFile,
  series: 1 | 2,
  measure: LatencyMeasure,
): readonly PanelLine[] {
  const { start_s, bucket_s } = timeline;
  return kind
    .lines(timeline, measure)
    .map((line) => ({ ...line, series, start_s, bucket_s, band: line.band ?? null }));
}

function layerOf(
  { start_s, bucket_s }: TimelineFile,
  name: string,
  values: Values,
  position: number,
): PanelLayer {
  return { name, start_s, bucket_s, values, colour: (position + 1) as PanelLayer['colour'] };
}

/** The quantile that latencies are shown by stands out. */
const strokeOf = (name: LatencyMeasure, measure: LatencyMeasure, otherwise: Stroke): Stroke =>
  name === measure ? 'strong' : otherwise;

const perSecond = (counts: readonly number[], bucket_s: number): readonly number[] =>
  counts.map((count) => count / bucket_s);

/** Null in a bucket without requests: there is nothing to take a share of. */
const shareOf = (part: readonly number[], all: readonly number[]): Values =>
  all.map((count, i) => (count > 0 ? (part[i] ?? 0) / count : null));

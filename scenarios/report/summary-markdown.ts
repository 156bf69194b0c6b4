import type { Summary, ThresholdResult } from '../../sim/index.ts';
import { formatEstimate, formatRelative } from './number-format.ts';

/** Shown of every strategy, where there is data. */
const SHOWN = [
  'requests',
  'availability',
  'error_ratio',
  'latency_mean_s',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'hit_ratio',
  'utilisation',
  'rtt_mean_s',
];

const MARKS = { pass: '✓', fail: '✗', inconclusive: '?', 'no data': '✗' } as const;

/** `summary.md`: thresholds first, then comparisons and figures, as tables. */
export function summaryMarkdown(summary: Summary): string {
  const { run, scenario } = summary;
  const sections = [
    `# ${cell(scenario.name)}`,
    `${run.replications} replications · ${run.duration_s} s measured, ` +
      `${run.warmup_s} s warm-up · seed ${cell(run.seed)} · ` +
      `${run.fidelity} fidelity · 95 % intervals`,
    ...(run.partial ? ['**Partial run**: some replications are missing.'] : []),
    ...section('Thresholds', thresholdTable(summary)),
    ...section('Comparison', comparisonTable(summary)),
    ...section('Metrics', metricTable(summary)),
    ...section('Notes', summary.notes.map((note) => `- ${cell(note)}`).join('\n')),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [`## ${title}`, body];
}

function thresholdTable({ thresholds, strategies }: Summary): string {
  if (thresholds.length === 0) return '';
  const names = Object.keys(strategies);
  const texts = [...new Set(thresholds.map(({ text }) => text))];
  const rows = texts.map((text) => [
    text,
    ...names.map((name) =>
      thresholdCell(thresholds.find((entry) => entry.text === text && entry.strategy === name)),
    ),
  ]);
  return table(['threshold', ...names], rows);
}

function thresholdCell(entry: ThresholdResult | undefined): string {
  if (entry === undefined) return '';
  const { result, value, entity, reason } = entry;
  const figure = value === null ? '' : ` ${plainEstimate(value)}`;
  const place = entity === undefined ? '' : ` ${entity}`;
  return `${MARKS[result]} ${result}${figure}${place}${reason === undefined ? '' : ` (${reason})`}`;
}

/** A threshold's value is in the unit of its text, which the summary keeps in base units. */
function plainEstimate({
  mean,
  low,
  high,
}: {
  mean: number;
  low: number | null;
  high: number | null;
}): string {
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  return low === null || high === null
    ? short(mean)
    : `${short(mean)} [${short(low)}, ${short(high)}]`;
}

function comparisonTable({ comparisons }: Summary): string {
  if (comparisons.length === 0) return '';
  const rows = comparisons.map((entry) => [
    entry.strategy,
    entry.metric,
    entry.during ?? 'whole run',
    entry.relative_difference === null
      ? formatEstimate(entry.metric, entry.difference)
      : formatRelative(entry.relative_difference),
    entry.p_adjusted === null ? 'n/a' : String(Number(entry.p_adjusted.toPrecision(2))),
    entry.verdict,
  ]);
  const baseline = comparisons[0]!.baseline;
  return table(
    ['strategy', 'metric', 'during', `against ${baseline}`, 'p (Holm)', 'verdict'],
    rows,
  );
}

function metricTable({ strategies }: Summary): string {
  const entries = Object.entries(strategies);
  const rows = SHOWN.filter((metric) =>
    entries.some(([, { metrics }]) => (metrics[metric] ?? null) !== null),
  ).map((metric) => [
    metric,
    ...entries.map(([, { metrics }]) => formatEstimate(metric, metrics[metric] ?? null)),
  ]);
  return rows.length === 0 ? '' : table(['metric', ...entries.map(([name]) => name)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Names come from a file: nothing in them may end a cell, a line, or be taken for HTML. */
function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}

import { html } from 'hono/html';
import type { Comparison, Summary } from '../../scenarios/index.ts';
import { comparedDifference } from '../summary/comparison-block.ts';
import { isRatio, metricLabel } from '../summary/metric-label.ts';
import { thresholdValue } from '../summary/threshold-block.ts';
import { shorten } from '../terminal/escape.ts';
import { table, type Cell, type Markup } from './markup.ts';

/** One row a threshold, one column a strategy, as the terminal shows them. */
export function thresholdTable(summary: Summary): Markup | string {
  const texts = [...new Set(summary.thresholds.map(({ text }) => text))];
  if (texts.length === 0) return '';
  const strategies = Object.keys(summary.strategies);
  const rows = texts.map((text) => ({
    title: text,
    cells: strategies.map((strategy): Cell => {
      const found = summary.thresholds.find(
        (entry) => entry.text === text && entry.strategy === strategy,
      );
      if (found === undefined) return { text: '–' };
      const value = thresholdValue(found, summary);
      if (value === 'baseline') return { text: value };
      const { result, reason } = found;
      const note = reason === undefined ? result : `${result}: ${reason}`;
      return { text: value, note, kind: result };
    }),
  }));
  const gate = summary.gate.map((one) => shorten(one, 40)).join(', ');
  return html`<h2>Thresholds</h2>
    ${table(['', ...strategies], rows)}
    <p>Those of ${gate} decide the exit code.</p>`;
}

/**
 * One row a measure, one column a strategy: the difference to the baseline, coloured by
 * verdict.
 */
export function comparisonTables(summary: Summary): Markup | string {
  if (summary.comparisons.length === 0) return '';
  const strategies = [...new Set(summary.comparisons.map(({ strategy }) => strategy))];
  const measures = new Map(
    summary.comparisons.map((entry) => [measureTitle(entry), entry] as const),
  );
  const rows = [...measures].map(([title, measure]) => ({
    title,
    cells: strategies.map((strategy): Cell => {
      const found = summary.comparisons.find(
        (entry) =>
          entry.strategy === strategy &&
          entry.metric === measure.metric &&
          entry.during === measure.during,
      );
      if (found === undefined) return { text: '–' };
      return { text: comparedDifference(found), note: found.verdict, kind: found.verdict };
    }),
  }));
  return html`<h2>Against ${shorten(summary.baseline, 40)}</h2>
    ${table(['', ...strategies], rows)}
    <p>Differences with their 95 % interval, corrected (Holm) for all of them together.</p>`;
}

function measureTitle({ metric, during }: Comparison): string {
  const unit = isRatio(metric) ? ' (points)' : '';
  return `${metricLabel(metric)}${unit}${during === undefined ? '' : ` during ${during}`}`;
}

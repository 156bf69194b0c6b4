import type { Comparison, Summary, ThresholdOutcome } from '../../../scenarios/index.ts';
import { comparedDifference } from '../../summary/comparison-block.ts';
import { isRatio, metricLabel } from '../../summary/metric-label.ts';
import { thresholdValue } from '../../summary/threshold-block.ts';
import type { Palette } from '../../terminal/colour.ts';
import { escapeLine } from '../../terminal/escape.ts';
import { wrapLine } from '../../terminal/wrap.ts';
import { wideTable } from './wide-table.ts';

export interface TextShape {
  readonly palette: Palette;
  readonly width: number;
}

/** Every threshold as a sentence, below it every strategy's value and outcome in words. */
export function thresholdText(summary: Summary, { palette, width }: TextShape): string | null {
  const texts = [...new Set(summary.thresholds.map(({ text }) => text))];
  if (texts.length === 0) return null;
  const paint = (outcome: ThresholdOutcome): string =>
    outcome === 'pass'
      ? palette.good(outcome)
      : outcome === 'inconclusive'
        ? palette.unsure(outcome)
        : palette.bad(outcome);
  const nameLength = Math.max(...Object.keys(summary.strategies).map((name) => name.length));
  const lines = texts.flatMap((text) => {
    const entries = summary.thresholds.filter((entry) => entry.text === text);
    const values = entries.map((entry) => thresholdValue(entry, summary));
    const valueLength = Math.max(...values.map((value) => value.length));
    return [
      wrapLine(` ${escapeLine(text)}`, width),
      ...entries.map(({ strategy, result, reason }, i) => {
        const why = reason === undefined ? '' : `: ${escapeLine(reason)}`;
        const name = escapeLine(strategy).padEnd(nameLength);
        const value = values[i]!.padEnd(valueLength);
        return wrapLine(`   ${name}  ${value}  ${paint(result)}${why}`, width);
      }),
    ];
  });
  return [palette.strong('THRESHOLDS'), ...lines].join('\n');
}

/** One row a measure, one column a strategy: the difference to the baseline and the verdict. */
export function comparisonText(summary: Summary, { palette, width }: TextShape): string | null {
  const { comparisons, baseline } = summary;
  if (comparisons.length === 0) return null;
  const strategies = [...new Set(comparisons.map(({ strategy }) => strategy))];
  const measures = new Map(comparisons.map((entry) => [measureTitle(entry), entry] as const));
  const rows = [...measures].flatMap(([name, { metric, during }]) => {
    const entries = strategies.map((strategy) =>
      comparisons.find(
        (one) => one.strategy === strategy && one.metric === metric && one.during === during,
      ),
    );
    return [
      { name, cells: entries.map((one) => (one === undefined ? '–' : comparedDifference(one))) },
      { name: '', cells: entries.map((one) => one?.verdict ?? '') },
    ];
  });
  const title = palette.strong('COMPARISON');
  return [
    wideTable({ title, headings: strategies.map(escapeLine), rows }, width),
    wrapLine(
      ` against ${escapeLine(baseline)}; 95 % intervals, Holm-corrected for all of them together`,
      width,
    ),
  ].join('\n');
}

function measureTitle({ metric, during }: Comparison): string {
  const unit = isRatio(metric) ? ' (points)' : '';
  return `${metricLabel(metric)}${unit}${during === undefined ? '' : ` in ${escapeLine(during)}`}`;
}

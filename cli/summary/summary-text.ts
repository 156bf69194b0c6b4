import type { Summary } from '../../scenarios/index.ts';
import type { Palette } from '../terminal/colour.ts';
import { escapeLine } from '../terminal/escape.ts';
import { comparisonBlock } from './comparison-block.ts';
import { gateLine } from './gate-line.ts';
import { resultBlock } from './result-block.ts';
import { thresholdBlock } from './threshold-block.ts';

export interface SummaryShape {
  readonly palette: Palette;
  /** Columns to fill. */
  readonly width: number;
  /** Every strategy and metric, whatever the width. */
  readonly full: boolean;
  readonly exitCode: number;
  /** What to do next, e.g. `anycastle view out/mm1`; null for nothing. */
  readonly next: string | null;
}

/** What a person reads after a run: RESULTS, THRESHOLDS, COMPARISON, NOTES and the gate. */
export function summaryText(summary: Summary, shape: SummaryShape): string {
  const next = shape.next === null ? '' : `   → ${shape.next}`;
  const blocks = [
    summary.run.partial ? shape.palette.unsure('PARTIAL  some replications are missing') : null,
    resultBlock(summary, shape),
    thresholdBlock(summary, shape),
    comparisonBlock(summary, shape),
    notesBlock(summary, shape.palette),
    `${gateLine(summary, shape.exitCode)}${next}`,
  ];
  return blocks.filter((block) => block !== null).join('\n');
}

function notesBlock(summary: Summary, palette: Palette): string | null {
  if (summary.notes.length === 0) return null;
  return [palette.strong('NOTES'), ...summary.notes.map((note) => ` · ${escapeLine(note)}`)].join(
    '\n',
  );
}

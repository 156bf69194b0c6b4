import type { Summary, ThresholdResult } from '../../../sim/report.ts';
import {
  formatBandwidth,
  formatBytes,
  formatChange,
  formatCount,
  formatLatency,
  formatPercent,
  formatRate,
} from '../../formats.ts';
import { OUTCOME_SIGNS } from '../../theme.ts';
import { intervalText } from './estimate-text.ts';
import type { ReportSection } from './report-section.ts';

/** Rows are thresholds, columns are strategies, those of the gate first. */
export function thresholdSection(summary: Summary): ReportSection | null {
  const texts = [...new Set(summary.thresholds.map(({ text }) => text))];
  if (texts.length === 0) return null;
  const strategies = gateFirst(summary);
  const find = (text: string, strategy: string): ThresholdResult | undefined =>
    summary.thresholds.find((one) => one.text === text && one.strategy === strategy);
  return {
    id: 'thresholds',
    title: 'Thresholds',
    note: noteOf(summary),
    table: {
      caption: 'Thresholds',
      columns: [
        { title: 'threshold' },
        ...strategies.map((name) => ({
          title: summary.gate.includes(name) ? `${name} (gate)` : name,
        })),
      ],
      rows: texts.map((text) => ({
        cells: [text, ...strategies.map((name) => outcomeText(find(text, name), summary))],
      })),
    },
  };
}

export function gateFirst({ gate, strategies }: Summary): readonly string[] {
  return [...new Set([...gate, ...Object.keys(strategies)])];
}

/** `✓ 99.6 % (99.5 … 99.7)`, and why it is not a plain pass or fail. */
function outcomeText(result: ThresholdResult | undefined, summary: Summary): string {
  if (result === undefined) return '–';
  const { text, strategy, value, entity, reason } = result;
  const isRelative = text.includes('no worse than');
  if (isRelative && strategy === summary.baseline) return 'baseline';
  const figure = value === null ? result.result : intervalText(value, formatOf(text));
  const where = entity === undefined ? '' : ` ${entity}`;
  const why = reason === undefined || reason === sharedReason(summary) ? '' : `\n${reason}`;
  return `${OUTCOME_SIGNS[result.result]} ${figure}${where}${why}`;
}

/** By the unit of the limit that the sentence names. */
function formatOf(text: string): (value: number) => string {
  if (text.includes('no worse than')) return formatChange;
  const unit = /(?:<=|>=|<|>|==)\s*[\d.,]+\s*([^\s\d]*)/.exec(text)?.[1] ?? '';
  if (unit === '%') return formatPercent;
  if (/^(ns|us|µs|ms|s|m|min|h)$/.test(unit)) return formatLatency;
  if (unit.endsWith('bit/s')) return formatBandwidth;
  if (unit.endsWith('B')) return formatBytes;
  return unit === '/s' ? formatRate : formatCount;
}

/** Too few replications concern all thresholds alike: said once, not in every cell. */
function sharedReason({ thresholds }: Summary): string | null {
  const reasons = thresholds.flatMap(({ reason }) => reason ?? []);
  return reasons.length > 1 && new Set(reasons).size === 1 ? reasons[0]! : null;
}

function noteOf(summary: Summary): string {
  const { gate } = summary;
  const who =
    gate.length === 0 ? '' : `The gate is ${gate.map((name) => name.slice(0, 60)).join(', ')}. `;
  const signs = '✓ the whole 95 % interval is on the right side, ✗ on the wrong side';
  const shared = sharedReason(summary);
  return `${who}${signs}, ? undecided${shared === null ? '' : ` (${shared})`}.`;
}

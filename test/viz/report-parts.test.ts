import { describe, expect, it } from 'vitest';
import type { Summary, ThresholdOutcome, ThresholdResult } from '../../sim/report.ts';
import { formatLatency, formatPercent } from '../../viz/formats.ts';
import { tableToMarkdown } from '../../viz/table-model.ts';
import { intervalText } from '../../viz/views/report/estimate-text.ts';
import { gateVerdict } from '../../viz/views/report/gate.ts';
import { thresholdSection } from '../../viz/views/report/threshold-section.ts';

const result = (outcome: ThresholdOutcome, more: Partial<ThresholdResult> = {}) => ({
  text: 'availability >= 99%',
  strategy: 'new',
  result: outcome,
  value: { mean: 0.9958, low: 0.995, high: 0.9966, replications: 10 },
  ...more,
});
const summaryOf = (thresholds: readonly ThresholdResult[]): Summary =>
  ({
    baseline: 'old',
    gate: ['new'],
    strategies: { old: {}, new: {} },
    run: { replications: 10 },
    thresholds,
  }) as unknown as Summary;

describe('the gate', () => {
  it.each<[readonly ThresholdOutcome[], string, string]>([
    [['pass', 'pass'], 'holds', 'The gate holds: 2 of 2 thresholds'],
    [['pass', 'inconclusive'], 'undecided', 'Undecided: 1 of 2 inconclusive'],
    [['fail', 'inconclusive'], 'fails', 'The gate fails: 1 of 2 thresholds'],
    // No data is no pass: the exit code says the same.
    [['no data', 'pass'], 'fails', 'The gate fails: 1 of 2 thresholds'],
    [[], 'none', 'No thresholds'],
  ])('%j: %s', (outcomes, word, sentence) => {
    const verdict = gateVerdict(summaryOf(outcomes.map((outcome) => result(outcome))));
    expect(verdict).toMatchObject({ word, sentence });
  });

  it('does not look at strategies outside it', () => {
    const other = result('fail', { strategy: 'old' });
    expect(gateVerdict(summaryOf([result('pass'), other])).word).toBe('holds');
  });
});

describe('thresholds', () => {
  const cell = (one: ThresholdResult): string => {
    const { table } = thresholdSection(summaryOf([one]))!;
    const column = table.columns.findIndex(({ title }) => title.startsWith(one.strategy));
    return String(table.rows[0]!.cells[column]);
  };

  it('have sign, value and interval in the unit of their limit', () => {
    expect(cell(result('pass'))).toBe('✓ 99.58 % (99.5 … 99.66)');
    const latency = { mean: 0.917, low: 0.889, high: 0.946, replications: 10 };
    const p95 = { text: 'p95(latency) < 1200ms', value: latency };
    expect(cell(result('fail', p95))).toBe('✗ 917 ms (889 … 946)');
  });

  it('say which entity decided, and why they are not plain', () => {
    const why = { entity: 'link/fra-ams', reason: '3 replications; a verdict needs 10' };
    expect(cell(result('inconclusive', why))).toBe(
      '? 99.58 % (99.5 … 99.66) link/fra-ams\n3 replications; a verdict needs 10',
    );
    expect(cell(result('no data', { value: null }))).toBe('– no data');
  });

  it('compare the baseline with nothing', () => {
    const text = 'p95(latency) no worse than +10% against baseline';
    expect(cell(result('inconclusive', { text, strategy: 'old' }))).toBe('baseline');
  });

  it('put the gate first, and are a Markdown table', () => {
    const { table } = thresholdSection(summaryOf([result('pass')]))!;
    expect(tableToMarkdown(table).split('\n').slice(0, 3)).toEqual([
      '| threshold | new (gate) | old |',
      '|---|---|---|',
      '| availability >= 99% | ✓ 99.58 % (99.5 … 99.66) | – |',
    ]);
  });
});

describe('a mean with its interval', () => {
  const text = (mean: number, low: number | null, high: number | null, format = formatLatency) =>
    intervalText({ mean, low, high, replications: 10 }, (value) => format(value));

  it.each([
    [text(0.917, 0.889, 0.946), '917 ms (889 … 946)'],
    [text(0.983, 0.933, 1.03), '983 ms (933 ms … 1 s)'],
    [text(0.5, null, null), '500 ms'],
    [text(0.5, 0.5, 0.5), '500 ms'],
    [text(0, 0, 0.00001, formatPercent), '0 % (0 … 0.001)'],
    [intervalText(null, String), '–'],
  ])('%s', (shown, expected) => expect(shown).toBe(expected));
});

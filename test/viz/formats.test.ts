import { expect, it } from 'vitest';
import {
  formatBandwidth,
  formatBytes,
  formatChange,
  formatClock,
  formatCount,
  formatLatency,
  formatMetric,
  formatPercent,
  formatRate,
  formatShortClock,
} from '../../viz/formats.ts';
import { tableToCsv, tableToJson, tableToMarkdown } from '../../viz/table-model.ts';

it.each([
  [formatCount(214_000), '214k'],
  [formatCount(0.456), '0.46'],
  [formatRate(214_000), '214k/s'],
  [formatLatency(0.041), '41 ms'],
  [formatLatency(0.187_4), '187 ms'],
  [formatLatency(1.2), '1.2 s'],
  [formatLatency(350e-6), '350 µs'],
  [formatLatency(0), '0 ms'],
  [formatPercent(0.584), '58.4 %'],
  [formatPercent(0.0013), '0.13 %'],
  [formatPercent(1), '100 %'],
  [formatChange(-0.039), '−3.9 %'],
  [formatChange(0.12), '+12 %'],
  [formatChange(0), '0 %'],
  [formatBandwidth(400e9), '400 Gbit/s'],
  [formatBytes(1_500_000), '1.5 MB'],
  [formatClock(372), '0:06:12'],
  [formatClock(-30.5), '−0:00:30.5'],
  [formatClock(5400), '1:30:00'],
  [formatShortClock(372), '6:12'],
  [formatShortClock(5400), '1:30:00'],
  [formatShortClock(0), '0:00'],
  [formatMetric('latency_p95_s', 0.919), '919 ms'],
  [formatMetric('requests_per_s', 303), '303/s'],
  [formatMetric('hit_ratio', 0.637), '63.7 %'],
  [formatMetric('availability', 0.972), '97.2 %'],
  [formatMetric('requests', 1000), '1k'],
  [formatLatency(null), '–'],
  [formatPercent(Number.NaN), '–'],
])('%s', (text, expected) => {
  expect(text).toBe(expected);
});

const table = {
  caption: 'POPs',
  columns: [{ title: 'POP' }, { title: 'load', format: formatPercent, isFigure: true }],
  rows: [{ cells: ['a|b "c"', 0.25] }, { cells: ['d', null] }, { cells: ['e', Number.NaN] }],
};

it('exports hold values in full, Markdown what is shown', () => {
  expect(tableToCsv(table)).toBe('POP,load\n"a|b ""c""",0.25\nd,\ne,NaN\n');
  expect(JSON.parse(tableToJson(table))).toEqual({
    caption: 'POPs',
    rows: [
      { POP: 'a|b "c"', load: 0.25 },
      { POP: 'd', load: null },
      { POP: 'e', load: null },
    ],
  });
  expect(tableToMarkdown(table)).toBe(
    '| POP | load |\n|---|---:|\n| a\\|b "c" | 25 % |\n| d | – |\n| e | – |\n',
  );
});

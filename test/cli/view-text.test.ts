import { describe, expect, it } from 'vitest';
import type { RecordingIndex } from '../../scenarios/index.ts';
import { printReport } from '../../cli/view/print-report.ts';
import { jsonPiece } from '../../cli/view/data-piece.ts';
import { serverStateColumn } from '../../cli/view/text/server-states.ts';
import { wideTable } from '../../cli/view/text/wide-table.ts';
import type { Terminal } from '../../cli/terminal/terminal.ts';
import { createPalette } from '../../cli/terminal/colour.ts';
import { sampleSummary } from './sample-summary.ts';

describe('a wide table', () => {
  const table = {
    title: 'T',
    headings: ['aaaa', 'bbbb', 'cccc'],
    rows: [{ name: 'x', cells: ['1', '22', '333'] }],
  };

  it('is one table where it fits: 2 + 3 · (2 + 4) = 20 columns', () => {
    expect(wideTable(table, 20)).toBe('T   aaaa  bbbb  cccc\n x     1    22   333');
  });

  it('goes on below, names repeated, where it does not', () => {
    expect(wideTable(table, 19)).toBe('T   aaaa  bbbb\n x     1    22\n\nT   cccc\n x   333');
    expect(wideTable(table, 1).split('\n\n')).toHaveLength(3);
  });
});

describe('the state of a server', () => {
  const change = (t_s: number, state: 'UP' | 'DOWN' | 'UP going down' | 'DOWN going up') => ({
    t_s,
    server: 0,
    state,
    cause: 'health check',
  });
  const recording = (server_states: readonly ReturnType<typeof change>[]) =>
    ({
      duration_s: 120,
      world: { servers: [{ name: 'web-1', pop: 0 }], pops: [{ name: 'fra' }] },
      moments: { server_states },
    }) as unknown as RecordingIndex;

  it('is the last one, with the time that it was held for down', () => {
    const changes = [
      change(10, 'UP going down'),
      change(14, 'DOWN'),
      change(30, 'DOWN going up'),
      change(33, 'UP'),
    ];
    // 33 − 14 = 19 s
    expect(serverStateColumn(recording(changes))!.cell('fra/web-1')).toBe('UP (DOWN 0:19)');
    const dead = serverStateColumn(recording([change(100, 'DOWN')]))!;
    expect(dead.cell('fra/web-1')).toBe('DOWN (DOWN 0:20)');
  });

  it('is UP for whoever never changed, and unknown without a recording', () => {
    expect(serverStateColumn(recording([]))!.cell('fra/web-1')).toBe('UP');
    expect(serverStateColumn(null)).toBeNull();
  });
});

describe('the report as text', () => {
  it('fits 80 columns when piped, and has every strategy, threshold and POP', async () => {
    const summary = sampleSummary();
    const printed: string[] = [];
    const terminal = {
      json: false,
      palette: createPalette(false),
      print: (text: string) => void printed.push(text),
    } as unknown as Terminal;
    const pieces = new Map([['summary', jsonPiece(JSON.stringify(summary))]]);
    await printReport({ pieces: () => pieces, feed: null, close: () => undefined }, terminal);
    const text = printed.join('\n');
    expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    for (const name of Object.keys(summary.strategies)) expect(text).toContain(`STRATEGY ${name}`);
    for (const { text: sentence } of summary.thresholds) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(sentence);
    }
  });
});

import { describe, expect, it, vi } from 'vitest';
import { createPalette, wantsColour } from '../../cli/terminal/colour.ts';
import { escapeLine, escapeText, shorten } from '../../cli/terminal/escape.ts';
import {
  formatCount,
  formatDifference,
  formatElapsed,
  formatInterval,
  significant,
  unitOf,
  unitOfLimit,
} from '../../cli/terminal/numbers.ts';
import { createProgressDisplay, progressText } from '../../cli/terminal/progress.ts';
import { createTerminal } from '../../cli/terminal/terminal.ts';

const interval = (mean: number, halfWidth: number) => ({
  mean,
  low: mean - halfWidth,
  high: mean + halfWidth,
});

describe('numbers', () => {
  it.each([
    ['latency_p95_s', interval(0.0612, 0.0019), '61.2 ±1.9 ms'],
    ['latency_p95_s', interval(0.187, 0.011), '187 ±11 ms'],
    ['latency_mean_s', interval(2.5, 0.04), '2.500 ±0.040 s'],
    ['latency_mean_s', interval(12e-6, 1e-6), '12.0 ±1.0 µs'],
    ['availability', interval(0.99982, 0.00004), '99.982 ±0.004 %'],
    ['requests', { mean: 134400, low: null, high: null }, '134400'],
    ['bytes', interval(3.2e9, 1e8), '3.20 ±0.10 GB'],
    ['requests_per_s', interval(24_000, 100), '24.00 ±0.10 k/s'],
  ])('%s', (key, value, text) => {
    expect(formatInterval(value, unitOf(key, value.mean))).toBe(text);
  });

  it.each([
    ['180ms', 0.18, 180],
    ['99.95%', 0.9995, 99.95],
    ['12k/s', 12_000, 12],
    ['4', 4, 4],
    ['2m', 120, 2],
    ['1.5GiB', 1.5 * 1024 ** 3, 1.5],
    ['8Gbps', 8e9, 8],
  ])('a value is shown in the unit of its limit %s', (limit, base, shown) => {
    expect(base * unitOfLimit(limit).factor).toBeCloseTo(shown, 9);
  });

  it('differences carry real signs', () => {
    expect(formatDifference({ mean: -0.039, low: -0.055, high: -0.024 })).toBe(
      '−3.9 % [−5.5, −2.4]',
    );
  });

  it('counts and clocks', () => {
    expect(formatCount(11_400_000)).toBe('11.4M');
    expect(formatCount(17)).toBe('17');
    expect(formatElapsed(108)).toBe('1:48');
    expect(formatElapsed(3723)).toBe('1:02:03');
    expect(significant(0.012345)).toBe('0.0123');
  });
});

describe('escaping', () => {
  it('shows what could move the cursor or reverse the text', () => {
    expect(escapeLine('a\u001b[2Jb\r\n\u202Ec\u0085')).toBe(
      'a\\u{1b}[2Jb\\u{d}\\u{a}\\u{202e}c\\u{85}',
    );
    expect(escapeLine('\ud800x')).toBe('\\u{d800}x');
    expect(escapeLine('Zürich 東京 😀')).toBe('Zürich 東京 😀');
    expect(escapeText('a\n\tb\u0007')).toBe('a\n\tb\\u{7}');
  });

  it('shortens by characters, not by halves of them', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…');
  });
});

describe('colour', () => {
  const tty = { isTTY: true };
  it.each([
    ['auto', tty, {}, true],
    ['auto', tty, { NO_COLOR: '1' }, false],
    ['auto', tty, { NO_COLOR: '' }, true],
    ['auto', tty, { TERM: 'dumb' }, false],
    ['auto', {}, {}, false],
    ['always', {}, { NO_COLOR: '1' }, true],
    ['never', tty, {}, false],
  ] as const)('%s %o %o → %s', (choice, stream, environment, wanted) => {
    expect(wantsColour(choice, stream, environment)).toBe(wanted);
  });

  it('paints only when on', () => {
    expect(createPalette(false).bad('x')).toBe('x');
    expect(createPalette(true).bad('x')).toBe('\u001b[31mx\u001b[39m');
  });
});

describe('progress', () => {
  it('draws a bar a strategy, the figure so far, pace and rest', () => {
    const one = { least: 10, most: 40, metric: 'latency_p95_s', isPrecise: null } as const;
    const text = progressText({
      phase: 'measuring',
      elapsedMs: 108_000,
      remainingMs: 130_000,
      eventsPerSecond: 11_400_000,
      workers: 8,
      pilots: null,
      strategies: [
        { ...one, name: 'anycast', done: 14, mean: 0.0612, halfWidth: 0.0019, isPrecise: true },
        { ...one, name: 'geo-dns', done: 5, mean: null, halfWidth: null },
      ],
    });
    expect(text.split('\n')).toEqual([
      ' anycast  ██████████████████████  14/≥10  p95 latency 61.2 ±1.9 ms   precision reached',
      ' geo-dns  ███████████              5/≥10',
      ' elapsed 1:48 · 11.4M events/s · 8 workers · about 2:10 left · ' +
        'results are saved after each replication',
    ]);
  });

  it('where nobody watches, one line every ten seconds, whatever finishes', async () => {
    vi.useFakeTimers();
    const said: string[] = [];
    const display = await createProgressDisplay({
      ...createTerminal({ color: 'never', progress: true }),
      progress: 'lines',
      say: (text) => said.push(text),
    });
    const snapshot = {
      phase: 'warm-up',
      elapsedMs: 1000,
      remainingMs: null,
      eventsPerSecond: 0,
      workers: 1,
      pilots: { done: 12, of: 25 },
      strategies: [
        {
          name: 'anycast',
          done: 3,
          least: 10,
          most: 10,
          metric: 'latency_p95_s',
          mean: null,
          halfWidth: null,
          isPrecise: null,
        },
      ],
    } as const;
    display.show(snapshot);
    vi.advanceTimersByTime(21_000);
    display.show({ ...snapshot, phase: 'measuring', elapsedMs: 22_000, pilots: null });
    vi.advanceTimersByTime(10_000);
    display.stop();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(said).toEqual([
      '0:11  finding the warm-up: pilots 12/25',
      '0:21  finding the warm-up: pilots 12/25',
      '0:31  anycast 3/10',
    ]);
  });
});

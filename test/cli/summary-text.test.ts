import { describe, expect, it } from 'vitest';
import { summaryText } from '../../cli/summary/summary-text.ts';
import { createPalette } from '../../cli/terminal/colour.ts';
import { estimate, sampleSummary } from './sample-summary.ts';

const shape = {
  palette: createPalette(false),
  width: 120,
  full: false,
  exitCode: 10,
  next: 'anycastle view out/x',
};
const lines = (text: string): string[] => text.split('\n');

describe('the text after a run', () => {
  const text = summaryText(sampleSummary(), shape);

  it('shows every threshold with a mark for the worst of those shown', () => {
    expect(text).toMatch(/^ ✓ availability >= 99\.95% +99\.982 ±0\.004 +99\.961 ±0\.009$/m);
    expect(text).toMatch(/^ ✗ p95\(latency\) < 320ms during fra-down +187 ±11 ✓ +371 ±24 ✗$/m);
    expect(text).toMatch(
      /^ \? recovery_time\(.* < 120s +96\.0 ±9\.0 ✓ +118 ±17 \? straddles the limit$/m,
    );
    expect(text).toContain(' 4 of 4 thresholds evaluated');
  });

  it('a threshold without data is a failure that says so', () => {
    expect(text).toMatch(/^ ✗ hit_ratio >= 80% +no data ✗ +n\/a$/m);
  });

  it('compares in per cent, ratios in percentage points, with fixed verdict words', () => {
    const row = lines(text).find((line) => line.startsWith(' geo-dns   +20.9'));
    expect(row).toContain('+20.9 % [+17.0, +25.0]');
    expect(row).toContain('+98 % [+85, +112]');
    expect(row).toContain('−0.021 pp');
    expect(row?.endsWith('worse')).toBe(true);
    const full = summaryText(sampleSummary(), { ...shape, full: true });
    expect(full).toContain('−0.021 pp [−0.031, −0.011]');
  });

  it('a strategy that fails fewer requests is better, though its p95 counts more slow ones', () => {
    const summary = sampleSummary();
    const [tail, window, failures] = summary.comparisons;
    const comparisons = [
      tail!,
      { ...window!, verdict: 'no difference shown' as const },
      { ...failures!, verdict: 'better' as const, difference: estimate(0.04, 0.001) },
      {
        ...failures!,
        during: 'fra-down',
        verdict: 'better' as const,
        difference: estimate(0.2, 0.01),
      },
    ];
    const rankings = ['latency_p95_s', 'availability'].map((metric) => ({
      metric,
      order: ['anycast', 'geo-dns'],
      kendall_tau: null,
      best_candidates: [metric],
    }));
    const shown = summaryText({ ...summary, comparisons, rankings }, shape);
    expect(shown).toMatch(/^ strategy +p95 latency +availability +during fra-down +.*verdict$/m);
    expect(shown).toMatch(/^ geo-dns .*\+4\.00 pp +\+20\.0 pp .*better; worse in p95 latency$/m);
    expect(shown).toContain('may be the best by availability: availability');
    const worse = comparisons.map((entry) =>
      entry.metric === 'availability'
        ? { ...entry, verdict: 'worse' as const }
        : { ...entry, verdict: 'better' as const },
    );
    expect(summaryText({ ...summary, comparisons: worse }, shape)).toMatch(/^ geo-dns .* worse$/m);
    const apart = comparisons.map((entry) => ({ ...entry, paired: false as const }));
    expect(summaryText({ ...summary, comparisons: apart }, shape)).toMatch(
      /^COMPARISON {2}independent runs \(Welch\), Holm/m,
    );
  });

  it('ends with the gate and what to do next', () => {
    expect(lines(text).at(-1)).toBe(
      'gate anycast: 3 of 4 hold. Exit 10.   (geo-dns: 1 failed, 1 inconclusive)' +
        '   → anycastle view out/x',
    );
  });

  it('never shows a control character of a name', () => {
    const hostile = sampleSummary();
    const named = {
      ...hostile,
      notes: ['\u001b[2J\u202egnp'],
      strategies: { '\u001b[31mred\u0007': hostile.strategies['anycast']! },
    };
    const shown = summaryText(named, shape);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(shown).toContain('\\u{1b}[31mred\\u{7}');
  });

  it('drops columns rather than overflow a narrow terminal', () => {
    const narrow = summaryText(sampleSummary(), { ...shape, width: 80 });
    const wide = lines(narrow).filter((line) => line.length > 80);
    expect(
      wide.filter((line) => !line.startsWith('gate') && !line.startsWith('COMPARISON')),
    ).toEqual([]);
    expect(narrow).toContain('other strategies: --full');
  });
});

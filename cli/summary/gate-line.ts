import type { Summary, ThresholdOutcome } from '../../scenarios/index.ts';
import { escapeLine } from '../terminal/escape.ts';

/**
 * `gate anycast: 7 of 7 hold. Exit 0.   (geo-dns: 1 failed, 1 inconclusive)`: what decides the exit
 * code, then what the other strategies miss. A scenario without thresholds says so.
 */
export function gateLine(summary: Summary, exitCode: number): string {
  if (summary.thresholds.length === 0) return `no thresholds in the scenario. Exit ${exitCode}.`;
  const gates = summary.gate.map((strategy) => {
    const outcomes = outcomesOf(summary, strategy);
    const held = outcomes.filter((outcome) => outcome === 'pass').length;
    return `gate ${escapeLine(strategy)}: ${held} of ${outcomes.length} hold`;
  });
  const others = Object.keys(summary.strategies)
    .filter((strategy) => !summary.gate.includes(strategy))
    .flatMap((strategy) => {
      const missed = missesOf(outcomesOf(summary, strategy));
      return missed === '' ? [] : [`${escapeLine(strategy)}: ${missed}`];
    });
  const rest = others.length === 0 ? '' : `   (${others.join('; ')})`;
  return `${gates.join('; ')}. Exit ${exitCode}.${rest}`;
}

function outcomesOf(summary: Summary, strategy: string): ThresholdOutcome[] {
  return summary.thresholds
    .filter((threshold) => threshold.strategy === strategy)
    .map((threshold) => threshold.result);
}

function missesOf(outcomes: readonly ThresholdOutcome[]): string {
  const count = (wanted: ThresholdOutcome): number =>
    outcomes.filter((outcome) => outcome === wanted).length;
  return [
    [count('fail'), 'failed'],
    [count('no data'), 'without data'],
    [count('inconclusive'), 'inconclusive'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

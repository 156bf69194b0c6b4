import { mean } from 'simple-statistics';
import type { Estimate } from '../../sim/index.ts';
import { normalQuantile } from './student-t.ts';
import { CONFIDENCE, tInterval } from './t-interval.ts';

/** One replication's share: `events` of `trials` (both may be estimates, so need not be whole). */
export interface Share {
  readonly events: number;
  readonly trials: number;
}

/** Below this many events (or non-events) in one replication the logit is no longer near normal. */
const FEW_EVENTS = 5;

/**
 * Interval of a proportion over replications: on the logit while every replication has at least
 * five events and five non-events, else Wilson's over all of them together, else, when nothing (or
 * everything) ever happened, the rule of three.
 */
export function proportionInterval(
  shares: readonly Share[],
  confidence = CONFIDENCE,
): Estimate | null {
  const counted = shares.filter((share) => share.trials > 0);
  if (counted.length === 0) return null;
  const events = sum(counted.map((share) => share.events));
  const trials = sum(counted.map((share) => share.trials));
  const replications = counted.length;
  // A sum of shares may miss the whole by a few ulps; half an event is nobody's event.
  if (events < 0.5) return { mean: 0, low: 0, high: zeroEventsUpperBound(trials), replications };
  if (trials - events < 0.5) {
    return { mean: 1, low: 1 - zeroEventsUpperBound(trials), high: 1, replications };
  }
  const few = counted.some(({ events: k, trials: n }) => k < FEW_EVENTS || n - k < FEW_EVENTS);
  if (few || replications === 1) return { ...wilson(events, trials, confidence), replications };
  return logitTInterval(
    counted.map((share) => share.events / share.trials),
    confidence,
  );
}

/**
 * Student interval on the logit of values strictly between 0 and 1; with a value outside, the plain
 * interval clipped to [0, 1].
 */
export function logitTInterval(
  values: readonly number[],
  confidence = CONFIDENCE,
): Estimate | null {
  if (values.some((value) => value <= 0 || value >= 1)) {
    const plain = tInterval(values, confidence);
    if (plain === null || plain.low === null || plain.high === null) return plain;
    return { ...plain, low: Math.max(0, plain.low), high: Math.min(1, plain.high) };
  }
  const logits = tInterval(
    values.map((p) => Math.log(p / (1 - p))),
    confidence,
  );
  if (logits === null) return null;
  return {
    // The plain mean is what readers expect of a share; it lies inside, as the logit is monotone
    // and the spread of shares with five events each way is small.
    mean: mean(values as number[]),
    low: logits.low === null ? null : Math.min(mean(values as number[]), logistic(logits.low)),
    high: logits.high === null ? null : Math.max(mean(values as number[]), logistic(logits.high)),
    replications: logits.replications,
  };
}

/** Wilson's score interval (E. B. Wilson 1927) of `events` in `trials`. */
export function wilson(
  events: number,
  trials: number,
  confidence = CONFIDENCE,
): Omit<Estimate, 'replications'> & { low: number; high: number } {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = events / trials;
  const denominator = 1 + (z * z) / trials;
  const center = (share + (z * z) / (2 * trials)) / denominator;
  const half =
    (z / denominator) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return { mean: share, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

/**
 * Upper 95 % bound when none of n trials was an event: 3 / n_eff with
 * n_eff = n / (1 + 2 Σ autocorrelation), since −ln 0.05 = 2.996 (Hanley & Lippman-Hand 1983).
 */
export function zeroEventsUpperBound(trials: number, autocorrelationSum = 0): number {
  return Math.min(1, (3 * (1 + 2 * autocorrelationSum)) / trials);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import type { Estimate, Verdict } from '../../sim/index.ts';
import { REPLICATIONS_FOR_A_VERDICT } from './relative-precision.ts';
import { CONFIDENCE } from './t-interval.ts';

export interface VerdictInput {
  readonly difference: Estimate | null;
  /** Corrected for all that is tested together. */
  readonly pAdjusted: number | null;
  readonly betterIs: 'lower' | 'higher';
  /** A difference this large in the bad direction is still "no worse"; null without a margin. */
  readonly margin: number | null;
}

/**
 * The word for a comparison. "No difference shown" never means "equal": it means that these
 * replications do not show one.
 */
export function verdictOf({ difference, pAdjusted, betterIs, margin }: VerdictInput): Verdict {
  if (difference === null || difference.low === null || difference.high === null)
    return 'inconclusive';
  if (pAdjusted === null || difference.replications < REPLICATIONS_FOR_A_VERDICT)
    return 'inconclusive';
  if (pAdjusted < 1 - CONFIDENCE && difference.mean !== 0) {
    return difference.mean < 0 === (betterIs === 'lower') ? 'better' : 'worse';
  }
  if (margin !== null) {
    const worst = betterIs === 'lower' ? difference.high : -difference.low;
    if (worst < margin) return 'no worse';
  }
  return 'no difference shown';
}

export { CONFIDENCE, tHalfWidth, tInterval } from './t-interval.ts';
export { logTInterval } from './log-t-interval.ts';
export {
  logitTInterval,
  proportionInterval,
  wilson,
  zeroEventsUpperBound,
} from './proportion-interval.ts';
export type { Share } from './proportion-interval.ts';
export { isPrecise, REPLICATIONS_FOR_A_VERDICT } from './relative-precision.ts';
export { mser5, MSER_BATCH } from './mser.ts';
export type { Truncation } from './mser.ts';
export { pairedDifference, pNoWorse } from './paired-difference.ts';
export type { PairedDifference, Scale } from './paired-difference.ts';
export { welchDifference } from './welch-difference.ts';
export { bcaInterval, REPLICATIONS_FOR_BOOTSTRAP, RESAMPLES } from './bca-bootstrap.ts';
export { holm } from './holm.ts';
export { kendallTau } from './kendall-tau.ts';
export { bestCandidates } from './best-of-k.ts';
export { verdictOf } from './verdict.ts';
export {
  normalCumulative,
  normalQuantile,
  tCumulative,
  tQuantile,
  tTwoSidedP,
} from './student-t.ts';

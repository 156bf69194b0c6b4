export { CONFIDENCE, tInterval } from './t-interval.ts';
export { logTInterval } from './log-t-interval.ts';
export {
  logitTInterval,
  proportionInterval,
  wilson,
  zeroEventsUpperBound,
} from './proportion-interval.ts';
export type { Share } from './proportion-interval.ts';
export { isPrecise, REPLICATIONS_FOR_A_VERDICT } from './relative-precision.ts';
export { mser5 } from './mser.ts';
export { pairedDifference, pNoWorse } from './paired-difference.ts';
export type { PairedDifference } from './paired-difference.ts';
export { welchDifference } from './welch-difference.ts';
export { bcaInterval } from './bca-bootstrap.ts';
export { holm } from './holm.ts';
export { kendallTau } from './kendall-tau.ts';
export { bestCandidates } from './best-of-k.ts';
export { verdictOf } from './verdict.ts';
export { tQuantile, tTwoSidedP } from './student-t.ts';

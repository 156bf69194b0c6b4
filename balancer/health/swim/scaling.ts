import { log10 } from '../../numbers/log.ts';

/**
 * How SWIM's times and counts grow with the group (memberlist, `util.go`): so that a message
 * reaches everybody with high probability, they grow with the logarithm of its size.
 */

/** Times a message is passed on: factor × ⌈log₁₀(n + 1)⌉. */
export function retransmitLimit(factor: number, groupSize: number): number {
  let digits = 0;
  for (let reach = 1; reach < groupSize + 1; reach *= 10) digits++;
  return factor * digits;
}

/** Least time a member stays suspected: factor × max(1, log₁₀ n) × the interval of probes. */
export function suspicionTimeoutNs(
  factor: number,
  groupSize: number,
  probeIntervalNs: number,
): number {
  const scale = Math.max(1, log10(Math.max(1, groupSize)));
  // The original keeps three digits of the scale.
  return Math.floor((factor * Math.floor(scale * 1000) * probeIntervalNs) / 1000);
}

/** Members above which full exchanges of state become rarer. */
const PUSH_PULL_THRESHOLD = 32;

/** Between two full exchanges of state: one interval more with every doubling beyond 32. */
export function pushPullIntervalNs(intervalNs: number, groupSize: number): number {
  let factor = 1;
  for (let reach = PUSH_PULL_THRESHOLD; reach < groupSize; reach *= 2) factor++;
  return factor * intervalNs;
}

import type { Summary } from '../../sim/index.ts';
import type { StopReason } from '../running/run-request.ts';

/**
 * The exit code of `run`: 0 all thresholds of the gate hold · 1 crash · 7 replications lost or out
 * of memory · 8 invariant violated · 10 a threshold failed (no data fails too) · 11 one is
 * inconclusive · 124 out of time · 130 interrupted.
 */
export function exitCodeFor(
  summary: Summary | null,
  stopped: StopReason | null,
  options: { readonly allowInconclusive?: boolean } = {},
): number {
  if (stopped !== null) return STOPPED[stopped];
  if (summary === null) return 1;
  const gated = summary.thresholds.filter(({ strategy }) => summary.gate.includes(strategy));
  if (gated.some(({ result }) => result === 'fail' || result === 'no data')) return 10;
  const isOpen = gated.some(({ result }) => result === 'inconclusive');
  return isOpen && options.allowInconclusive !== true ? 11 : 0;
}

const STOPPED: Readonly<Record<StopReason, number>> = {
  crash: 1,
  'lost-replications': 7,
  'max-memory': 7,
  invariant: 8,
  'max-wall': 124,
  interrupted: 130,
};

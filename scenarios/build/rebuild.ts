import type { AroundSpec, PolicySpec } from '../../sim/index.ts';
import type { BalancerLayers } from '../schema/balancer.ts';
import { keyAt, type BuildContext } from './context.ts';

/** What building a table costs, and which updates it waits for. */
export function rebuildOf(
  { name }: PolicySpec,
  { rebuild: written }: BalancerLayers,
  context: BuildContext,
): AroundSpec['rebuild'] {
  if (written === undefined) return undefined;
  if (name === 'prequal') {
    const place = keyAt(context, 'balancer', 'rebuild');
    context.findings.error('E0401', place, "'prequal' picks from its probes and builds no table");
  }
  const none = { perServerNs: 0, perPairNs: 0, mergeWindowNs: 0 };
  if (typeof written === 'number') {
    return { timeNs: written, ...none, merges: 'health', coalesces: true };
  }
  return {
    timeNs: written.time,
    perServerNs: written.per_server,
    perPairNs: written.per_pair,
    mergeWindowNs: written.update_merge_window,
    merges: written.merge,
    coalesces: written.coalesce !== false,
    ...(written.coalesce === 'lossy' ? { losesUpdates: true } : {}),
  };
}

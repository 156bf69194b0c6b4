import { policyNotes, slowStartSettings } from '../../balancer/index.ts';
import type { AroundSpec, PolicySpec } from '../../sim/index.ts';
import type { BalancerLayers } from '../schema/balancer.ts';
import { keyAt, type BuildContext } from './context.ts';

/** Written under `balancer:`, or in short under `health:`. */
export function slowStartOf(
  { name }: PolicySpec,
  { slow_start: written, director }: BalancerLayers,
  context: BuildContext,
): AroundSpec['slowStart'] {
  const health = context.sections.read(context.root, 'health');
  const short = health === undefined || health === 'off' ? undefined : health.slow_start;
  if (written === undefined && short === undefined) return undefined;
  if (director === undefined && policyNotes[name]?.heedsWeights === false) {
    context.findings.warn(
      'W0111',
      keyAt(context, written === undefined ? 'health' : 'balancer', 'slow_start'),
      `slow start raises weights, which '${name}' ignores: it does nothing here`,
      { hint: 'weighted-round-robin, least-request and two-choices heed weights' },
    );
  }
  return slowStartSettings({ slow_start: written }, short);
}

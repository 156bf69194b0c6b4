import type { ZoneSettings } from '../../balancer/index.ts';
import type { PopSpec } from '../../sim/index.ts';
import type { BalancerLayers } from '../schema/balancer.ts';
import { keyAt, type BuildContext } from './context.ts';

/** Ways to take the zones of servers into account; one at a time. */
const ZONE_LAYERS = ['zone_aware', 'locality_weighted', 'locality_failover'] as const;

/** Per cent: Envoy's own, where a layer does not ask. */
const DEFAULTS = { overprovisioning: 140, panicThreshold: 50 };

export function zonesOf(
  layers: BalancerLayers,
  pops: readonly PopSpec[],
  context: BuildContext,
): ZoneSettings | undefined {
  const [key, second] = ZONE_LAYERS.filter((layer) => layers[layer] !== undefined);
  if (key === undefined) return undefined;
  if (second !== undefined) {
    const message = `'${key}' and '${second}' exclude each other`;
    context.findings.error('E0401', keyAt(context, 'balancer', second), message);
  }
  const lacking = pops.flatMap(({ servers }) => servers).find(({ zone }) => zone === undefined);
  if (lacking !== undefined) {
    const place = keyAt(context, 'balancer', key);
    context.findings.error('E0406', place, `'${key}' needs the zone of every server`, {
      hint: 'servers: [{ count: 4, type: a, zone: a }, { count: 4, type: b, zone: b }]',
    });
  }
  const { zone_aware: aware, locality_weighted: weighted, locality_failover: failover } = layers;
  const none = { instances: ['-'], minClusterSize: 6, weights: {}, ...DEFAULTS };
  if (key === 'zone_aware') {
    const { instances, min_cluster_size: minClusterSize } = aware!;
    return { ...none, kind: 'zone-aware', instances, minClusterSize };
  }
  if (key === 'locality_weighted') {
    const { weights, overprovisioning } = weighted!;
    return { ...none, kind: 'locality-weighted', weights, overprovisioning };
  }
  const health = context.sections.read(context.root, 'health');
  if (health !== undefined && health !== 'off' && health.panic_threshold) {
    const message = "zones panic one by one: write locality_failover.panic_threshold, not health's";
    context.findings.error('E0401', keyAt(context, 'balancer', key), message);
  }
  const { instances, overprovisioning, panic_threshold: panic } = failover!;
  return {
    ...none,
    kind: 'locality-failover',
    instances,
    overprovisioning,
    panicThreshold: panic * 100,
  };
}

import { ZONE_LAYERS, zoneSettings, type ZoneSettings } from '../../balancer/index.ts';
import type { PopSpec } from '../../sim/index.ts';
import type { BalancerLayers } from '../schema/balancer.ts';
import { keyAt, type BuildContext } from './context.ts';

/** How zones are taken into account; every server has to stand in one. */
export function zonesOf(
  layers: BalancerLayers,
  pops: readonly PopSpec[],
  context: BuildContext,
): ZoneSettings | undefined {
  const key = ZONE_LAYERS.find((layer) => layers[layer] !== undefined);
  if (key === undefined) return undefined;
  const lacking = pops.flatMap(({ servers }) => servers).find(({ zone }) => zone === undefined);
  if (lacking !== undefined) {
    const place = keyAt(context, 'balancer', key);
    context.findings.error('E0406', place, `'${key}' needs the zone of every server`, {
      hint: 'servers: [{ count: 4, type: a, zone: a }, { count: 4, type: b, zone: b }]',
    });
  }
  return zoneSettings(layers);
}

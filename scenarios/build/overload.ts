import type { WorldSpec } from '../../sim/index.ts';
import { offeredLoad } from '../plan/offered-load.ts';
import { nodeAt } from '../tree.ts';
import { keyAt, type BuildContext } from './context.ts';

/** More work than can be done, with ρ per entity: queues grow as long as the scenario lasts. */
export function warnOverload(world: WorldSpec, context: BuildContext): void {
  const key = nodeAt(context.root, ['traffic', 'arrivals']) === undefined ? 'rate' : 'arrivals';
  for (const { entity, utilisation } of offeredLoad(world).entities) {
    if (utilisation < 1) continue;
    const rho = utilisation.toPrecision(3);
    context.findings.warn(
      'W0109',
      keyAt(context, 'traffic', key),
      `${entity} gets more work than it can do: ρ = ${rho}`,
      { hint: 'figures will depend on how long is simulated' },
    );
  }
}

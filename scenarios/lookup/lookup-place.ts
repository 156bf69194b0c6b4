import type { PlannedStrategy } from '../running/index.ts';
import { nearestName } from '../suggest.ts';
import type { LookupPlace } from './look-up.ts';
import { LookupError } from './lookup-request.ts';

/**
 * A POP of a strategy's world as the simulation balances it: servers are called POP/SERVER there.
 * The first POP without a name. Throws a LookupError when there is none of that name.
 */
export function placeOf({ world }: PlannedStrategy, popName?: string): LookupPlace {
  const names = world.pops.map(({ name }) => name);
  const pop = popName === undefined ? world.pops[0] : world.pops.find((p) => p.name === popName);
  if (pop === undefined) {
    const nearest = nearestName(popName ?? '', names);
    throw new LookupError(
      `no POP '${popName}' in ${world.scenario}`,
      nearest === undefined ? `POPs: ${names.join(', ')}` : `did you mean '${nearest}'?`,
    );
  }
  const backends = pop.servers.map(({ name, weight }) => ({ id: `${pop.name}/${name}`, weight }));
  return { backends, policy: world.balancer.policy };
}

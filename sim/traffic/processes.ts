import type { Network } from '../../topology/index.ts';
import { NONE } from '../requests.ts';
import type { WorldSpec } from '../world.ts';
import type { ArrivalProcessSpec } from './arrivals.ts';

/**
 * The arrival processes of a world: one for each source (region, or POP of a laboratory) and class,
 * which for Poisson traffic is the same as drawing each request's class; other laws have one
 * process a source, whose requests draw their class.
 */
export function arrivalProcesses(world: WorldSpec, network: Network | null): ArrivalProcessSpec[] {
  const hasClients = network !== null && network.regionCount > 0;
  const sources = hasClients ? regionSources(network) : laboratorySources(world);
  if (world.traffic.arrivals.law !== 'poisson') {
    return sources.map((source) => ({ ...source, classIndex: NONE }));
  }
  return sources.flatMap((source) =>
    world.classes.map(({ name, share }, classIndex) => ({
      ...source,
      name: `${source.name}/${name}`,
      classIndex,
      share: source.share * share,
    })),
  );
}

type Source = Omit<ArrivalProcessSpec, 'classIndex'>;

/** Without client regions, traffic is spread evenly over the POPs. */
function laboratorySources(world: WorldSpec): Source[] {
  return world.pops.map(({ name }, pop) => ({
    name,
    region: NONE,
    pop,
    share: 1 / world.pops.length,
    utcOffsetHours: 0,
  }));
}

function regionSources(network: Network): Source[] {
  return network.regionNames.map((name, region) => ({
    name,
    region,
    pop: NONE,
    share: network.regionPopulationShare[region]!,
    utcOffsetHours: network.regionUtcOffsetHours[region]!,
  }));
}

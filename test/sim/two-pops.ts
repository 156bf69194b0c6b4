import type { EventSpec, WorldSpec } from '../../sim/index.ts';
import { drawsFrom } from '../swarm/draws.ts';
import { randomMap } from '../swarm/random-map.ts';
import { laboratory, type LaboratoryOptions } from './laboratory.ts';

/** POPs `ams` and `fra` on a small map with client regions; everything else as in a laboratory. */
export function twoPops(options: LaboratoryOptions): WorldSpec {
  const world = laboratory(options);
  const [lab] = world.pops;
  return {
    ...world,
    network: randomMap(drawsFrom(7, 'two POPs'), 2),
    pops: [
      { ...lab!, name: 'ams' },
      { ...lab!, name: 'fra' },
    ],
    origins: world.origins.map((origin) => ({ ...origin, near: 'fra' })),
  };
}

export function eventOn(
  pop: string,
  action: EventSpec['action'],
  atNs: number,
  untilNs = Infinity,
): EventSpec {
  return { name: 'event', atNs, untilNs, targets: [{ kind: 'pop', pop }], action };
}

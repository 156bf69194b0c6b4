import type { WorldSpec } from '../world.ts';

/** The names behind the indices that observers are given; what a report calls things. */
export interface EntityNames {
  readonly pops: readonly string[];
  /** Over all servers of the world in POP order: `POP/SERVER`. */
  readonly servers: readonly string[];
  /** POP of each server. */
  readonly popOfServer: Int32Array;
  readonly classes: readonly string[];
  readonly origins: readonly string[];
  readonly regions: readonly string[];
  readonly links: readonly string[];
  readonly prefixes: readonly string[];
}

/** Names that stand in the map or the routing, not in the scenario; all empty in a laboratory. */
export interface MapNames {
  readonly regions: readonly string[];
  readonly links: readonly string[];
  readonly prefixes: readonly string[];
}

export const NO_MAP: MapNames = { regions: [], links: [], prefixes: [] };

/** Indices follow the order of the specification: POP 0 first, its servers first. */
export function entityNames(world: WorldSpec, map: MapNames = NO_MAP): EntityNames {
  const servers: string[] = [];
  const popOfServer: number[] = [];
  world.pops.forEach((pop, popIndex) => {
    for (const server of pop.servers) {
      servers.push(`${pop.name}/${server.name}`);
      popOfServer.push(popIndex);
    }
  });
  return {
    pops: world.pops.map((pop) => pop.name),
    servers,
    popOfServer: Int32Array.from(popOfServer),
    classes: world.classes.map((requestClass) => requestClass.name),
    origins: world.origins.map((origin) => origin.name),
    ...map,
  };
}

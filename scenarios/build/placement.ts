import type { PopSpec } from '../../sim/index.ts';

/**
 * Servers from each zone in turn, zones in the order in which they are first listed, as a scheduler
 * spreads replicas evenly; within a zone in their order. Servers without a zone are one of theirs.
 */
export function inTurnsByZone(listed: readonly string[], pop: PopSpec): readonly string[] {
  const zoneOf = new Map(pop.servers.map(({ name, zone = '' }) => [name, zone]));
  const zones = new Map<string, string[]>();
  for (const name of listed) {
    const zone = zoneOf.get(name) ?? '';
    const members = zones.get(zone);
    if (members === undefined) zones.set(zone, [name]);
    else members.push(name);
  }
  const longest = Math.max(...[...zones.values()].map((members) => members.length));
  return Array.from({ length: longest }, (_, turn) =>
    [...zones.values()].flatMap((members) => members.slice(turn, turn + 1)),
  ).flat();
}

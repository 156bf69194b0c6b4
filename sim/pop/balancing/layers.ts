import {
  LocalityPolicy,
  PriorityPolicy,
  ZonePolicy,
  type Policy,
  type RandomSource,
} from '../../../balancer/index.ts';
import type { AroundSpec, PopSpec, ZonesSpec } from '../../world.ts';

/** Where a balancer stands. */
interface Place {
  readonly pop: PopSpec;
  readonly instance: number;
  /** For the layers' own draws. */
  readonly random: RandomSource;
}

/** The layers of a policy that choose among servers: priorities around zones around the policy. */
export function inLayers(makePolicy: () => Policy, around: AroundSpec, place: Place): Policy {
  const { zones, priorities } = around;
  const makeZoned = zones === undefined ? makePolicy : () => inZones(makePolicy, zones, place);
  if (priorities === undefined) return makeZoned();
  const { servers } = place.pop;
  return new PriorityPolicy({
    priorityOf: (backend) => servers[backend]!.priority ?? 0,
    overprovisioning: priorities.overprovisioning,
    panicThreshold: priorities.panicThreshold,
    makePolicy: makeZoned,
    random: place.random,
  });
}

function inZones(makePolicy: () => Policy, zones: ZonesSpec, place: Place): Policy {
  const { pop, instance, random } = place;
  const zoneAt = (index: number) => zones.instances[index % zones.instances.length]!;
  const names = [...new Set([...zones.instances, ...pop.servers.map(({ zone = '' }) => zone)])];
  names.sort((a, b) => (a < b ? -1 : 1));
  const zoneOfBackend = pop.servers.map(({ zone = '' }) => names.indexOf(zone));
  if (zones.kind === 'locality-weighted') {
    return new LocalityPolicy({
      localityOf: (backend) => zoneOfBackend[backend]!,
      weights: names.map((name) => zones.weights[name] ?? 1),
      overprovisioning: zones.overprovisioning,
      makePolicy,
    });
  }
  const ownZone = names.indexOf(zoneAt(instance));
  if (zones.kind === 'locality-failover') {
    return new PriorityPolicy({
      priorityOf: (backend) => Number(zoneOfBackend[backend]! !== ownZone),
      overprovisioning: zones.overprovisioning,
      panicThreshold: zones.panicThreshold,
      makePolicy,
      random,
    });
  }
  const clientCounts = names.map(() => 0);
  for (let i = 0; i < pop.balancerCount; i++) clientCounts[names.indexOf(zoneAt(i))]!++;
  return new ZonePolicy({
    zoneOf: (backend) => zoneOfBackend[backend]!,
    ownZone,
    clientCounts,
    minClusterSize: zones.minClusterSize,
    makePolicy,
    random,
  });
}

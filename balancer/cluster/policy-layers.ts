import type { BackendIndex } from '../backend-pool.ts';
import { LocalityPolicy } from '../layers/locality-policy.ts';
import { PriorityPolicy } from '../layers/priority-policy.ts';
import { ZonePolicy } from '../layers/zone-policy.ts';
import type { Policy } from '../policy.ts';
import type { RandomSource } from '../ports.ts';

export interface PrioritySettings {
  /** In per cent: 140 keeps a priority at full load down to 71 % of its backends. */
  readonly overprovisioning: number;
  /** In per cent of a priority's backends. */
  readonly panicThreshold: number;
}

export interface ZoneSettings {
  readonly kind: 'zone-aware' | 'locality-weighted' | 'locality-failover';
  /** Zone of each balancer instance, in turn. */
  readonly instances: readonly string[];
  readonly minClusterSize: number;
  /** Of locality-weighted: by zone; 1 for those that are not named. */
  readonly weights: Readonly<Record<string, number>>;
  readonly overprovisioning: number;
  /** Of locality-failover: in per cent of a zone's backends. */
  readonly panicThreshold: number;
}

export interface LayerSettings {
  readonly priorities?: PrioritySettings;
  readonly zones?: ZoneSettings;
}

/** Where a balancer and its backends stand. */
export interface LayerPlace {
  readonly priorityOf: (backend: BackendIndex) => number;
  readonly zoneOf: (backend: BackendIndex) => string;
  /** Zones in which backends stand, or will. */
  readonly zones: readonly string[];
  /** This balancer among its like. */
  readonly instance: number;
  readonly instanceCount: number;
  /** For the layers' own draws. */
  readonly random: RandomSource;
}

/** The layers of a policy that choose among backends: priorities around zones around the policy. */
export function inLayers(
  makePolicy: () => Policy,
  { zones, priorities }: LayerSettings,
  place: LayerPlace,
): Policy {
  const makeZoned = zones === undefined ? makePolicy : () => inZones(makePolicy, zones, place);
  if (priorities === undefined) return makeZoned();
  return new PriorityPolicy({
    priorityOf: place.priorityOf,
    overprovisioning: priorities.overprovisioning,
    panicThreshold: priorities.panicThreshold,
    makePolicy: makeZoned,
    random: place.random,
  });
}

function inZones(makePolicy: () => Policy, settings: ZoneSettings, place: LayerPlace): Policy {
  const { instance, instanceCount, random } = place;
  const { kind, instances, overprovisioning } = settings;
  const zoneAt = (index: number) => instances[index % instances.length]!;
  const names = [...new Set([...instances, ...place.zones])].toSorted((a, b) => (a < b ? -1 : 1));
  const zoneOf = (backend: BackendIndex) => numberOf(place.zoneOf(backend), names);
  if (kind === 'locality-weighted') {
    return new LocalityPolicy({
      localityOf: zoneOf,
      weights: names.map((name) => settings.weights[name] ?? 1),
      overprovisioning,
      makePolicy,
    });
  }
  const ownZone = names.indexOf(zoneAt(instance));
  if (kind === 'locality-failover') {
    return new PriorityPolicy({
      priorityOf: (backend) => Number(zoneOf(backend) !== ownZone),
      overprovisioning,
      panicThreshold: settings.panicThreshold,
      makePolicy,
      random,
    });
  }
  const clientCounts = names.map(() => 0);
  for (let i = 0; i < instanceCount; i++) clientCounts[names.indexOf(zoneAt(i))]!++;
  return new ZonePolicy({
    zoneOf,
    ownZone,
    clientCounts,
    minClusterSize: settings.minClusterSize,
    makePolicy,
    random,
  });
}

function numberOf(zone: string, names: readonly string[]): number {
  const index = names.indexOf(zone);
  if (index < 0) throw new Error(`no zone "${zone}" among ${names.join(', ')}`);
  return index;
}

import type { z } from 'zod';
import { healthChecks, policies, policyAliases } from '../balancer/index.ts';
import { evictionPolicies, routingStrategies, swimCheck } from '../sim/index.ts';
import { worlds } from '../topology/index.ts';

/** Everything that a scenario names and the code defines, by kind. */

/** A named thing with options: a balancing policy, a routing strategy, an eviction policy. */
export interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly options: z.ZodType;
}

export interface Catalogue {
  /** What the entries are called in messages. */
  readonly noun: string;
  readonly plural: string;
  /** Code of "unknown …". */
  readonly unknownCode: string;
  readonly entries: readonly Definition[];
  /** Names of other products → ours, for suggestions only. */
  readonly aliases: Readonly<Record<string, string>>;
}

export const POLICIES: Catalogue = {
  noun: 'policy',
  plural: 'policies',
  unknownCode: 'E0304',
  entries: policies,
  aliases: policyAliases,
};

export const ROUTING: Catalogue = {
  noun: 'routing strategy',
  plural: 'strategies',
  unknownCode: 'E0305',
  entries: routingStrategies,
  aliases: {
    bgp: 'anycast',
    'geo-dns': 'dns-geo',
    geodns: 'dns-geo',
    'latency-dns': 'dns-latency',
    'regional-anycast': 'anycast-regional',
    closest: 'nearest',
    oracle: 'nearest',
  },
};

export const EVICTION: Catalogue = {
  noun: 'eviction policy',
  plural: 'policies',
  unknownCode: 'E0312',
  entries: evictionPolicies,
  aliases: { 'least-recently-used': 'lru' },
};

/** Rules that judge probes, heartbeats, or a group that watches itself. */
export const ACTIVE_CHECKS: Catalogue = {
  noun: 'active health check',
  plural: 'kinds',
  unknownCode: 'E0314',
  entries: [...healthChecks.filter(({ kind }) => kind !== 'traffic'), swimCheck],
  aliases: { phi: 'phi-accrual', akka: 'phi-accrual', memberlist: 'swim', serf: 'swim' },
};

/** Rules that judge live requests. */
export const PASSIVE_CHECKS: Catalogue = {
  noun: 'passive health check',
  plural: 'kinds',
  unknownCode: 'E0314',
  entries: healthChecks.filter(({ kind }) => kind === 'traffic'),
  aliases: { envoy: 'envoy-outliers', grpc: 'grpc-outliers', outliers: 'envoy-outliers' },
};

/** `global-24` of `topology/global-24@1`. */
export function worldNamed(name: string): (typeof worlds)[number] | undefined {
  return worlds.find((world) => shortName(world.name) === name);
}

export function worldNames(): string[] {
  return worlds.map((world) => shortName(world.name));
}

function shortName(name: string): string {
  return name.replace(/^topology\//, '').replace(/@\d+$/, '');
}

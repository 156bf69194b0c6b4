import type { z } from 'zod';
import type { RandomSource } from '../ports.ts';
import type { PhiAccrualDetector } from './heartbeats/phi-accrual.ts';
import type { ProbeTracker } from './health-tracker.ts';
import type { TrafficTracker } from './traffic/traffic-tracker.ts';

/** What a health check is given by its holder. */
export interface HealthPorts {
  readonly random: RandomSource;
}

/** What each kind of check makes: fed by probes, by live requests, or by heartbeats. */
export interface HealthKinds {
  readonly probes: ProbeTracker;
  readonly traffic: TrafficTracker;
  readonly heartbeats: PhiAccrualDetector;
}

export type HealthKind = keyof HealthKinds;

/** A health check as a value: what the catalogue lists and a page describes. */
export interface HealthDefinitionOf<Kind extends HealthKind> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly kind: Kind;
  /** Decodes what the user wrote; a strict object with the product's defaults. */
  readonly options: z.ZodType;
  /** Parses `options` (throws a ZodError) and makes a check of them. */
  create(options: unknown, ports: HealthPorts): HealthKinds[Kind];
}

export type HealthDefinition = { [Kind in HealthKind]: HealthDefinitionOf<Kind> }[HealthKind];

/** What the author of a health check writes. */
export interface HealthSource<Kind extends HealthKind, Schema extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly kind: Kind;
  readonly options: Schema;
  readonly create: (options: z.output<Schema>, ports: HealthPorts) => HealthKinds[Kind];
}

export function defineHealth<Kind extends HealthKind, Schema extends z.ZodType>(
  source: HealthSource<Kind, Schema>,
): HealthDefinitionOf<Kind> {
  return {
    ...source,
    create: (written, ports) => source.create(source.options.parse(written), ports),
  };
}

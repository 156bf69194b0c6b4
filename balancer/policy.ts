import type { z } from 'zod';
import type { BackendIndex, BackendPool } from './backend-pool.ts';
import { hash32 } from './hashes/xxhash.ts';
import type { LoadProber, LoadReport, Outcome, RandomSource } from './ports.ts';

/** One object per balancer, rewritten for each pick; a policy must not keep it. */
export interface PickRequest {
  /** Uniform unsigned 32-bit hash of what the request asks for; see `hash32` and `mix32`. */
  readonly keyHash: number;
  /** The lower word of a hash of 64 bits, whose upper one `keyHash` is; else absent or −1. */
  readonly keyLow?: number;
  /** 0 for the first try, then one more for every retry of the same request. */
  readonly attempt: number;
  readonly nowNs: number;
}

/** Chooses one of the eligible backends. */
export interface Policy {
  /** Membership, weight or eligibility changed. Off the hot path, before the next pick. */
  rebuild(pool: BackendPool): void;
  /** No allocation. `NO_BACKEND` when nothing is eligible. */
  pick(request: PickRequest): BackendIndex;
  /** How long a holder that can wait should, before it picks; 0, or absent: not at all. */
  waitNs?(nowNs: number): number;
  /**
   * For holders that ask backends before they choose: the part of the pool in which this pick would
   * choose, where layers divide it. Absent: all of it.
   */
  poolFor?(request: PickRequest): BackendPool;
  onStart?(backend: BackendIndex, nowNs: number): void;
  onFinish?(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void;
  /** A backend told of its load. */
  onReport?(backend: BackendIndex, report: LoadReport, nowNs: number): void;
}

/** What a policy is given by its holder. */
export interface PolicyPorts {
  readonly random: RandomSource;
  /** Asks backends for their load, for policies that probe. */
  readonly loadProber?: LoadProber;
}

/** A policy as a value: what a catalogue lists, a scenario names, and a page describes. */
export interface PolicyDefinition {
  /** What scenarios write: kebab-case, unique in a catalogue. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Decodes what the user wrote; a strict object, so that unknown options are errors. */
  readonly options: z.ZodType;
  /** The same key goes to the same backend, and a change of membership moves few keys. */
  readonly consistent: boolean;
  /** What the product hashes the text of a key with; `hash32` where it does not matter. */
  readonly hashKey: (text: string) => number;
  /** Where the product uses all of a 64-bit hash: that, for `Balancer.pickWords`. */
  readonly hashKey64?: (text: string) => bigint;
  /** Parses `options` (throws a ZodError) and makes a policy of them. */
  create(options: unknown, ports: PolicyPorts): Policy;
}

/** What the author of a policy writes. */
export interface PolicySource<Schema extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly options: Schema;
  readonly consistent?: boolean;
  readonly hashKey?: (text: string) => number;
  readonly hashKey64?: (text: string) => bigint;
  readonly create: (options: z.output<Schema>, ports: PolicyPorts) => Policy;
}

/**
 * Turns a policy's source into a definition. The option type is erased here and nowhere else, so
 * that a catalogue is a plain array and whoever constructs a policy in code gets the same checks.
 */
export function definePolicy<Schema extends z.ZodType>(
  source: PolicySource<Schema>,
): PolicyDefinition {
  const { name, summary, options, consistent = false, hashKey64 } = source;
  return {
    name,
    summary,
    options,
    consistent,
    hashKey: source.hashKey ?? ((text) => hash32(text)),
    ...(hashKey64 === undefined ? {} : { hashKey64 }),
    create: (written, ports) => source.create(options.parse(written), ports),
  };
}

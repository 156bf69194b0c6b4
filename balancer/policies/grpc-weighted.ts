import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { duration } from '../options.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { LoadReport, RandomSource } from '../ports.ts';
import { EdfScheduler } from '../turns/edf-scheduler.ts';
import { StaticStride } from '../turns/static-stride.ts';

class WrrGrpc implements Policy {
  readonly #stride: StaticStride;
  #pool: BackendPool | undefined;

  constructor(random: RandomSource) {
    this.#stride = new StaticStride(Math.floor(random() * 2 ** 32), true);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const count = pool.eligibleCount;
    const weights = Float64Array.from({ length: count }, (_, i) => pool.weight(pool.eligibleAt(i)));
    this.#stride.update(weights, count);
  }

  pick(): BackendIndex {
    const position = this.#stride.next();
    return position < 0 ? NO_BACKEND : this.#pool!.eligibleAt(position);
  }
}

class WrrGrpcEdf implements Policy {
  readonly #edf: EdfScheduler;
  #pool: BackendPool | undefined;
  readonly #weightOf = (backend: BackendIndex) => this.#pool!.weight(backend);

  constructor(isUntied: boolean) {
    this.#edf = new EdfScheduler(isUntied ? 'grpc-untied' : 'grpc');
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    const backends = Int32Array.from({ length: pool.eligibleCount }, (_, i) => pool.eligibleAt(i));
    this.#edf.rebuild(backends, this.#weightOf, 0);
  }

  pick(): BackendIndex {
    return this.#edf.pick(this.#weightOf);
  }
}

/**
 * gRPC's weighted round robin over the weights of the pool: the static stride scheduler, which
 * holds weights between 0.01 and 10 times their mean (as in C++) and starts at a random number of
 * its sequence, or earliest deadline first as in gRPC-Go's `internal/wrr`, which always starts with
 * the heaviest and begins anew at every change. `ties: heap` gives the latter a defect that it had
 * up to version 1.31 (grpc-go#3793): equal weights repeat, 1 1 2 2 instead of 1 2 1 2.
 */
export const wrrGrpc = definePolicy({
  name: 'wrr-grpc',
  summary: 'Takes backends in turn, each as many of 65,535 times as its weight (static stride).',
  options: z.strictObject({
    scheduler: z.enum(['static-stride', 'edf']).default('static-stride'),
    ties: z
      .enum(['in-order', 'heap'])
      .default('in-order')
      .describe('of equal deadlines under edf; heap is the defect of grpc-go#3793'),
  }),
  create: ({ scheduler, ties }, { random }) =>
    scheduler === 'edf' ? new WrrGrpcEdf(ties === 'heap') : new WrrGrpc(random),
});

interface UtilisationSettings {
  readonly blackoutNs: number;
  readonly expirationNs: number;
  readonly updateNs: number;
  readonly errorPenalty: number;
}

class WrrByUtilisation implements Policy {
  readonly #settings: UtilisationSettings;
  readonly #stride: StaticStride;
  #pool: BackendPool | undefined;
  readonly #owners = new SlotOwners({ keepsAbsent: false });
  /** By slot: the latest weight, when it came, and when weights began to come; −1 is never. */
  #weight = new Float64Array(0);
  #updatedNs = new Float64Array(0);
  #sinceNs = new Float64Array(0);
  /** Weights in force, by position. */
  #inForce = new Float64Array(0);
  #nextUpdateNs = -Infinity;

  constructor(settings: UtilisationSettings, random: RandomSource) {
    this.#settings = settings;
    this.#stride = new StaticStride(Math.floor(random() * 2 ** 32), false);
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#grow(pool.slotCount);
    // Whoever is new, or back, is in blackout again.
    this.#owners.update(pool, {
      joined: (backend) => {
        this.#sinceNs[backend] = -1;
      },
    });
    this.#nextUpdateNs = -Infinity;
  }

  pick({ nowNs }: PickRequest): BackendIndex {
    if (nowNs >= this.#nextUpdateNs) this.#update(nowNs);
    const position = this.#stride.next();
    return position < 0 ? NO_BACKEND : this.#pool!.eligibleAt(position);
  }

  onReport(backend: BackendIndex, report: LoadReport, nowNs: number): void {
    const { queriesPerSecond = 0, errorsPerSecond = 0, utilisation = 0 } = report;
    if (!(queriesPerSecond > 0 && utilisation > 0) || !this.#owners.has(backend)) return;
    const errors = (errorsPerSecond / queriesPerSecond) * this.#settings.errorPenalty;
    this.#weight[backend] = queriesPerSecond / (utilisation + errors);
    this.#updatedNs[backend] = nowNs;
    if (this.#sinceNs[backend] === -1) this.#sinceNs[backend] = nowNs;
  }

  #update(nowNs: number): void {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    for (let i = 0; i < count; i++) this.#inForce[i] = this.#weightAt(pool.eligibleAt(i), nowNs);
    this.#stride.update(this.#inForce, count);
    this.#nextUpdateNs = nowNs + this.#settings.updateNs;
  }

  /** 0 where it is unknown: too old, or in blackout. */
  #weightAt(backend: BackendIndex, nowNs: number): number {
    if (this.#sinceNs[backend] === -1) return 0;
    if (nowNs - this.#updatedNs[backend]! >= this.#settings.expirationNs) {
      this.#sinceNs[backend] = -1;
      return 0;
    }
    return nowNs - this.#sinceNs[backend]! < this.#settings.blackoutNs ? 0 : this.#weight[backend]!;
  }

  #grow(count: number): void {
    if (count <= this.#weight.length) return;
    const grown = (old: Float64Array, fill: number) => {
      const column = new Float64Array(count).fill(fill);
      column.set(old);
      return column;
    };
    this.#weight = grown(this.#weight, 0);
    this.#updatedNs = grown(this.#updatedNs, 0);
    this.#sinceNs = grown(this.#sinceNs, -1);
    this.#inForce = new Float64Array(count);
  }
}

/** gRPC refuses to update more often than this. */
const LEAST_UPDATE_NS = 100e6;

/**
 * gRPC's client-side weighted round robin (A58): a backend's weight is the queries per second it
 * reports ÷ (its utilisation + its error ratio × penalty), used after a blackout of steady reports
 * and until it is too old; the scheduler is the static stride. It lives on what backends report
 * (`Balancer.report`): without reports it takes plain turns. Weights of the pool are ignored.
 */
export const wrrByUtilisation = definePolicy({
  name: 'wrr-utilisation-grpc',
  summary: 'Turns by the throughput per utilisation that backends report (gRPC A58).',
  options: z.strictObject({
    blackout_period: duration().prefault('10s').describe('of reports before they count'),
    weight_expiration_period: duration().prefault('180s'),
    weight_update_period: duration().prefault('1s').describe('at least 100ms'),
    error_utilization_penalty: z.number().min(0).default(1),
  }),
  create: (options, { random }) =>
    new WrrByUtilisation(
      {
        blackoutNs: options.blackout_period,
        expirationNs: options.weight_expiration_period,
        updateNs: Math.max(LEAST_UPDATE_NS, options.weight_update_period),
        errorPenalty: options.error_utilization_penalty,
      },
      random,
    ),
});

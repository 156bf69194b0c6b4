import { z } from 'zod';
import { MovingAverages } from '../averages/moving-averages.ts';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { RateControl } from '../c3/rate-control.ts';
import { duration } from '../options.ts';
import { definePolicy, type PickRequest, type Policy } from '../policy.ts';
import { SlotOwners } from '../pools/slot-owners.ts';
import type { LoadReport, Outcome, RandomSource } from '../ports.ts';

interface C3Settings {
  readonly smoothing: number;
  readonly clients: number;
  readonly defaultLatencyNs: number;
  readonly failureLatencyNs: number;
  readonly controlsRates: boolean;
}

/**
 * C3's score of a replica, in the unit of its times; the least is best. The queue is what this
 * client has outstanding, taken for all clients, and what the server told of.
 */
export function c3Score(
  responseTime: number,
  serviceTime: number,
  outstanding: number,
  clients: number,
  toldQueue: number,
): number {
  const queue = 1 + outstanding * clients + toldQueue;
  return responseTime - serviceTime + queue * queue * queue * serviceTime;
}

class C3 implements Policy {
  readonly #settings: C3Settings;
  readonly #random: RandomSource;
  readonly #responseNs: MovingAverages;
  readonly #serviceNs: MovingAverages;
  readonly #queue: MovingAverages;
  readonly #rates: RateControl | undefined;
  readonly #owners = new SlotOwners({ keepsAbsent: true });
  #pool: BackendPool | undefined;
  /** Those of the least score, while a pick looks for it. */
  #tied = new Int32Array(0);

  constructor(settings: C3Settings, random: RandomSource) {
    this.#settings = settings;
    this.#random = random;
    const { smoothing, defaultLatencyNs } = settings;
    this.#responseNs = new MovingAverages(smoothing, defaultLatencyNs);
    this.#serviceNs = new MovingAverages(smoothing, defaultLatencyNs);
    this.#queue = new MovingAverages(smoothing, 0);
    this.#rates = settings.controlsRates ? new RateControl() : undefined;
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#tied = new Int32Array(pool.eligibleCount);
    const averages = [this.#responseNs, this.#serviceNs, this.#queue];
    for (const average of averages) average.reserve(pool.slotCount);
    this.#rates?.reserve(pool.slotCount);
    this.#owners.update(pool, {
      joined: (backend) => {
        for (const average of averages) average.reset(backend);
        this.#rates?.reset(backend);
      },
    });
  }

  /** The best of those within their rates; of all, when nobody is. */
  pick({ nowNs }: PickRequest): BackendIndex {
    if (this.#rates === undefined) return this.#pickBest(undefined, nowNs);
    const within = this.#pickBest(this.#rates, nowNs);
    return within === NO_BACKEND ? this.#pickBest(undefined, nowNs) : within;
  }

  waitNs(nowNs: number): number {
    const pool = this.#pool!;
    if (this.#rates === undefined || pool.eligibleCount === 0) return 0;
    let leastNs = Infinity;
    for (let i = 0; i < pool.eligibleCount && leastNs > 0; i++) {
      leastNs = Math.min(leastNs, this.#rates.waitNs(pool.eligibleAt(i), nowNs));
    }
    return leastNs;
  }

  #pickBest(rates: RateControl | undefined, nowNs: number): BackendIndex {
    const pool = this.#pool!;
    const count = pool.eligibleCount;
    const { clients } = this.#settings;
    const responseNs = this.#responseNs.values;
    const serviceNs = this.#serviceNs.values;
    const queue = this.#queue.values;
    const tied = this.#tied;
    let bestScore = Infinity;
    let tiedCount = 0;
    for (let i = 0; i < count; i++) {
      const backend = pool.eligibleAt(i);
      if (rates !== undefined && rates.waitNs(backend, nowNs) > 0) continue;
      const outstanding = pool.inFlight(backend);
      const service = serviceNs[backend]!;
      const score = c3Score(responseNs[backend]!, service, outstanding, clients, queue[backend]!);
      if (score > bestScore) continue;
      if (score < bestScore) tiedCount = 0;
      bestScore = score;
      tied[tiedCount++] = backend;
    }
    if (tiedCount === 0) return NO_BACKEND;
    const drawn = tiedCount === 1 ? 0 : Math.floor(this.#random() * tiedCount);
    return tied[drawn]! as BackendIndex;
  }

  onStart(backend: BackendIndex, nowNs: number): void {
    if (this.#owners.has(backend)) this.#rates?.sent(backend, nowNs);
  }

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number, nowNs: number): void {
    if (!this.#owners.has(backend)) return;
    this.#rates?.answered(backend, nowNs);
    const leastNs = outcome === 'success' ? 0 : this.#settings.failureLatencyNs;
    const responseNs = Math.max(latencyNs, leastNs);
    this.#responseNs.add(backend, responseNs);
    // Until the server tells its service time: of those inside, each had a part of the time.
    if (this.#queue.hasSample(backend)) return;
    this.#serviceNs.add(backend, responseNs / (this.#pool!.inFlight(backend) + 1));
  }

  onReport(backend: BackendIndex, { requestsInFlight, serviceNs }: LoadReport): void {
    if (!this.#owners.has(backend)) return;
    if (requestsInFlight !== undefined) this.#queue.add(backend, requestsInFlight);
    if (serviceNs !== undefined) this.#serviceNs.add(backend, serviceNs);
  }
}

/**
 * C3 (Suresh et al., NSDI 2015): the replica of the least R − 1/μ + q̂³/μ, with moving averages of
 * the response time R, the service time 1/μ and the queue that servers tell of, and q̂ = 1 +
 * outstanding × clients + queue. The cube keeps a fast server from a long queue. Without reports
 * the service time is this balancer's own estimate. Weights are ignored.
 *
 * With `rate_control`, the paper's other half, only backends within their sending rate are ranked:
 * see `RateControl`. When all are over it the paper holds requests back; a pick must answer, and
 * ranks all; who can wait asks `Balancer.waitNs` first, as `Backpressure` does.
 *
 * It is off unless asked for, as `--backpressure` is in the authors' simulator (lalithsuresh/absim)
 * and as in what is in use: Elasticsearch's adaptive replica selection ranks by this formula and
 * limits nothing. Only the authors' Cassandra (lalithsuresh/cassandra-c3) always does both. And by
 * itself it starves with the simulator's constants, which are ours: answers cannot come faster than
 * requests are let out, so a rate that is cut hardly ever grows again. There a tenth of the reads
 * also goes to all other replicas, past the limit (`shadowReadRatio`), and pushes it up; Cassandra
 * begins at 100 answers an interval, saves 200 tokens and weighs answers after a pause the more.
 */
export const c3 = definePolicy({
  name: 'c3',
  summary: 'The least response time plus service time times the cube of the expected queue.',
  options: z.strictObject({
    smoothing: z.number().gt(0).max(1).default(0.9).describe('weight of the newest sample'),
    clients: z.int().min(1).max(1_000_000).default(1).describe('balancers that share the backends'),
    default_latency: duration().prefault('1ms').describe('assumed of a backend never used'),
    failure_latency: duration().prefault('1s').describe('least that a failure counts as'),
    rate_control: z.boolean().default(false).describe('cubic sending rates, one a backend'),
  }),
  create: (options, { random }) =>
    new C3(
      {
        smoothing: options.smoothing,
        clients: options.clients,
        defaultLatencyNs: options.default_latency,
        failureLatencyNs: options.failure_latency,
        controlsRates: options.rate_control,
      },
      random,
    ),
});

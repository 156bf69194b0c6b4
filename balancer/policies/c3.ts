import { z } from 'zod';
import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import { MovingAverages } from '../moving-averages.ts';
import { duration } from '../options.ts';
import { definePolicy, type Policy } from '../policy.ts';
import type { LoadReport, Outcome, RandomSource } from '../ports.ts';

interface C3Settings {
  readonly smoothing: number;
  readonly clients: number;
  readonly defaultLatencyNs: number;
  readonly failureLatencyNs: number;
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
  readonly #owner: string[] = [];
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
  }

  rebuild(pool: BackendPool): void {
    this.#pool = pool;
    this.#tied = new Int32Array(pool.eligibleCount);
    const averages = [this.#responseNs, this.#serviceNs, this.#queue];
    for (const average of averages) average.reserve(pool.slotCount);
    for (let i = 0; i < pool.eligibleCount; i++) {
      const backend = pool.eligibleAt(i);
      if (this.#owner[backend] === pool.id(backend)) continue;
      this.#owner[backend] = pool.id(backend);
      for (const average of averages) average.reset(backend);
    }
  }

  pick(): BackendIndex {
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

  onFinish(backend: BackendIndex, outcome: Outcome, latencyNs: number): void {
    if (this.#owner[backend] === undefined) return;
    const leastNs = outcome === 'success' ? 0 : this.#settings.failureLatencyNs;
    const responseNs = Math.max(latencyNs, leastNs);
    this.#responseNs.add(backend, responseNs);
    // Until the server tells its service time: of those inside, each had a part of the time.
    if (this.#queue.hasSample(backend)) return;
    this.#serviceNs.add(backend, responseNs / (this.#pool!.inFlight(backend) + 1));
  }

  onReport(backend: BackendIndex, { requestsInFlight, serviceNs }: LoadReport): void {
    if (this.#owner[backend] === undefined) return;
    if (requestsInFlight !== undefined) this.#queue.add(backend, requestsInFlight);
    if (serviceNs !== undefined) this.#serviceNs.add(backend, serviceNs);
  }
}

/**
 * C3 (Suresh et al., NSDI 2015), its ranking: the replica of the least R − 1/μ + q̂³/μ, with
 * moving averages of the response time R, the service time 1/μ and the queue that servers tell of,
 * and q̂ = 1 + outstanding × clients + queue. The cube keeps a fast server from a long queue.
 * Without reports the service time is this balancer's own estimate. Its rate control, which holds
 * requests back, is not part of a policy. Weights are ignored.
 */
export const c3 = definePolicy({
  name: 'c3',
  summary: 'The least response time plus service time times the cube of the expected queue.',
  options: z.strictObject({
    smoothing: z.number().gt(0).max(1).default(0.9).describe('weight of the newest sample'),
    clients: z.int().min(1).max(1_000_000).default(1).describe('balancers that share the backends'),
    default_latency: duration().prefault('1ms').describe('assumed of a backend never used'),
    failure_latency: duration().prefault('1s').describe('least that a failure counts as'),
  }),
  create: (options, { random }) =>
    new C3(
      {
        smoothing: options.smoothing,
        clients: options.clients,
        defaultLatencyNs: options.default_latency,
        failureLatencyNs: options.failure_latency,
      },
      random,
    ),
});

import { NO_BACKEND, type BackendIndex, type BackendPool } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { AwaitedPicks } from '../dispatching/awaited-picks.ts';
import { prequalOptions } from '../policies/prequal.ts';
import type { LoadAsker, LoadReport, RandomSource, Timers } from '../ports.ts';
import { LoadQuantile } from './load-quantile.ts';
import { SyncProbes } from './sync-probes.ts';

export interface SyncPrequalParts {
  /** Whose eligible backends are probed. */
  readonly balancer: Balancer;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly asker: LoadAsker;
}

/**
 * Prequal's synchronous mode for a holder that can wait: each pick probes some backends and is done
 * when all but one have answered, or after `probe_timeout` with what has come by then. The policy
 * `prequal` itself must answer at once, and with `mode: sync` takes its own knowledge for answers.
 * Layers around the policy divide the pool first, each pick anew (`Balancer.poolFor`).
 */
export class SyncPrequal implements AwaitedPicks {
  readonly #parts: SyncPrequalParts;
  readonly #probeCount: number;
  readonly #hotQuantile: number;
  readonly #timeoutNs: number;
  readonly #loads = new LoadQuantile();
  /** For each part of the pool: its eligible backends in any order; of one version of the pool. */
  #eligible = new WeakMap<BackendPool, Int32Array>();
  #version = -1;

  /** `options` are those of the policy `prequal`; throws a ZodError. */
  constructor(options: unknown, parts: SyncPrequalParts) {
    const { probes, hot_quantile, probe_timeout } = prequalOptions.parse(options);
    this.#parts = parts;
    this.#probeCount = Math.max(2, Math.ceil(probes));
    this.#hotQuantile = hot_quantile;
    this.#timeoutNs = probe_timeout;
  }

  /** Calls `done` once, never before returning but when nothing is eligible (`NO_BACKEND`). */
  pick(keyHash: number, attempt: number, done: (backend: BackendIndex) => void): void {
    const { balancer, timers, asker, random } = this.#parts;
    const probes = new SyncProbes(this.#probeCount);
    const part = balancer.poolFor(keyHash, attempt);
    const sentCount = probes.begin(this.#eligibleIn(part), random);
    if (sentCount === 0) return done(NO_BACKEND);
    let isDone = false;
    const finish = () => {
      isDone = true;
      timers.cancel(timeout);
      done(probes.choose(this.#loads.quantile(this.#hotQuantile)));
    };
    const timeout = timers.after(this.#timeoutNs, finish);
    for (let i = 0; i < sentCount; i++) {
      const backend = probes.probed(i);
      asker.ask(backend, (report) => {
        this.#note(report);
        if (isDone) return;
        probes.answer(backend, report.requestsInFlight ?? 0, report.latencyNs ?? 0);
        if (probes.isReady) finish();
      });
    }
  }

  /** Late answers tell what is hot as well. */
  #note({ requestsInFlight }: LoadReport): void {
    if (requestsInFlight !== undefined) this.#loads.add(requestsInFlight);
  }

  #eligibleIn(part: BackendPool): Int32Array {
    const { pool } = this.#parts.balancer;
    if (this.#version !== pool.version) {
      this.#version = pool.version;
      this.#eligible = new WeakMap();
    }
    let eligible = this.#eligible.get(part);
    if (eligible === undefined) {
      eligible = Int32Array.from({ length: part.eligibleCount }, (_, i) => part.eligibleAt(i));
      this.#eligible.set(part, eligible);
    }
    return eligible;
  }
}

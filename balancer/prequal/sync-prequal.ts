import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
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
 */
export class SyncPrequal {
  readonly #parts: SyncPrequalParts;
  readonly #probeCount: number;
  readonly #hotQuantile: number;
  readonly #timeoutNs: number;
  readonly #loads = new LoadQuantile();
  /** The eligible backends in any order, and the pool that it was taken from. */
  #eligible = new Int32Array(0);
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
  pick(done: (backend: BackendIndex) => void): void {
    const { timers, asker, random } = this.#parts;
    const probes = new SyncProbes(this.#probeCount);
    const sentCount = probes.begin(this.#eligibleNow(), random);
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

  #eligibleNow(): Int32Array {
    const { pool } = this.#parts.balancer;
    if (this.#version !== pool.version) {
      this.#version = pool.version;
      this.#eligible = Int32Array.from({ length: pool.eligibleCount }, (_, i) =>
        pool.eligibleAt(i),
      );
    }
    return this.#eligible;
  }
}

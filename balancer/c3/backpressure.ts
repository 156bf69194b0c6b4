import type { BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { AwaitedPicks } from '../dispatching/awaited-picks.ts';
import type { Timers } from '../ports.ts';

interface Waiting {
  readonly keyHash: number;
  readonly attempt: number;
  readonly done: (backend: BackendIndex) => void;
}

/**
 * C3's backpressure for a holder that can wait: while every backend is over its rate
 * (`Balancer.waitNs`), requests stand in one queue, first come first served, and leave it as
 * backends come within their rates again.
 */
export class Backpressure implements AwaitedPicks {
  readonly #balancer: Balancer;
  readonly #timers: Timers;
  readonly #waiting: Waiting[] = [];
  #isTimed = false;

  constructor(balancer: Balancer, timers: Timers) {
    this.#balancer = balancer;
    this.#timers = timers;
  }

  /** Requests in the queue. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  pick(keyHash: number, attempt: number, done: (backend: BackendIndex) => void): void {
    if (this.#waiting.length === 0 && this.#balancer.waitNs() === 0) {
      done(this.#balancer.pick(keyHash, attempt));
      return;
    }
    this.#waiting.push({ keyHash, attempt, done });
    this.#setTimer();
  }

  /** The first of the queue; `done` starts it, which spends a token, so the wait is asked anew. */
  #release(): void {
    this.#isTimed = false;
    while (this.#waiting.length > 0 && this.#balancer.waitNs() === 0) {
      const { keyHash, attempt, done } = this.#waiting.shift()!;
      done(this.#balancer.pick(keyHash, attempt));
    }
    this.#setTimer();
  }

  #setTimer(): void {
    if (this.#isTimed || this.#waiting.length === 0) return;
    this.#isTimed = true;
    this.#timers.after(Math.max(1, this.#balancer.waitNs()), () => this.#release());
  }
}

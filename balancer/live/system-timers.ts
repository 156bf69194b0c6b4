import { performance } from 'node:perf_hooks';
import type { RandomSource, TimerId, Timers } from '../ports.ts';

/** `setTimeout` fires at once beyond 2³¹ − 1 ms, about 24.8 days. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/**
 * This machine's monotonic clock and timers, as the balancer wants them. Node fires whole
 * milliseconds, so a timer may be up to 1 ms late even on an idle machine. Timers do not keep the
 * process alive by themselves when `keepAlive` is false.
 */
export function createSystemTimers({ keepAlive = true } = {}): Timers {
  return new SystemTimers(keepAlive);
}

/** The platform's generator, for whoever needs no reproducible picks. */
export const systemRandom: RandomSource = () => Math.random();

class SystemTimers implements Timers {
  readonly #keepAlive: boolean;
  readonly #pending = new Map<TimerId, NodeJS.Timeout>();
  #nextId = 1;

  constructor(keepAlive: boolean) {
    this.#keepAlive = keepAlive;
  }

  get nowNs(): number {
    return Math.round(performance.now() * 1e6);
  }

  after(delayNs: number, run: () => void): TimerId {
    if (!(delayNs >= 0)) throw new RangeError(`a delay is not negative, got ${delayNs}`);
    const delayMs = delayNs / 1e6;
    if (delayMs > DELAY_MS_MAX) throw new RangeError(`a delay of ${delayMs} ms exceeds 24.8 days`);
    const id = this.#nextId++ as TimerId;
    const timeout = setTimeout(() => {
      this.#pending.delete(id);
      run();
    }, delayMs);
    if (!this.#keepAlive) timeout.unref();
    this.#pending.set(id, timeout);
    return id;
  }

  cancel(timer: TimerId): void {
    clearTimeout(this.#pending.get(timer));
    this.#pending.delete(timer);
  }
}

import { mayKeep } from '../affinity/may-keep.ts';
import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { Clock } from '../ports.ts';
import type { ClientMemory } from './client-memory.ts';
import type { DispatchSettings } from './dispatch-settings.ts';
import { pickForRetry } from './retry-host.ts';
import { Fitness, type Ticket } from './ticket.ts';

export interface BackendChoiceParts {
  readonly balancer: Balancer;
  readonly clock: Clock;
  readonly settings: DispatchSettings;
  readonly memory: ClientMemory | null;
  /** Whether a backend stands in the table, drained or not. */
  readonly isMember: (backend: BackendIndex) => boolean;
}

/** Which backend a request goes to: that of its client, or by the policy. */
export class BackendChoice {
  readonly #balancer: Balancer;
  readonly #clock: Clock;
  readonly #avoidPrevious: number;
  readonly #keepsDraining: boolean;
  readonly #memory: ClientMemory | null;
  readonly #isMember: (backend: BackendIndex) => boolean;

  constructor({ balancer, clock, settings, memory, isMember }: BackendChoiceParts) {
    this.#balancer = balancer;
    this.#clock = clock;
    this.#avoidPrevious = settings.retries?.avoidPrevious ?? 0;
    this.#keepsDraining = settings.affinity?.keepsDraining ?? false;
    this.#memory = memory;
    this.#isMember = isMember;
  }

  /** Its client's backend, if there is one and it may stay; else `NO_BACKEND`. */
  kept({ client, previous }: Ticket): BackendIndex {
    if (this.#memory === null) return NO_BACKEND;
    const kept = this.#memory.find(client, this.#clock.nowNs);
    const isUsable = kept !== NO_BACKEND && this.#isUsable(kept) && !previous.includes(kept);
    return isUsable ? kept : NO_BACKEND;
  }

  /** By the policy, and if possible not where it failed before. */
  pick({ keyHash, attempt, tries, previous }: Ticket): BackendIndex {
    if (previous.length === 0) return this.#balancer.pick(keyHash, attempt + tries);
    return pickForRetry(
      this.#balancer,
      { keyHash, attempt: attempt + tries },
      (tried) => previous.includes(tried),
      this.#avoidPrevious,
    );
  }

  /** Its client goes there again. */
  chosen({ client }: Ticket, backend: BackendIndex): void {
    this.#memory?.store(client, backend, this.#clock.nowNs);
  }

  /** No client goes there again. */
  forget(backend: BackendIndex): void {
    this.#memory?.forget?.(backend);
  }

  /**
   * Whether a request that waited for a backend goes there: unless that is worse by now than when
   * it was chosen. What was no reason against it then is none now: chosen anew, it would be again,
   * and would wait for ever.
   */
  staysWith({ backend, fitness }: Ticket): boolean {
    return this.fitness(backend) >= fitness;
  }

  fitness(backend: BackendIndex): Fitness {
    if (this.#isUsable(backend)) return Fitness.Usable;
    const { pool } = this.#balancer;
    if (!pool.isMember(backend)) return Fitness.Gone;
    return pool.isEnabled(backend) ? Fitness.Ill : Fitness.Disabled;
  }

  /** It may be picked, or it drains and keeps its clients. */
  #isUsable(backend: BackendIndex): boolean {
    const { pool } = this.#balancer;
    if (pool.isEligible(backend)) return true;
    return this.#keepsDraining && this.#isMember(backend) && mayKeep(pool, backend);
  }
}

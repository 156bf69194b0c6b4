/** Envoy's limits per cluster and priority; by default (`circuit_breaker.proto`) 1024, 1024, 3. */
export interface CircuitLimits {
  /** Requests in flight. */
  readonly requests: number;
  /** Requests that wait for a connection. */
  readonly pending: number;
  /** Retries in flight. */
  readonly retries: number;
}

export type CircuitResource = keyof CircuitLimits;

export const DEFAULT_CIRCUIT_LIMITS: CircuitLimits = { requests: 1024, pending: 1024, retries: 3 };

/**
 * Circuit breaking in Envoy's sense (`resource_manager_impl.h`): limits on what is under way at
 * once; what exceeds one is refused at once, and nothing has to "close" again.
 */
export class CircuitBreaker {
  readonly #limits: CircuitLimits;
  readonly #used = { requests: 0, pending: 0, retries: 0 };
  /** How often each was refused. */
  readonly refused = { requests: 0, pending: 0, retries: 0 };

  constructor(limits: CircuitLimits = DEFAULT_CIRCUIT_LIMITS) {
    this.#limits = limits;
  }

  /** Takes one of the resource, or refuses; give it back with `release`. */
  tryTake(resource: CircuitResource): boolean {
    if (this.#used[resource] >= this.#limits[resource]) {
      this.refused[resource]++;
      return false;
    }
    this.#used[resource]++;
    return true;
  }

  release(resource: CircuitResource): void {
    if (this.#used[resource] === 0) throw new Error(`a ${resource} slot was released twice`);
    this.#used[resource]--;
  }

  /** How many are taken. */
  used(resource: CircuitResource): number {
    return this.#used[resource];
  }

  /** Whether the next one would be refused. */
  isOpen(resource: CircuitResource): boolean {
    return this.#used[resource] >= this.#limits[resource];
  }
}

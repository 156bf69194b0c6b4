/**
 * How much a member distrusts itself (Lifeguard, Dadgar et al. 2018, "local health multiplier"):
 * whoever misses answers may itself be the slow one, and waits longer before it accuses.
 */
export class Awareness {
  readonly #most: number;
  #score = 0;

  /** `most` is one above the greatest score: memberlist's `AwarenessMaxMultiplier`. */
  constructor(most: number) {
    this.#most = most;
  }

  /** 0 is healthy. */
  get score(): number {
    return this.#score;
  }

  applyDelta(delta: number): void {
    this.#score = Math.min(this.#most - 1, Math.max(0, this.#score + delta));
  }

  scaleTimeoutNs(timeoutNs: number): number {
    return timeoutNs * (this.#score + 1);
  }
}

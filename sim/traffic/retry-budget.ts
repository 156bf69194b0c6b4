/** Retries that a budget lets through at once after a quiet time, and at the start. */
const BURST_RETRIES = 100;

/**
 * A retry budget (as Finagle's): every request deposits `ratio` of a retry, every retry spends
 * one, up to a burst. Infinity never refuses.
 */
export class RetryBudget {
  private readonly ratio: number;
  #balance = BURST_RETRIES;

  constructor(ratio: number) {
    this.ratio = ratio;
  }

  deposit(): void {
    const balance = this.#balance + this.ratio;
    this.#balance = balance < BURST_RETRIES ? balance : BURST_RETRIES;
  }

  /** False when the budget is exhausted: the retry must not be sent. */
  spend(): boolean {
    if (this.ratio === Infinity) return true;
    if (this.#balance < 1) return false;
    this.#balance -= 1;
    return true;
  }
}

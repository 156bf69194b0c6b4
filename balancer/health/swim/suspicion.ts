import { naturalLog } from '../../numbers/log.ts';

/**
 * A member is suspected: it has until the timeout to refute, and every further member that
 * confirms the suspicion shortens it (Lifeguard, "local health aware suspicion"): from `mostNs`
 * to `leastNs` with `expected` confirmations, by the logarithm of their number.
 */
export class Suspicion {
  readonly #startNs: number;
  readonly #leastNs: number;
  readonly #mostNs: number;
  readonly #expected: number;
  /** Who suspects already; the first does not count as a confirmation. */
  readonly #accusers = new Set<number>();

  constructor(
    accuser: number,
    startNs: number,
    timeout: { readonly leastNs: number; readonly mostNs: number; readonly expected: number },
  ) {
    this.#accusers.add(accuser);
    this.#startNs = startNs;
    this.#leastNs = timeout.leastNs;
    this.#mostNs = timeout.mostNs;
    this.#expected = timeout.expected;
  }

  /** Whether this is news: a member's first confirmation, and not more than expected. */
  confirm(accuser: number): boolean {
    if (this.#accusers.size - 1 >= this.#expected || this.#accusers.has(accuser)) return false;
    this.#accusers.add(accuser);
    return true;
  }

  /** When the suspected is dead unless it refutes; may lie in the past. */
  get deadlineNs(): number {
    if (this.#expected < 1) return this.#startNs + this.#leastNs;
    const confirmations = this.#accusers.size - 1;
    return (
      this.#startNs +
      remainingSuspicionNs(confirmations, this.#expected, 0, this.#leastNs, this.#mostNs)
    );
  }
}

/**
 * What is left of the timeout after `elapsedNs`, in whole milliseconds of it; negative when over.
 */
export function remainingSuspicionNs(
  confirmations: number,
  expected: number,
  elapsedNs: number,
  leastNs: number,
  mostNs: number,
): number {
  const shortened = naturalLog(confirmations + 1) / naturalLog(expected + 1);
  const seconds = mostNs / 1e9 - shortened * ((mostNs - leastNs) / 1e9);
  return Math.max(Math.floor(1000 * seconds) * 1e6, leastNs) - elapsedNs;
}

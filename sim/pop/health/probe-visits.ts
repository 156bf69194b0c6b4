import type { Kernel } from '../../kernel/kernel.ts';
import type { Stations } from '../stations.ts';
import { NO_VISIT } from '../visits.ts';

/** What becomes of a probe inside a server. */
export interface ProbeEnds {
  served(): void;
  /** The process died and its connections were reset. */
  reset(): void;
}

/** Owners of visits below NO_OWNER (−1) are probes: slot s is −2 − s. */
const FIRST_OWNER = -2;

/**
 * Health probes that stand in servers' queues and hold their slots as requests do. A probe whose
 * checker has given up leaves the queue; one in service is finished for nobody.
 */
export class ProbeVisits {
  private readonly kernel: Kernel;
  readonly #ends: (ProbeEnds | null)[] = [];
  readonly #free: number[] = [];

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** False if the server has no room for it. */
  submit(
    stations: Stations,
    server: number,
    work: { readonly workNs: number; readonly timeoutNs: number },
    ends: ProbeEnds,
  ): boolean {
    const slot = this.#free.pop() ?? this.#ends.length;
    const visit = stations.submit(server, FIRST_OWNER - slot, work.workNs);
    if (visit === NO_VISIT) {
      this.#free.push(slot);
      this.#ends[slot] ??= null;
      return false;
    }
    this.#ends[slot] = ends;
    this.kernel.after(work.timeoutNs, () => {
      if (this.#ends[slot] !== ends) return;
      stations.abandon(visit);
      this.#release(slot);
    });
    return true;
  }

  /** A server is done with it. */
  served(owner: number): void {
    this.#release(FIRST_OWNER - owner)?.served();
  }

  /** Its server lost what was inside. */
  lost(owner: number, isNoticed: boolean): void {
    const ends = this.#release(FIRST_OWNER - owner);
    if (isNoticed) ends?.reset();
  }

  #release(slot: number): ProbeEnds | null {
    const ends = this.#ends[slot] ?? null;
    this.#ends[slot] = null;
    this.#free.push(slot);
    return ends;
  }
}

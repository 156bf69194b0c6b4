import type { Invariants } from './invariants.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { RequestLifecycle } from './request-lifecycle.ts';

/** What makes a story go on: the kernel with its handlers, or a laboratory's short way. */
export interface Clockwork {
  /** Handles all events up to and including `untilNs`, then stands there. */
  run(untilNs: number): void;
  /**
   * Goes on until the requests of the measured window have ended, `untilNs` at the latest; the
   * world, arrivals included, goes on meanwhile.
   */
  drain(untilNs: number): void;
  /** Throws where something was lost or counted twice. */
  check(): void;
  /** Requests of the measured window that have not ended. */
  readonly unfinishedCount: number;
}

/** The general one. */
export class KernelClockwork implements Clockwork {
  private readonly kernel: Kernel;
  private readonly lifecycle: RequestLifecycle;
  private readonly invariants: Invariants;

  constructor(kernel: Kernel, lifecycle: RequestLifecycle, invariants: Invariants) {
    this.kernel = kernel;
    this.lifecycle = lifecycle;
    this.invariants = invariants;
  }

  run(untilNs: number): void {
    this.kernel.run(untilNs);
  }

  drain(untilNs: number): void {
    const { endings } = this.lifecycle;
    if (endings.measuredInFlightCount === 0) return;
    endings.onMeasuredDrained = () => this.kernel.stop();
    this.kernel.run(untilNs);
  }

  check(): void {
    this.invariants.check();
  }

  get unfinishedCount(): number {
    return this.lifecycle.endings.measuredInFlightCount;
  }
}

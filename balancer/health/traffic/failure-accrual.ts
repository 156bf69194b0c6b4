import type { BackendIndex } from '../../backend-pool.ts';
import type { Outcome, RandomSource } from '../../ports.ts';
import type { AccrualRule } from './accrual-rules.ts';
import { isFailure, type ReportTransition, type TrafficTracker } from './traffic-tracker.ts';

export interface FailureAccrualSettings {
  /** A fresh rule for a backend that joins. */
  readonly makeRule: () => AccrualRule;
  readonly backoff: Backoff;
  readonly random: RandomSource;
}

/** How long a backend stays dead: doubling from the least to the most, and some chance on top. */
export interface Backoff {
  readonly leastNs: number;
  readonly mostNs: number;
  /** Up to so much of a delay is added at random. */
  readonly jitterRatio: number;
}

type Standing = 'alive' | 'dead' | 'probing';

interface Accrual {
  readonly rule: AccrualRule;
  standing: Standing;
  /** Deaths since it was last alive. */
  deathCount: number;
  returnNs: number;
  /** In probation: whether its one request is under way. */
  hasProbe: boolean;
}

/**
 * Failure accrual of Finagle (`FailureAccrualFactory`) and Linkerd: a rule says when a backend is
 * dead; after a back-off it gets one request, whose success brings it back and whose failure makes
 * it dead for longer. While that request is under way, it gets no other.
 */
export class FailureAccrualTracker implements TrafficTracker {
  readonly #settings: FailureAccrualSettings;
  readonly #accruals = new Map<BackendIndex, Accrual>();

  constructor(settings: FailureAccrualSettings) {
    this.#settings = settings;
  }

  join(backend: BackendIndex): void {
    this.#accruals.set(backend, {
      rule: this.#settings.makeRule(),
      standing: 'alive',
      deathCount: 0,
      returnNs: Infinity,
      hasProbe: false,
    });
  }

  leave(backend: BackendIndex): void {
    this.#accruals.delete(backend);
  }

  started(backend: BackendIndex, _nowNs: number, report: ReportTransition): void {
    const accrual = this.#accruals.get(backend);
    if (accrual?.standing !== 'probing' || accrual.hasProbe) return;
    accrual.hasProbe = true;
    report(backend, 'down');
  }

  finished(backend: BackendIndex, outcome: Outcome, nowNs: number, report: ReportTransition): void {
    const accrual = this.#accruals.get(backend);
    // What was under way when it died tells nothing new.
    if (accrual === undefined || (accrual.standing !== 'alive' && !accrual.hasProbe)) return;
    const isProbe = accrual.hasProbe;
    const hasFailed = isFailure(outcome);
    if (isProbe && !hasFailed) {
      revive(accrual);
      report(backend, 'up');
    }
    const isDead = hasFailed ? accrual.rule.failed(nowNs) : accrual.rule.succeeded(nowNs);
    if (!isDead && !(isProbe && hasFailed)) return;
    accrual.standing = 'dead';
    accrual.hasProbe = false;
    accrual.returnNs = nowNs + this.#drawBackoffNs(accrual.deathCount++);
    if (!isProbe) report(backend, 'down');
  }

  advance(nowNs: number, report: ReportTransition): void {
    for (const [backend, accrual] of this.#accruals) {
      if (accrual.standing !== 'dead' || nowNs < accrual.returnNs) continue;
      accrual.standing = 'probing';
      report(backend, 'up');
    }
  }

  dueNs(): number {
    let dueNs = Infinity;
    for (const { standing, returnNs } of this.#accruals.values()) {
      if (standing === 'dead') dueNs = Math.min(dueNs, returnNs);
    }
    return dueNs;
  }

  isUsable(backend: BackendIndex): boolean {
    const accrual = this.#accruals.get(backend);
    return accrual === undefined || (accrual.standing !== 'dead' && !accrual.hasProbe);
  }

  #drawBackoffNs(deathsBefore: number): number {
    const { backoff, random } = this.#settings;
    // Past 60 doublings the most has long been reached.
    const delayNs = Math.min(backoff.mostNs, backoff.leastNs * 2 ** Math.min(deathsBefore, 60));
    if (backoff.jitterRatio === 0) return delayNs;
    return Math.round(delayNs * (1 + backoff.jitterRatio * random()));
  }
}

function revive(accrual: Accrual): void {
  accrual.standing = 'alive';
  accrual.hasProbe = false;
  accrual.deathCount = 0;
  accrual.rule.revived();
}

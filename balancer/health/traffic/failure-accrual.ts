import type { BackendIndex } from '../../backend-pool.ts';
import type { Outcome, RandomSource } from '../../ports.ts';
import type { AccrualRule } from './accrual-rules.ts';
import type { Backoff } from './backoff.ts';
import { isFailure, type ReportTransition, type TrafficTracker } from './traffic-tracker.ts';

export interface FailureAccrualSettings {
  /** A fresh rule for a backend that joins. */
  readonly makeRule: (nowNs: number) => AccrualRule;
  /** How long a backend stays dead. */
  readonly backoff: Backoff;
  /** Whether a failed trial is a death whatever the rule says of it; else it is tried again. */
  readonly trialsDecide: boolean;
  readonly random: RandomSource;
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
 * it dead for longer. While that request is under way, it gets no other. In Finagle the rule may
 * find such a failure harmless (too few requests for a success rate); then the next is a trial too.
 */
export class FailureAccrualTracker implements TrafficTracker {
  readonly #settings: FailureAccrualSettings;
  readonly #accruals = new Map<BackendIndex, Accrual>();

  constructor(settings: FailureAccrualSettings) {
    this.#settings = settings;
  }

  join(backend: BackendIndex, nowNs: number): void {
    this.#accruals.set(backend, {
      rule: this.#settings.makeRule(nowNs),
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
      revive(accrual, nowNs);
      report(backend, 'up');
    }
    const isDead = hasFailed ? accrual.rule.failed(nowNs) : accrual.rule.succeeded(nowNs);
    const hasFailedTrial = isProbe && hasFailed;
    const { backoff, random, trialsDecide } = this.#settings;
    if (!isDead && hasFailedTrial && !trialsDecide) {
      accrual.hasProbe = false;
      report(backend, 'up');
      return;
    }
    if (!isDead && !hasFailedTrial) return;
    accrual.standing = 'dead';
    accrual.hasProbe = false;
    accrual.returnNs = nowNs + backoff(accrual.deathCount++, random);
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
}

function revive(accrual: Accrual, nowNs: number): void {
  accrual.standing = 'alive';
  accrual.hasProbe = false;
  accrual.deathCount = 0;
  accrual.rule.revived(nowNs);
}

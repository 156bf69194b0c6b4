import type { BackendIndex } from '../../backend-pool.ts';
import type { Outcome } from '../../ports.ts';
import type { HealthTransition } from '../health-tracker.ts';

/** Told of each backend whose state changed. */
export type ReportTransition = (backend: BackendIndex, transition: HealthTransition) => void;

/**
 * Passive health: what live requests came to goes in, ejections and returns come out. Pure: time
 * comes in with each call and never falls. Transitions are reported during these calls
 * only.
 */
export interface TrafficTracker {
  /** A backend joins, usable and with a clean record. */
  join(backend: BackendIndex, nowNs: number): void;
  leave(backend: BackendIndex): void;
  /** A request was sent to it. */
  started?(backend: BackendIndex, nowNs: number, report: ReportTransition): void;
  /** A request to it ended; call `advance` first when that is due. */
  finished(backend: BackendIndex, outcome: Outcome, nowNs: number, report: ReportTransition): void;
  /** Does what was due until `nowNs`. */
  advance(nowNs: number, report: ReportTransition): void;
  /** When `advance` has something to do next; Infinity when only requests can change anything. */
  dueNs(): number;
  isUsable(backend: BackendIndex): boolean;
}

/** Everything but a success. */
export function isFailure(outcome: Outcome): boolean {
  return outcome !== 'success';
}

import type { Outcome, RequestIndex } from '../../requests.ts';
import type { FailureReason } from '../../world.ts';
import type { Observer } from '../observer.ts';

/**
 * The place of a recorder among the observers: these are named before the tables are made, which a
 * recorder reads. Nothing happens before it is taken.
 */
export class RecorderSeat implements Observer {
  occupant: Observer | null = null;

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    this.occupant?.requestEnded?.(request, outcome, endNs);
  }

  attemptFailed(request: RequestIndex, reason: FailureReason, atNs: number): void {
    this.occupant?.attemptFailed?.(request, reason, atNs);
  }

  routeChanged(prefix: number, region: number, from: number, to: number, atNs: number): void {
    this.occupant?.routeChanged?.(prefix, region, from, to, atNs);
  }

  keysMoved(pop: number, movedRatio: number, atNs: number): void {
    this.occupant?.keysMoved?.(pop, movedRatio, atNs);
  }

  serverHealthChanged(server: number, healthy: boolean, atNs: number): void {
    this.occupant?.serverHealthChanged?.(server, healthy, atNs);
  }
}

import type { Requests } from '../requests.ts';
import type { Fetches } from './fetches.ts';
import { isFetch, NO_OWNER, ownerIndex } from './owners.ts';

/** Who waits for which fetch: a list through the waiters' own columns, first come first. */
export class WaitingLists {
  private readonly requests: Requests;
  private readonly fetches: Fetches;

  constructor(requests: Requests, fetches: Fetches) {
    this.requests = requests;
    this.fetches = fetches;
  }

  join(fetch: number, waiter: number): void {
    const fetches = this.fetches;
    this.#setNext(waiter, NO_OWNER);
    const last = fetches.lastWaiter[fetch]!;
    if (last === NO_OWNER) fetches.firstWaiter[fetch] = waiter;
    else this.#setNext(last, waiter);
    fetches.lastWaiter[fetch] = waiter;
  }

  /** A waiter gave up. Clients give up in the order in which they came: it is near the head. */
  leave(fetch: number, waiter: number): void {
    const fetches = this.fetches;
    let before = NO_OWNER;
    let present = fetches.firstWaiter[fetch]!;
    while (present !== waiter) {
      before = present;
      present = this.next(present);
    }
    const after = this.next(waiter);
    if (before === NO_OWNER) fetches.firstWaiter[fetch] = after;
    else this.#setNext(before, after);
    if (after === NO_OWNER) fetches.lastWaiter[fetch] = before;
  }

  first(fetch: number): number {
    return this.fetches.firstWaiter[fetch]!;
  }

  next(owner: number): number {
    const column = isFetch(owner) ? this.fetches.nextWaiter : this.requests.nextWaiter;
    return column[ownerIndex(owner)]!;
  }

  #setNext(owner: number, next: number): void {
    const column = isFetch(owner) ? this.fetches.nextWaiter : this.requests.nextWaiter;
    column[ownerIndex(owner)] = next;
  }
}

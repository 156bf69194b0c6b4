import type { CircuitBreaker } from '../admission/circuit-breaker.ts';
import { NO_REQUEST, type ConnectionQueue } from '../admission/connection-queue.ts';
import type { RetryBudget } from '../admission/retry-budget.ts';
import { NO_BACKEND, type BackendIndex } from '../backend-pool.ts';
import type { Timers } from '../ports.ts';
import type { AwaitedPicks } from './awaited-picks.ts';
import type { BackendChoice } from './backend-choice.ts';
import type { DispatchEnds, Refusal } from './dispatch-ends.ts';
import type { DispatchSettings, FailureReason, RetrySettings } from './dispatch-settings.ts';
import { Fitness, Standing, type Ticket, type Tickets } from './ticket.ts';

export interface DispatcherParts {
  readonly settings: DispatchSettings;
  readonly timers: Timers;
  readonly choice: BackendChoice;
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget | null;
  readonly queue: ConnectionQueue | null;
  /** Where a request may have to wait for the pick itself. */
  readonly awaited: AwaitedPicks | null;
  readonly tickets: Tickets;
}

/**
 * A balancer that does more than pick: it limits what is in flight, queues for connections, tries
 * again by itself, and keeps clients with their backends. How is up to the pieces; here is when
 * they are asked:
 *
 *     arrived → breaker → the client's backend, or the policy → queue for a connection → send
 *        ↑        │ refused     │ refused: nobody               │ refused: full, too long    │
 *        └────────┴─────────────┴── retried, if budget and breaker allow ←── failed ─────────┘
 *
 * Requests are numbers of the holder's choice (see `Tickets`). `left` is called for each try that
 * ends, however it does, and `retried` after it for one that failed. Allocates nothing for a
 * request that is sent at once.
 */
export class Dispatcher {
  readonly #ends: DispatchEnds;
  readonly #timers: Timers;
  readonly #choice: BackendChoice;
  readonly #breaker: CircuitBreaker;
  readonly #budget: RetryBudget | null;
  readonly #queue: ConnectionQueue | null;
  readonly #awaited: AwaitedPicks | null;
  readonly #tickets: Tickets;
  readonly #retries: RetrySettings | undefined;
  readonly #perTryNs: number;
  readonly #waitingNsMost: number;

  constructor(parts: DispatcherParts, ends: DispatchEnds) {
    const { retries, limits } = parts.settings;
    this.#ends = ends;
    this.#timers = parts.timers;
    this.#choice = parts.choice;
    this.#breaker = parts.breaker;
    this.#budget = parts.budget;
    this.#queue = parts.queue;
    this.#awaited = parts.awaited;
    this.#tickets = parts.tickets;
    this.#retries = retries;
    this.#perTryNs = retries?.perTryNs ?? Infinity;
    this.#waitingNsMost = limits?.pendingTimeoutNs ?? Infinity;
  }

  /** A request is here; `attempt` is the sender's own, 0 for its first. */
  arrived(request: number, keyHash: number, client: number, attempt: number): void {
    const ticket = this.#tickets.of(request);
    ticket.keyHash = keyHash;
    ticket.client = client;
    ticket.attempt = attempt;
    ticket.tries = 0;
    ticket.isRetry = false;
    ticket.isRefused = false;
    // Only if need be: V8 sets a length by a call of its runtime, a tenth of a request.
    if (ticket.previous.length > 0) ticket.previous.length = 0;
    this.#budget?.requested(this.#timers.nowNs);
    this.#route(request, ticket);
  }

  /** It leaves its backend, or its place in a queue, however it ends. */
  left(request: number): void {
    const ticket = this.#tickets.of(request);
    const { standing } = ticket;
    if (standing === Standing.Outside) return;
    this.#endRetry(ticket);
    if (standing === Standing.Sent) this.#breaker.release('requests');
    if (standing === Standing.Waiting) {
      this.#queue!.abandon(request);
      this.#breaker.release('pending');
    }
    this.#leave(ticket);
  }

  /** It failed at a backend. True if it is tried again, and its sender hears nothing. */
  retried(request: number, reason: FailureReason): boolean {
    const retries = this.#retries;
    if (retries === undefined) return false;
    const ticket = this.#tickets.of(request);
    if (ticket.isRefused || ticket.tries >= retries.max) return false;
    const isWanted =
      retries.on.includes(reason) ||
      ((reason === '503' || reason === '504') && retries.on.includes('5xx'));
    if (!isWanted || !this.#mayRetry()) return false;
    ticket.tries++;
    ticket.isRetry = true;
    ticket.previous.push(ticket.backend);
    this.#ends.retrying?.(request);
    this.#route(request, ticket);
    return true;
  }

  /** Whether the dispatcher will by itself end its wait for the backend's answer. */
  givesUp(request: number): boolean {
    return this.#perTryNs < Infinity && this.#tickets.of(request).standing === Standing.Sent;
  }

  /** The backend leaves the pool: its clients are sent anew. Call it before it is removed. */
  forget(backend: BackendIndex): void {
    this.#choice.forget(backend);
  }

  /** Both the breaker and the budget must allow it. */
  #mayRetry(): boolean {
    if (!this.#breaker.tryTake('retries')) return false;
    if (this.#budget === null || this.#budget.tryRetry(this.#timers.nowNs)) return true;
    this.#breaker.release('retries');
    return false;
  }

  /** From the breaker on: a request that arrived, is tried again, or has to be sent elsewhere. */
  #route(request: number, ticket: Ticket): void {
    if (this.#breaker.isOpen('requests')) return this.#refuse(request, ticket, 'too-many-requests');
    const kept = this.#choice.kept(ticket);
    if (kept === NO_BACKEND && this.#awaited !== null)
      return this.#await(request, ticket, this.#awaited);
    this.#choose(request, ticket, kept === NO_BACKEND ? this.#choice.pick(ticket) : kept);
  }

  /** Its backend is chosen, or nobody may be. */
  #choose(request: number, ticket: Ticket, backend: BackendIndex): void {
    if (backend === NO_BACKEND) return this.#refuse(request, ticket, 'no-backend');
    this.#choice.chosen(ticket, backend);
    this.#admit(request, ticket, backend);
  }

  /** Where it goes is said later: by answers to probes, or when somebody is within its rate. */
  #await(request: number, ticket: Ticket, awaited: AwaitedPicks, redrawn = 0): void {
    ticket.standing = Standing.Awaiting;
    const turn = ++ticket.turn;
    awaited.pick(ticket.keyHash, ticket.attempt + ticket.tries, (backend) => {
      if (ticket.turn !== turn) return;
      this.#leave(ticket);
      if (ticket.previous.includes(backend) && redrawn < this.#retries!.avoidPrevious) {
        this.#await(request, ticket, awaited, redrawn + 1);
      } else if (this.#ends.isDown?.() === true) this.#lose(request, ticket);
      else if (backend !== NO_BACKEND && this.#choice.fitness(backend) === Fitness.Gone) {
        this.#route(request, ticket);
      } else this.#choose(request, ticket, backend);
    });
  }

  /** To its backend, or into its queue. */
  #admit(request: number, ticket: Ticket, backend: BackendIndex): void {
    ticket.backend = backend;
    if (this.#queue === null || this.#queue.hasRoom(backend)) {
      this.#queue?.arrive(request, backend);
      ticket.standing = Standing.Called;
      return this.#send(request, ticket);
    }
    if (!this.#breaker.tryTake('pending')) return this.#refuse(request, ticket, 'too-many-waiting');
    this.#queue.arrive(request, backend);
    this.#wait(request, ticket);
  }

  /** It has a connection; the breaker is asked once more, as time may have passed in the queue. */
  #send(request: number, ticket: Ticket): void {
    if (!this.#breaker.tryTake('requests')) {
      this.#leave(ticket);
      return this.#refuse(request, ticket, 'too-many-requests');
    }
    ticket.standing = Standing.Sent;
    const turn = ++ticket.turn;
    if (this.#perTryNs < Infinity) {
      this.#timers.after(this.#perTryNs, () => {
        if (ticket.turn === turn) this.#ends.gaveUp(request);
      });
    }
    this.#ends.send(request, ticket.backend);
  }

  /** In the queue of its backend until `#leave` of another calls it, or its time is over. */
  #wait(request: number, ticket: Ticket): void {
    ticket.standing = Standing.Waiting;
    ticket.waitingNs = this.#timers.nowNs;
    ticket.fitness = this.#choice.fitness(ticket.backend);
    const turn = ++ticket.turn;
    if (this.#waitingNsMost === Infinity) return;
    this.#timers.after(this.#waitingNsMost, () => {
      if (ticket.turn === turn) this.#refuse(request, ticket, 'waited-too-long');
    });
  }

  /** Outside again; a connection that it had goes to whoever has waited longest. */
  #leave(ticket: Ticket): void {
    const { standing, backend } = ticket;
    ticket.standing = Standing.Outside;
    ticket.turn++;
    if (standing !== Standing.Called && standing !== Standing.Sent) return;
    const next = this.#queue?.finish(backend) ?? NO_REQUEST;
    if (next === NO_REQUEST) return;
    const called = this.#tickets.of(next);
    this.#breaker.release('pending');
    called.standing = Standing.Called;
    const turn = ++called.turn;
    // Not at once: whoever leaves has not yet been counted out everywhere.
    this.#timers.after(0, () => {
      if (called.turn === turn) this.#called(next, called);
    });
  }

  /** A connection is free for it: to its backend, unless that has become worse. */
  #called(request: number, ticket: Ticket): void {
    this.#ends.waited?.(request, this.#timers.nowNs - ticket.waitingNs);
    if (this.#ends.isDown?.() === true) {
      this.#leave(ticket);
      this.#lose(request, ticket);
    } else if (this.#choice.staysWith(ticket)) this.#send(request, ticket);
    else {
      this.#leave(ticket);
      this.#route(request, ticket);
    }
  }

  /** 503 of the balancer itself. */
  #refuse(request: number, ticket: Ticket, why: Refusal): void {
    if (ticket.standing === Standing.Outside) this.#endRetry(ticket);
    else this.left(request);
    ticket.isRefused = true;
    this.#ends.refused(request, why);
  }

  /** The balancer itself is down: nobody answers. */
  #lose(request: number, ticket: Ticket): void {
    this.#endRetry(ticket);
    this.#ends.lost?.(request);
  }

  /** If it was a retry, it counts no longer in breaker and budget. */
  #endRetry(ticket: Ticket): void {
    if (!ticket.isRetry) return;
    ticket.isRetry = false;
    this.#breaker.release('retries');
    this.#budget?.retryFinished();
  }
}

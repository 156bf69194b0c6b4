import { NO_BACKEND, NO_REQUEST, type BackendIndex } from '../../../balancer/index.ts';
import { NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec, FailureReason } from '../../world.ts';
import { Condition } from '../pops.ts';
import { CookieJars } from './cookie-jars.ts';
import { createInstanceAround, type Instance } from './instance.ts';
import { LATER, RESET, ServerChoice } from './server-choice.ts';
import { newTicket, Standing, type Ticket } from './ticket.ts';

/** What a dispatcher can do with a request. */
export interface DispatchEnds {
  /** To a server: it takes the request in, or not. */
  send(request: RequestIndex, balancer: number, server: number): void;
  failed(request: RequestIndex, reason: FailureReason): void;
  unanswered(request: RequestIndex): void;
  /** The balancer waits no longer for a server's answer. */
  gaveUp(request: RequestIndex): void;
  /** The client's connection ended at a server that does not know it. */
  reset(request: RequestIndex): void;
}

/**
 * A balancer that does more than pick: it limits what is in flight, queues for connections, tries
 * again by itself, keeps clients with their servers, and forwards packets of open connections. How
 * is up to the pieces of the library; here is when they are asked. Worlds without any of it have
 * none, and requests go straight from the pick to the server.
 */
export class Dispatcher {
  readonly #tables: Tables;
  readonly #around: AroundSpec;
  readonly #ends: DispatchEnds;
  readonly #instances: readonly Instance[];
  readonly #choice: ServerChoice;
  readonly #tickets: Ticket[] = [];
  /** While a request is refused by the balancer itself, which is no failure to retry. */
  #isRefusing = false;

  constructor(tables: Tables, around: AroundSpec, ends: DispatchEnds) {
    const { pops } = tables;
    this.#tables = tables;
    this.#around = around;
    this.#ends = ends;
    const jars = pops.names.map(() => new CookieJars(around.affinity?.ttlNs ?? Infinity));
    this.#instances = pops.balancers.map((_, index) => {
      const pop = pops.popOfBalancer(index);
      return createInstanceAround(tables, around, { index, pop, jars: jars[pop]! });
    });
    this.#choice = new ServerChoice(tables, around, this.#instances);
  }

  /** A client's attempt is at its POP. */
  arrived(request: RequestIndex): void {
    const { pops, requests, kernel } = this.#tables;
    const ticket = this.#ticket(request);
    const pop = requests.pop[request]!;
    ticket.tries = 0;
    ticket.isRetry = false;
    ticket.previous = [];
    ticket.balancer = pops.balancerFor(pop, requests.client[request]!);
    this.#instances[ticket.balancer]!.budget?.requested(kernel.nowNs);
    this.#route(request, ticket);
  }

  /** It leaves its server, or its place in a queue, however it ends. */
  left(request: RequestIndex): void {
    const ticket = this.#ticket(request);
    const { standing } = ticket;
    if (standing === Standing.Outside) return;
    this.#endRetry(ticket);
    const { breaker, queue } = this.#instances[ticket.balancer]!;
    if (standing === Standing.Sent) breaker.release('requests');
    if (standing === Standing.Waiting) {
      queue!.abandon(request);
      breaker.release('pending');
    }
    this.#leave(ticket);
  }

  /** It failed at a server. True if the balancer tries again, and nobody else hears of it. */
  retried(request: RequestIndex, reason: FailureReason): boolean {
    const { retries } = this.#around;
    const { requests, kernel, observers } = this.#tables;
    const ticket = this.#ticket(request);
    if (retries === undefined || this.#isRefusing || ticket.tries >= retries.max) return false;
    const isWanted =
      retries.on.includes(reason) ||
      ((reason === '503' || reason === '504') && retries.on.includes('5xx'));
    if (!isWanted || kernel.nowNs >= requests.deadlineNs(request)) return false;
    if (!this.#mayRetry(this.#instances[ticket.balancer]!)) return false;
    ticket.tries++;
    ticket.isRetry = true;
    ticket.previous.push(ticket.server);
    observers.balancerRetried(requests.pop[request]!, kernel.nowNs);
    this.#route(request, ticket);
    return true;
  }

  /** The client, or the POP, closes the connection that the request came by. */
  connectionDropped(request: RequestIndex): void {
    this.#choice.connectionDropped(request);
  }

  /** Whether the balancer will by itself end its wait for the server's answer. */
  givesUp(request: RequestIndex): boolean {
    const perTryNs = this.#around.retries?.perTryNs ?? Infinity;
    return perTryNs < Infinity && this.#ticket(request).standing === Standing.Sent;
  }

  /** Tells the draws of one attempt's tries apart: a client never makes so many attempts. */
  drawOffset(request: RequestIndex): number {
    return 256 * this.#ticket(request).tries;
  }

  /** Both the breaker and the budget must allow it. */
  #mayRetry({ breaker, budget }: Instance): boolean {
    if (!breaker.tryTake('retries')) return false;
    if (budget === null || budget.tryRetry(this.#tables.kernel.nowNs)) return true;
    breaker.release('retries');
    return false;
  }

  #route(request: RequestIndex, ticket: Ticket): void {
    const { breaker } = this.#instances[ticket.balancer]!;
    if (breaker.isOpen('requests')) return this.#refuse(request, ticket);
    const server = this.#choice.choose(request, ticket);
    if (server === RESET) this.#ends.reset(request);
    else if (server === LATER) this.#await(request, ticket);
    else if (server === NONE) this.#refuse(request, ticket);
    else this.#admit(request, ticket, server);
  }

  /** Where it goes is said later: by answers to probes, or when somebody is within its rate. */
  #await(request: RequestIndex, ticket: Ticket, redrawn = 0): void {
    const { firstServer, awaited } = this.#instances[ticket.balancer]!;
    const { pops, requests } = this.#tables;
    ticket.standing = Standing.Awaiting;
    const turn = ++ticket.turn;
    const attempt = requests.attempt[request]! + ticket.tries;
    awaited!.pick(requests.keyHash[request]!, attempt, (backend) => {
      if (ticket.turn !== turn) return;
      this.#leave(ticket);
      const hasFailed = ticket.previous.includes(firstServer + backend);
      if (hasFailed && redrawn < this.#around.retries!.avoidPrevious) {
        this.#await(request, ticket, redrawn + 1);
      } else if (pops.condition[requests.pop[request]!] === Condition.Dark) {
        this.#endRetry(ticket);
        this.#ends.unanswered(request);
      } else if (backend === NO_BACKEND) this.#refuse(request, ticket);
      else {
        this.#choice.chosen(request, ticket, firstServer + backend);
        this.#admit(request, ticket, firstServer + backend);
      }
    });
  }

  /** To its server, or into its queue. */
  #admit(request: RequestIndex, ticket: Ticket, server: number): void {
    const { breaker, queue, firstServer } = this.#instances[ticket.balancer]!;
    ticket.server = server;
    const backend = (server - firstServer) as BackendIndex;
    if (queue === null || queue.hasRoom(backend)) {
      queue?.arrive(request, backend);
      ticket.standing = Standing.Called;
      return this.#send(request, ticket);
    }
    if (!breaker.tryTake('pending')) return this.#refuse(request, ticket);
    queue.arrive(request, backend);
    this.#wait(request, ticket);
  }

  #send(request: RequestIndex, ticket: Ticket): void {
    const { kernel } = this.#tables;
    const { balancer, server } = ticket;
    if (!this.#instances[balancer]!.breaker.tryTake('requests')) {
      this.#leave(ticket);
      return this.#refuse(request, ticket);
    }
    ticket.standing = Standing.Sent;
    const turn = ++ticket.turn;
    const perTryNs = this.#around.retries?.perTryNs ?? Infinity;
    if (perTryNs < Infinity) {
      kernel.after(perTryNs, () => {
        if (ticket.turn === turn) this.#ends.gaveUp(request);
      });
    }
    this.#ends.send(request, balancer, server);
  }

  #wait(request: RequestIndex, ticket: Ticket): void {
    const { kernel } = this.#tables;
    ticket.standing = Standing.Waiting;
    ticket.waitingNs = kernel.nowNs;
    const turn = ++ticket.turn;
    const timeoutNs = this.#around.limits?.pendingTimeoutNs ?? Infinity;
    if (timeoutNs === Infinity) return;
    kernel.after(timeoutNs, () => {
      if (ticket.turn === turn) this.#refuse(request, ticket);
    });
  }

  /** Outside again; a connection that it had goes to whoever has waited longest. */
  #leave(ticket: Ticket): void {
    const { standing, balancer, server } = ticket;
    ticket.standing = Standing.Outside;
    ticket.turn++;
    if (standing !== Standing.Called && standing !== Standing.Sent) return;
    const { queue, breaker, firstServer } = this.#instances[balancer]!;
    const next = queue?.finish((server - firstServer) as BackendIndex) ?? NO_REQUEST;
    if (next === NO_REQUEST) return;
    const called = this.#ticket(next as RequestIndex);
    breaker.release('pending');
    called.standing = Standing.Called;
    const turn = ++called.turn;
    // Not at once: whoever leaves has not yet been counted out everywhere.
    this.#tables.kernel.after(0, () => {
      if (called.turn === turn) this.#called(next as RequestIndex, called);
    });
  }

  /** A connection is free for it: to its server, if that may still be used. */
  #called(request: RequestIndex, ticket: Ticket): void {
    const { kernel, pops, requests } = this.#tables;
    const { balancer, server } = ticket;
    requests.queueWaitNs[request]! += kernel.nowNs - ticket.waitingNs;
    const pop = requests.pop[request]!;
    if (pops.condition[pop] === Condition.Dark) {
      this.#endRetry(ticket);
      this.#leave(ticket);
      this.#ends.unanswered(request);
    } else if (this.#choice.isUsable(balancer, server)) this.#send(request, ticket);
    else {
      this.#leave(ticket);
      this.#route(request, ticket);
    }
  }

  /** 503 of the balancer itself. */
  #refuse(request: RequestIndex, ticket: Ticket): void {
    const { observers, requests, kernel } = this.#tables;
    if (ticket.standing === Standing.Outside) this.#endRetry(ticket);
    observers.balancerRefused(requests.pop[request]!, kernel.nowNs);
    this.#isRefusing = true;
    this.#ends.failed(request, '503');
    this.#isRefusing = false;
  }

  #endRetry(ticket: Ticket): void {
    if (!ticket.isRetry) return;
    ticket.isRetry = false;
    const { breaker, budget } = this.#instances[ticket.balancer]!;
    breaker.release('retries');
    budget?.retryFinished();
  }

  #ticket(request: RequestIndex): Ticket {
    return (this.#tickets[request] ??= newTicket());
  }
}

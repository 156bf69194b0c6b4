import { NO_BACKEND, pickForRetry } from '../../../balancer/index.ts';
import { NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec, FailureReason } from '../../world.ts';
import { Condition } from '../pops.ts';
import { ClientServers } from './client-servers.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { FullTables } from './full-tables.ts';
import { KeptConnections } from './kept-connections.ts';
import { RetryAllowance } from './retry-allowance.ts';
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
 * again by itself, keeps clients with their servers, and forwards packets of open connections.
 * Worlds without any of it have none, and requests go straight from the pick to the server.
 */
export class Dispatcher {
  readonly #tables: Tables;
  readonly #around: AroundSpec;
  readonly #ends: DispatchEnds;
  readonly #slots: ConnectionSlots;
  readonly #inFlight: Int32Array;
  readonly #allowances: readonly RetryAllowance[];
  readonly #affinity: ClientServers | null;
  readonly #connections: KeptConnections | null;
  readonly #fullTables: FullTables;
  readonly #tickets: Ticket[] = [];
  /** While a request is refused by the balancer itself, which is no failure to retry. */
  #isRefusing = false;

  constructor(tables: Tables, around: AroundSpec, ends: DispatchEnds) {
    const { pops, world } = tables;
    const { limits, retries, affinity, transport } = around;
    const balancerCount = pops.balancers.length;
    this.#tables = tables;
    this.#around = around;
    this.#ends = ends;
    this.#slots = new ConnectionSlots(
      limits?.connections ?? Infinity,
      balancerCount,
      pops.serverCount,
    );
    this.#inFlight = new Int32Array(balancerCount);
    this.#allowances = pops.balancers.map(
      (_, balancer) =>
        new RetryAllowance(
          retries?.budget ?? null,
          limits?.retries ?? Infinity,
          () => this.#inFlight[balancer]!,
        ),
    );
    this.#fullTables = new FullTables(tables);
    this.#affinity = affinity === undefined ? null : new ClientServers(affinity);
    this.#connections =
      transport === undefined ? null : new KeptConnections(transport, world.traffic.keepAliveNs);
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
    this.#allowances[ticket.balancer]!.requested(kernel.nowNs);
    this.#route(request, ticket);
  }

  /** It leaves its server, or its place in a queue, however it ends. */
  left(request: RequestIndex): void {
    const ticket = this.#ticket(request);
    const { standing, balancer, server } = ticket;
    ticket.standing = Standing.Outside;
    ticket.turn++;
    if (standing !== Standing.Outside) this.#endRetry(ticket);
    if (standing === Standing.Waiting) this.#slots.left(balancer);
    if (standing !== Standing.Sent) return;
    this.#inFlight[balancer]!--;
    if (!this.#slots.giveBack(balancer, server)) return;
    // Not at once: whoever leaves has not yet been counted out everywhere.
    this.#tables.kernel.after(0, () => this.#wake(balancer, server));
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
    if (!this.#allowances[ticket.balancer]!.tryRetry(kernel.nowNs)) return false;
    ticket.tries++;
    ticket.isRetry = true;
    ticket.previous.push(ticket.server);
    observers.balancerRetried(requests.pop[request]!, kernel.nowNs);
    this.#route(request, ticket);
    return true;
  }

  /** The client, or the POP, closes the connection that the request came by. */
  connectionDropped(request: RequestIndex): void {
    this.#connections?.close(this.#clientOf(request));
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

  #route(request: RequestIndex, ticket: Ticket): void {
    const { limits } = this.#around;
    const { balancer } = ticket;
    if (limits !== undefined && this.#inFlight[balancer]! >= limits.requests) {
      return this.#refuse(request, ticket);
    }
    const server = this.#choose(request, ticket);
    if (server === RESET) return this.#ends.reset(request);
    if (server === NONE) return this.#refuse(request, ticket);
    ticket.server = server;
    if (!this.#slots.isFull(balancer, server)) return this.#send(request, ticket);
    if (this.#slots.pendingCount(balancer) >= (limits?.pending ?? Infinity)) {
      return this.#refuse(request, ticket);
    }
    this.#wait(request, ticket);
  }

  #send(request: RequestIndex, ticket: Ticket): void {
    const { kernel } = this.#tables;
    const { balancer, server } = ticket;
    ticket.standing = Standing.Sent;
    const turn = ++ticket.turn;
    this.#inFlight[balancer]!++;
    this.#slots.take(balancer, server);
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
    const { balancer, server } = ticket;
    ticket.standing = Standing.Waiting;
    const turn = ++ticket.turn;
    this.#slots.wait(balancer, server, { request, turn, sinceNs: kernel.nowNs });
    const timeoutNs = this.#around.limits?.pendingTimeoutNs ?? Infinity;
    if (timeoutNs === Infinity) return;
    kernel.after(timeoutNs, () => {
      if (ticket.turn === turn) this.#refuse(request, ticket);
    });
  }

  /** A connection is free: whoever waited longest has it. */
  #wake(balancer: number, server: number): void {
    const { kernel, pops, requests } = this.#tables;
    while (!this.#slots.isFull(balancer, server)) {
      const waiting = this.#slots.next(balancer, server);
      if (waiting === undefined) return;
      const { request, turn, sinceNs } = waiting;
      const ticket = this.#ticket(request);
      if (ticket.turn !== turn) continue;
      this.#slots.left(balancer);
      ticket.standing = Standing.Outside;
      ticket.turn++;
      requests.queueWaitNs[request]! += kernel.nowNs - sinceNs;
      const pop = requests.pop[request]!;
      if (pops.condition[pop] === Condition.Dark) {
        this.#endRetry(ticket);
        this.#ends.unanswered(request);
      } else if (pops.mayPick(balancer, server)) this.#send(request, ticket);
      else this.#route(request, ticket);
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
    if (ticket.isRetry) this.#allowances[ticket.balancer]!.retryEnded();
    ticket.isRetry = false;
  }

  #choose(request: RequestIndex, ticket: Ticket): number {
    const client = this.#clientOf(request);
    if (this.#connections !== null) return this.#deliver(this.#connections, request, client);
    if (this.#affinity === null) return this.#pick(request, ticket);
    return this.#chooseForClient(this.#affinity, request, client);
  }

  #pick(request: RequestIndex, { balancer, tries, previous }: Ticket): number {
    const { pops, requests } = this.#tables;
    const pop = requests.pop[request]!;
    const keyHash = requests.keyHash[request]!;
    const attempt = requests.attempt[request]! + tries;
    if (previous.length === 0) return pops.pick(pop, balancer, keyHash, attempt);
    const first = pops.firstServer(pop);
    const backend = pickForRetry(
      pops.balancers[balancer]!,
      { keyHash, attempt },
      (tried) => previous.includes(first + tried),
      this.#around.retries!.avoidPrevious,
    );
    return backend === NO_BACKEND ? NONE : first + backend;
  }

  #chooseForClient(affinity: ClientServers, request: RequestIndex, client: string): number {
    const { pops, requests, kernel } = this.#tables;
    const ticket = this.#ticket(request);
    const place = { pop: requests.pop[request]!, balancer: ticket.balancer };
    const kept = affinity.serverOf(place, client, kernel.nowNs);
    const isUsable =
      kept >= 0 && pops.mayPick(ticket.balancer, kept) && !ticket.previous.includes(kept);
    const server = isUsable ? kept : this.#pick(request, ticket);
    if (server !== NONE) affinity.keep(place, client, server, kernel.nowNs);
    return server;
  }

  /** An L4 balancer knows no attempts: the key alone decides. */
  #deliver(connections: KeptConnections, request: RequestIndex, client: string): number {
    const { pops, requests, kernel } = this.#tables;
    const { balancer } = this.#ticket(request);
    const pop = requests.pop[request]!;
    const keyHash = requests.keyHash[request]!;
    const { server, isBroken } = connections.deliver({
      client,
      keyHash,
      balancer,
      isNew: requests.newConnection[request] === 1,
      nowNs: kernel.nowNs,
      target: pops.pick(pop, balancer, keyHash, 0),
      named: (look) => this.#fullTables.pick(pop, keyHash, look),
      isGone: (server) => pops.serverCondition[server] === Condition.Refusing,
    });
    return isBroken ? RESET : server;
  }

  #clientOf(request: RequestIndex): string {
    const { requests } = this.#tables;
    return `${requests.region[request]}/${requests.client[request]}`;
  }

  #ticket(request: RequestIndex): Ticket {
    return (this.#tickets[request] ??= newTicket());
  }
}

/** Instead of a server: the connection breaks. */
const RESET = -2;

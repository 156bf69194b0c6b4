import type { ClientPath } from './client-path.ts';
import { Deadlines } from './deadlines.ts';
import { createSampler, type Sampler } from './kernel/distributions.ts';
import { EventKind } from './kernel/event-kind.ts';
import { purposeKey, uniformFrom } from './kernel/random.ts';
import { whole } from './kernel/whole.ts';
import { CONNECT_GIVE_UP_NS } from './network/transport.ts';
import type { RequestDispatch } from './pop/balancing/request-dispatch.ts';
import { NO_FETCH } from './pop/fetches.ts';
import { ownerOfRequest } from './pop/owners.ts';
import { NO_VISIT } from './pop/visits.ts';
import type { WaitingLists } from './pop/waiting-lists.ts';
import { NONE, Outcome, type RequestIndex } from './requests.ts';
import type { Tables } from './tables.ts';
import { RetryBudget } from './traffic/retry-budget.ts';
import type { FailureReason } from './world.ts';

const PATIENCE = purposeKey('patience');
const BACKOFF = purposeKey('backoff');

/** A connection that keeps breaking is opened anew this often before it counts as a failure. */
const RECONNECTS_MAX = 3;

/**
 * How attempts and requests end: answered, failed and tried again, failed for good. Each request
 * ends exactly once.
 */
export class RequestEndings {
  /** Requests in flight that arrived in the measured window. */
  measuredInFlightCount = 0;
  /** Since the beginning. */
  endedCount = 0;
  /** Called when the last of them has ended. */
  onMeasuredDrained: () => void = () => {};
  /** Balancers that do more than pick; null where none does. */
  dispatcher: RequestDispatch | null = null;

  private readonly tables: Tables;
  private readonly clientPath: ClientPath;
  private readonly waiting: WaitingLists;
  private readonly startAttempt: (request: RequestIndex) => void;
  private readonly deadlines: Deadlines;
  private readonly patience: Sampler | null;
  private readonly budget: RetryBudget;

  constructor(
    tables: Tables,
    clientPath: ClientPath,
    waiting: WaitingLists,
    startAttempt: (request: RequestIndex) => void,
  ) {
    const { kernel, requests, world } = tables;
    const { timeout, retry } = world.traffic;
    this.tables = tables;
    this.clientPath = clientPath;
    this.waiting = waiting;
    this.startAttempt = startAttempt;
    this.deadlines = new Deadlines(kernel, EventKind.ClientDeadline, 0, requests);
    this.patience = timeout === null || timeout.law === 'constant' ? null : createSampler(timeout);
    this.budget = new RetryBudget(retry.budgetRatio);
    kernel.on(EventKind.ClientDeadline, () => {
      this.deadlines.expire((request) => this.timedOut(request as RequestIndex));
    });
    kernel.on(EventKind.RetryDue, (request, generation) => {
      if (requests.isCurrent(request, generation)) this.startAttempt(request as RequestIndex);
    });
  }

  began(request: RequestIndex): void {
    this.budget.deposit();
    if (this.tables.requests.isMeasured(request)) this.measuredInFlightCount++;
  }

  setDeadline(request: RequestIndex): void {
    const { requests } = this.tables;
    const deadlineNs = requests.deadlineNs(request);
    if (deadlineNs === Infinity) return;
    this.deadlines.set(request, requests.generation[request]!, deadlineNs);
  }

  /** The request waits in a queue: a client with patience of its own may leave it. */
  startPatience(request: RequestIndex): void {
    if (this.patience === null) return;
    const { requests, kernel } = this.tables;
    const uniform = uniformFrom(requests.seed[request]!, PATIENCE + requests.attempt[request]!);
    const endNs = kernel.nowNs + whole(this.patience.quantile(uniform));
    const generation = requests.generation[request]!;
    kernel.schedule(endNs, EventKind.PatienceEnded, request, generation);
  }

  /** The POP sends the response. */
  respond(request: RequestIndex): void {
    const { requests, kernel } = this.tables;
    if (!this.clientPath.isIntact(request)) {
      this.#reset(request);
      return;
    }
    const { nowNs } = kernel;
    const responseNs = whole(this.clientPath.responseNs(request));
    this.#leaveServer(request, 'success');
    if (this.#comesTooLate(request, responseNs)) return;
    this.#closeIfDraining(request);
    const firstByteNs = this.#returnNs(request);
    requests.ttfbNs = nowNs + firstByteNs - requests.arrivedNs[request]!;
    this.#end(request, Outcome.Completed, nowNs + responseNs);
  }

  /** Nothing will answer this attempt: the client finds out by waiting. */
  unanswered(request: RequestIndex): void {
    const { kernel } = this.tables;
    if (this.tables.requests.timeoutNs < Infinity) return;
    if (this.dispatcher !== null && this.dispatcher.givesUp(request)) return;
    this.#leaveServer(request, 'timeout');
    this.#end(request, Outcome.Unreachable, kernel.nowNs + CONNECT_GIVE_UP_NS);
  }

  timedOut(request: RequestIndex): void {
    const { requests, stations, kernel } = this.tables;
    const visit = requests.visit[request]!;
    // Who leaves the queue has waited too (Palm's Wq is over all customers).
    if (visit !== NO_VISIT && stations.isWaiting(visit)) {
      requests.queueWaitNs[request]! += kernel.nowNs - stations.visits.enteredNs[visit]!;
    }
    this.#leaveServer(request, 'timeout');
    this.#dropConnection(request);
    this.#endOrRetry(request, 'timeout', Outcome.Timeout, 0);
  }

  /** An error response. */
  failed(request: RequestIndex, reason: FailureReason): void {
    const isRefused = reason === 'connect_error';
    this.#leaveServer(request, isRefused ? 'connect-error' : 'server-error');
    if (this.dispatcher !== null && this.dispatcher.retried(request, reason)) return;
    this.#answerError(request, reason, Outcome.Error);
  }

  /** No room in the server's queue: 503. */
  rejected(request: RequestIndex): void {
    this.#leaveServer(request, 'rejected');
    if (this.dispatcher !== null && this.dispatcher.retried(request, '503')) return;
    this.#answerError(request, '503', Outcome.Rejected);
  }

  /** The balancer waits no longer for the server's answer: another server, or 504. */
  gaveUp(request: RequestIndex): void {
    this.#leaveServer(request, 'timeout');
    if (this.dispatcher !== null && this.dispatcher.retried(request, 'timeout')) return;
    this.#answerError(request, '504', Outcome.Error);
  }

  /** The POP's table sent a packet of its connection to a server that does not know it. */
  resetByTable(request: RequestIndex): void {
    const pop = this.tables.requests.pop[request]!;
    this.#breakConnection(request, pop);
  }

  /** The server that worked on it is gone, and its POP notices: 5xx. */
  crashed(request: RequestIndex): void {
    this.tables.requests.visit[request] = NO_VISIT;
    this.failed(request, '5xx');
  }

  /** Its POP or server is gone without a word: nobody will answer. */
  forsaken(request: RequestIndex): void {
    this.tables.requests.visit[request] = NO_VISIT;
    this.#leaveServer(request, 'timeout');
    this.unanswered(request);
  }

  /** The client's packets reach another POP by now, which resets the connection. */
  #reset(request: RequestIndex): void {
    const { requests, routing } = this.tables;
    const toPop = routing!.popOf(requests.prefix[request]!, requests.region[request]!);
    this.#leaveServer(request, 'connect-error');
    if (this.#comesTooLate(request, this.#returnNs(request))) return;
    this.#breakConnection(request, toPop);
  }

  /** The client opens another connection, which leads to `toPop`. */
  #breakConnection(request: RequestIndex, toPop: number): void {
    const { requests, observers, kernel } = this.tables;
    const region = requests.region[request]!;
    this.#dropConnection(request);
    observers.connectionBroken(region, requests.pop[request]!, toPop, kernel.nowNs);
    if (requests.attempt[request]! < RECONNECTS_MAX) {
      observers.attemptFailed(request, 'reset', kernel.nowNs);
      this.#tryAgain(request, this.#returnNs(request));
    } else {
      this.#endOrRetry(request, 'reset', Outcome.Unreachable, this.#returnNs(request));
    }
  }

  #answerError(request: RequestIndex, reason: FailureReason, outcome: Outcome): void {
    const returnNs = this.#returnNs(request);
    if (this.#comesTooLate(request, returnNs)) return;
    this.#closeIfDraining(request);
    this.#endOrRetry(request, reason, outcome, returnNs);
  }

  /** What is sent now finds a client that has given up: its deadline will end the attempt. */
  #comesTooLate(request: RequestIndex, delayNs: number): boolean {
    const { requests, kernel } = this.tables;
    return kernel.nowNs + delayNs > requests.deadlineNs(request);
  }

  /** Answers of a POP that is drained carry `Connection: close`. */
  #closeIfDraining(request: RequestIndex): void {
    const { requests, pops } = this.tables;
    if (pops.isDraining[requests.pop[request]!] === 1) this.#dropConnection(request);
  }

  #endOrRetry(
    request: RequestIndex,
    reason: FailureReason,
    outcome: Outcome,
    afterNs: number,
  ): void {
    const { requests, kernel, observers, world } = this.tables;
    const { retry } = world.traffic;
    const attempt = requests.attempt[request]!;
    if (attempt < retry.max && isRetried(reason, retry.on) && this.budget.spend()) {
      observers.attemptFailed(request, reason, kernel.nowNs);
      this.#tryAgain(request, afterNs + this.#backoffNs(request, attempt));
      return;
    }
    this.#end(request, outcome, kernel.nowNs + afterNs);
  }

  #tryAgain(request: RequestIndex, delayNs: number): void {
    const { requests, kernel } = this.tables;
    requests.attempt[request]!++;
    requests.supersede(request);
    const atNs = kernel.nowNs + whole(delayNs);
    kernel.schedule(atNs, EventKind.RetryDue, request, requests.generation[request]!);
  }

  /**
   * Uniform between the low bound and twice as much for each attempt before, up to the high one.
   */
  #backoffNs(request: RequestIndex, attempt: number): number {
    const { requests, world } = this.tables;
    const { backoffLowNs, backoffHighNs } = world.traffic.retry;
    const topNs = Math.min(backoffHighNs, backoffLowNs * 2 ** (attempt + 1));
    const uniform = uniformFrom(requests.seed[request]!, BACKOFF + attempt);
    return backoffLowNs + uniform * (topNs - backoffLowNs);
  }

  #end(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const { requests, kernel, observers } = this.tables;
    kernel.note((outcome << 16) ^ requests.server[request]!);
    observers.requestEnded(request, outcome, endNs);
    const isMeasured = requests.isMeasured(request);
    this.endedCount++;
    requests.release(request);
    if (isMeasured && --this.measuredInFlightCount === 0) this.onMeasuredDrained();
  }

  /** The POP forgets the attempt: its visit, its place in a waiting list, its balancer's count. */
  #leaveServer(
    request: RequestIndex,
    outcome: 'success' | 'server-error' | 'rejected' | 'timeout' | 'connect-error',
  ): void {
    const { requests, stations, pops, kernel } = this.tables;
    if (this.dispatcher !== null) this.dispatcher.left(request);
    const visit = requests.visit[request]!;
    if (visit !== NO_VISIT) stations.abandon(visit);
    requests.visit[request] = NO_VISIT;
    const fetch = requests.fetch[request]!;
    if (fetch !== NO_FETCH) this.waiting.leave(fetch, ownerOfRequest(request));
    requests.fetch[request] = NO_FETCH;
    const balancer = requests.balancer[request]!;
    if (balancer === NONE) return;
    requests.balancer[request] = NONE;
    const latencyNs = kernel.nowNs - requests.attemptNs[request]!;
    pops.finished(balancer, requests.server[request]!, outcome, latencyNs);
  }

  #dropConnection(request: RequestIndex): void {
    const { requests, connections } = this.tables;
    if (this.dispatcher !== null) this.dispatcher.connectionDropped(request);
    const region = requests.region[request]!;
    if (region !== NONE) connections.drop(region, requests.client[request]!);
  }

  #returnNs(request: RequestIndex): number {
    return whole(this.tables.requests.rttNs[request]! / 2);
  }
}

function isRetried(reason: FailureReason, on: readonly FailureReason[]): boolean {
  if (on.includes(reason)) return true;
  return (reason === '503' || reason === '504') && on.includes('5xx');
}

import { EventKind } from '../../kernel/event-kind.ts';
import { mix32 } from '../../kernel/mix.ts';
import type { RecordedTraces } from '../../recording.ts';
import { NONE, Outcome, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { FailureReason } from '../../world.ts';
import { phaseAtPop } from './phase-of.ts';
import { Trace } from './trace.ts';
import { whyPop } from './why-pop.ts';
import { whyServer } from './why-server.ts';

/** So many are read one by one by nobody; the first ones are kept. */
const TRACES_MOST = 4000;

/** Sets the sample apart from other choices that depend on a request's seed. */
const SAMPLE = 0x7ace;

/**
 * Follows a sample of requests. After each event it looks where those are that it follows, few at a
 * time, so whoever handles requests knows nothing of it. Which are followed depends on their seeds
 * alone: the same ones under every strategy.
 */
export class Tracer {
  private readonly tables: Tables;
  private readonly oneIn: number;
  readonly #traces: Trace[] = [];
  readonly #active = new Map<RequestIndex, Trace>();
  #isCut = false;
  /** When the event before happened: what is seen before the next one is what that left. */
  #lastNs = 0;

  constructor(tables: Tables, oneIn: number) {
    this.tables = tables;
    this.oneIn = oneIn;
    tables.kernel.watch((kind, subject, detail) => {
      const { kernel, requests } = tables;
      if (this.#active.size > 0) {
        this.#lookAtAll();
        const isArrival = kind === EventKind.PopReached && requests.isCurrent(subject, detail);
        if (isArrival) this.#reach(subject as RequestIndex);
      }
      this.#lastNs = kernel.nowNs;
    });
  }

  /** A client is about to send it. */
  sent(request: RequestIndex): void {
    const { requests, world } = this.tables;
    const sentNs = requests.arrivedNs[request]!;
    if (sentNs < 0 || sentNs >= world.time.durationNs) return;
    if ((mix32(requests.seed[request]! ^ SAMPLE) >>> 0) % this.oneIn !== 0) return;
    if (this.#traces.length === TRACES_MOST) {
      this.#isCut = true;
      return;
    }
    const trace = new Trace(this.tables, request);
    this.#traces.push(trace);
    this.#active.set(request, trace);
  }

  attemptFailed(request: RequestIndex, reason: FailureReason, atNs: number): void {
    const trace = this.#active.get(request);
    if (trace === undefined) return;
    this.#lookAt(trace, atNs);
    this.#giveUpTheWay(trace, atNs);
    trace.amend({ failure: `${FAILURES[reason]}; tried again` });
    trace.enter({ kind: 'backoff', where: null }, atNs);
    trace.isBackingOff = true;
  }

  requestEnded(request: RequestIndex, outcome: Outcome, endNs: number): void {
    const trace = this.#active.get(request);
    if (trace === undefined) return;
    const { nowNs } = this.tables.kernel;
    if (trace.attemptNs !== this.tables.requests.attemptNs[request]) this.#lookAt(trace, nowNs);
    else this.#nameServer(trace);
    this.#giveUpTheWay(trace, nowNs);
    trace.enter(null, nowNs);
    const hasAnswer = outcome <= Outcome.Rejected;
    trace.add({ kind: hasAnswer ? 'transfer' : 'silence', where: null }, nowNs, endNs);
    if (outcome !== Outcome.Completed) trace.amend({ failure: ENDINGS[outcome] });
    trace.ended(this.tables, outcome, endNs);
    this.#active.delete(request);
  }

  recorded(): RecordedTraces {
    return {
      format: 1,
      one_in: this.oneIn,
      is_cut: this.#isCut,
      requests: this.#traces.map((trace) => trace.recorded()),
    };
  }

  /** Before an event: what the one before has left. */
  #lookAtAll(): void {
    for (const trace of this.#active.values()) this.#lookAt(trace, this.#lastNs);
  }

  #lookAt(trace: Trace, atNs: number): void {
    const { requests } = this.tables;
    const { request } = trace;
    if (requests.attemptNs[request] !== trace.attemptNs) this.#startAttempt(trace, atNs);
    if (trace.isBackingOff) return;
    if (trace.reachedNs < 0) return;
    this.#nameServer(trace);
    trace.enter(phaseAtPop(this.tables, request), atNs);
  }

  #startAttempt(trace: Trace, atNs: number): void {
    const { requests, routing } = this.tables;
    const { request } = trace;
    const attemptNs = requests.attemptNs[request]!;
    trace.enter(null, atNs);
    trace.attemptNs = attemptNs;
    const hasRoute = routing !== null && requests.pop[request] !== NONE;
    // In a laboratory there is no way to go, and without a route none that could be gone.
    trace.reachedNs = hasRoute ? -1 : attemptNs;
    trace.server = NONE;
    trace.isBackingOff = false;
    trace.begin({
      pop: requests.pop[request]!,
      server: NONE,
      started_s: attemptNs / 1e9,
      rtt_s: hasRoute ? requests.rttNs[request]! / 1e9 : null,
      best_rtt_s: hasRoute ? finiteSeconds(requests.bestRttNs[request]!) : null,
      why_pop: whyPop(this.tables, request),
      why_server: null,
      failure: null,
    });
    if (routing !== null) trace.add({ kind: 'resolve', where: null }, attemptNs, attemptNs);
  }

  /** Its first packet is there: half a round trip ago it was sent, after any handshakes. */
  #reach(request: RequestIndex): void {
    const trace = this.#active.get(request);
    if (trace === undefined) return;
    const { requests, kernel } = this.tables;
    const { nowNs } = kernel;
    trace.reachedNs = nowNs;
    const sentNs = Math.max(trace.attemptNs, nowNs - requests.rttNs[trace.request]! / 2);
    trace.add({ kind: 'connect', where: null }, trace.attemptNs, sentNs);
    trace.add({ kind: 'request', where: null }, sentNs, nowNs);
    trace.enter({ kind: 'silence', where: null }, nowNs);
  }

  /** The attempt ends before its first packet has arrived: handshakes outlast the timeout. */
  #giveUpTheWay(trace: Trace, nowNs: number): void {
    if (trace.reachedNs >= 0 || trace.isBackingOff) return;
    const isNew = this.tables.requests.newConnection[trace.request] === 1;
    trace.add({ kind: isNew ? 'connect' : 'request', where: null }, trace.attemptNs, nowNs);
  }

  #nameServer(trace: Trace): void {
    const server = this.tables.requests.server[trace.request]!;
    if (server === trace.server || server === NONE) return;
    trace.server = server;
    trace.amend({ server, why_server: whyServer(this.tables, trace.request) });
  }
}

function finiteSeconds(timeNs: number): number | null {
  return Number.isFinite(timeNs) ? timeNs / 1e9 : null;
}

const FAILURES: Readonly<Record<FailureReason, string>> = {
  timeout: 'the client waited for its timeout',
  reset: 'the connection was reset: its packets reach another POP by now',
  connect_error: 'the connection was refused',
  '503': 'answered 503',
  '504': 'answered 504: the origin failed',
  '5xx': 'answered 5xx',
};

const ENDINGS: Readonly<Record<Outcome, string | null>> = {
  [Outcome.Completed]: null,
  [Outcome.Error]: 'answered with an error, and no try was left',
  [Outcome.Rejected]: 'answered 503 for want of room, and no try was left',
  [Outcome.Timeout]: 'the client waited for its timeout, and no try was left',
  [Outcome.Unreachable]: 'nobody answered, and no try was left',
};

import {
  Backpressure,
  createDispatcher,
  Tickets,
  type AwaitedPicks,
  type Dispatcher,
} from '../../../balancer/index.ts';
import { NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec, FailureReason } from '../../world.ts';
import { clientOf } from './client-number.ts';
import { CookieJars } from './cookie-jars.ts';
import { InstanceEnds } from './instance-ends.ts';
import type { RequestDispatch, RequestEnds } from './request-dispatch.ts';

/** A client never makes so many attempts. */
const ATTEMPTS = 256;

/**
 * Balancers that do more than pick: one dispatcher of the library for each instance. Worlds without
 * any of it have none, and requests go straight from the pick to the server.
 */
export class Dispatchers implements RequestDispatch {
  private readonly tables: Tables;
  private readonly dispatchers: readonly Dispatcher[];
  readonly #tickets = new Tickets();
  private readonly asksClients: boolean;
  /** By request: the instance that it was at last. */
  readonly #instance: number[] = [];

  constructor(tables: Tables, around: AroundSpec, ends: RequestEnds) {
    const { pops, kernel, membership } = tables;
    this.tables = tables;
    this.asksClients = around.affinity !== undefined;
    const jars = pops.names.map(() => new CookieJars(around.affinity?.ttlNs ?? Infinity));
    this.dispatchers = pops.balancers.map((balancer, index) =>
      createDispatcher(
        around,
        {
          balancer,
          timers: kernel,
          cookies: jars[pops.popOfBalancer(index)]!,
          awaited: awaitedOf(tables, around, index),
          isMember: (backend) => membership.sees(index, backend),
          tickets: this.#tickets,
        },
        new InstanceEnds(tables, ends, index),
      ),
    );
  }

  arrived(request: RequestIndex): void {
    const { pops, requests } = this.tables;
    const instance = pops.balancerFor(requests.pop[request]!, requests.client[request]!);
    this.#instance[request] = instance;
    this.dispatchers[instance]!.arrived(
      request,
      requests.keyHash[request]!,
      this.asksClients ? clientOf(this.tables, request) : NONE,
      requests.attempt[request]!,
    );
  }

  left(request: RequestIndex): void {
    this.#at(request)?.left(request);
  }

  /** Nobody waits for an answer after the deadline. */
  retried(request: RequestIndex, reason: FailureReason): boolean {
    const { requests, kernel } = this.tables;
    if (kernel.nowNs >= requests.deadlineNs(request)) return false;
    return this.#at(request)?.retried(request, reason) ?? false;
  }

  connectionDropped(): void {}

  givesUp(request: RequestIndex): boolean {
    return this.#at(request)?.givesUp(request) ?? false;
  }

  drawOffset(request: RequestIndex): number {
    return ATTEMPTS * this.#tickets.of(request).tries;
  }

  /** Undefined before the first arrival. */
  #at(request: RequestIndex): Dispatcher | undefined {
    const instance = this.#instance[request];
    return instance === undefined ? undefined : this.dispatchers[instance];
  }
}

function awaitedOf(
  { pops, popLoads, kernel }: Tables,
  around: AroundSpec,
  index: number,
): AwaitedPicks | null {
  if (around.loads?.awaitsProbes === true) return popLoads.syncPrequal(pops, index);
  return around.holdsBack === true ? new Backpressure(pops.balancers[index]!, kernel) : null;
}

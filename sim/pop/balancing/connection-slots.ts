import type { RequestIndex } from '../../requests.ts';

interface Waiting {
  readonly request: RequestIndex;
  /** The request's turn at the dispatcher; another one means that it has left. */
  readonly turn: number;
  readonly sinceNs: number;
}

/**
 * Connections of balancer instances to servers: at most so many requests of an instance are in
 * flight to one server, and the next ones wait in the balancer, first come first served.
 */
export class ConnectionSlots {
  readonly #most: number;
  readonly #serverCount: number;
  readonly #open: Int32Array;
  readonly #queues = new Map<number, Waiting[]>();
  /** Waiting in each instance. */
  readonly #pending: Int32Array;

  constructor(most: number, balancerCount: number, serverCount: number) {
    this.#most = most;
    this.#serverCount = serverCount;
    this.#open = new Int32Array(most < Infinity ? balancerCount * serverCount : 0);
    this.#pending = new Int32Array(balancerCount);
  }

  isFull(balancer: number, server: number): boolean {
    if (this.#most === Infinity) return false;
    return this.#open[this.#at(balancer, server)]! >= this.#most;
  }

  pendingCount(balancer: number): number {
    return this.#pending[balancer]!;
  }

  take(balancer: number, server: number): void {
    if (this.#most < Infinity) this.#open[this.#at(balancer, server)]!++;
  }

  /** True when somebody waits for what is now free. */
  giveBack(balancer: number, server: number): boolean {
    if (this.#most === Infinity) return false;
    const at = this.#at(balancer, server);
    this.#open[at]!--;
    return (this.#queues.get(at)?.length ?? 0) > 0;
  }

  wait(balancer: number, server: number, waiting: Waiting): void {
    const at = this.#at(balancer, server);
    const queue = this.#queues.get(at);
    if (queue === undefined) this.#queues.set(at, [waiting]);
    else queue.push(waiting);
    this.#pending[balancer]!++;
  }

  /** Somebody who waited has gone; its place in the queue is skipped later. */
  left(balancer: number): void {
    this.#pending[balancer]!--;
  }

  /** Who has waited longest; those that have left come as well, and are the caller's to skip. */
  next(balancer: number, server: number): Waiting | undefined {
    return this.#queues.get(this.#at(balancer, server))?.shift();
  }

  #at(balancer: number, server: number): number {
    return balancer * this.#serverCount + server;
  }
}

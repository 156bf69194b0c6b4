import { mayKeep, NO_BACKEND, pickForRetry, type BackendIndex } from '../../../balancer/index.ts';
import { NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec } from '../../world.ts';
import { Condition } from '../pops.ts';
import type { Instance } from './instance.ts';
import { OpenConnections } from './open-connections.ts';
import type { Ticket } from './ticket.ts';

/** Instead of a server: the pick has to be waited for. */
export const LATER = -3;

/** Instead of a server: the connection breaks. */
export const RESET = -2;

/** Which server a request goes to: by the policy, by its client, or as a packet of a connection. */
export class ServerChoice {
  readonly #tables: Tables;
  readonly #around: AroundSpec;
  readonly #instances: readonly Instance[];
  readonly #connections: OpenConnections;

  constructor(tables: Tables, around: AroundSpec, instances: readonly Instance[]) {
    this.#tables = tables;
    this.#around = around;
    this.#instances = instances;
    this.#connections = new OpenConnections(tables.world.traffic.keepAliveNs);
  }

  /** The server; NONE when there is none, RESET or LATER. */
  choose(request: RequestIndex, ticket: Ticket): number {
    const { forwarding, memory } = this.#instances[ticket.balancer]!;
    if (forwarding !== null) return this.#forward(request, ticket);
    return memory === null ? this.#pick(request, ticket) : this.#chooseForClient(request, ticket);
  }

  /** Its client goes there again. */
  chosen(request: RequestIndex, { balancer }: Ticket, server: number): void {
    const { memory, firstServer } = this.#instances[balancer]!;
    const backend = (server - firstServer) as BackendIndex;
    memory?.store(this.#clientOf(request), backend, this.#tables.kernel.nowNs);
  }

  /** Whether a request that was told to wait for a server may still go there. */
  isUsable(balancer: number, server: number): boolean {
    const { firstServer, memory } = this.#instances[balancer]!;
    const { pops } = this.#tables;
    if (memory === null) return pops.mayPick(balancer, server);
    return this.#mayStay(balancer, (server - firstServer) as BackendIndex);
  }

  /** The client, or the POP, closes the connection that the request came by. */
  connectionDropped(request: RequestIndex): void {
    this.#connections.close(this.#clientOf(request));
  }

  #pick(request: RequestIndex, { balancer, tries, previous }: Ticket): number {
    if (this.#instances[balancer]!.awaited !== null) return LATER;
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

  #chooseForClient(request: RequestIndex, ticket: Ticket): number {
    const { kernel } = this.#tables;
    const { firstServer, memory } = this.#instances[ticket.balancer]!;
    const client = this.#clientOf(request);
    const kept = memory!.find(client, kernel.nowNs);
    const isUsable =
      kept !== NO_BACKEND &&
      this.#mayStay(ticket.balancer, kept) &&
      !ticket.previous.includes(firstServer + kept);
    const server = isUsable ? firstServer + kept : this.#pick(request, ticket);
    if (server >= 0) this.chosen(request, ticket, server);
    return server;
  }

  #mayStay(balancer: number, backend: BackendIndex): boolean {
    const { pool } = this.#instances[balancer]!.balancer;
    if (pool.isEligible(backend)) return true;
    const keepsDraining = this.#around.affinity!.keepsDraining;
    return (
      keepsDraining && this.#tables.membership.sees(balancer, backend) && mayKeep(pool, backend)
    );
  }

  /** An L4 balancer knows no attempts: the packet goes where the table, or its memory, says. */
  #forward(request: RequestIndex, { balancer }: Ticket): number {
    const { pops, requests, kernel } = this.#tables;
    const { nowNs } = kernel;
    const { firstServer } = this.#instances[balancer]!;
    const forwarding = this.#instances[balancer]!.forwarding!;
    const client = this.#clientOf(request);
    const keyHash = requests.keyHash[request]!;
    const isNew = requests.newConnection[request] === 1;
    const owner = isNew ? NONE : this.#connections.use(client, nowNs);
    if (owner === NONE) {
      const backend = forwarding.open(client, keyHash, nowNs);
      if (backend === NO_BACKEND) return NONE;
      this.#connections.open(client, firstServer + backend, nowNs);
      return firstServer + backend;
    }
    const isAlive = pops.serverCondition[owner] !== Condition.Refusing;
    const backend = (owner - firstServer) as BackendIndex;
    if (isAlive && forwarding.reaches(backend, client, keyHash, nowNs)) return owner;
    this.#connections.close(client);
    return RESET;
  }

  /** A number of its own for each client of the world; those of laboratories have no region. */
  #clientOf(request: RequestIndex): number {
    const { requests, world } = this.#tables;
    const region = requests.region[request]! + 1;
    return region * world.traffic.clientsPerRegion + requests.client[request]!;
  }
}

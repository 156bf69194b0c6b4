import { NO_BACKEND, policies, type BackendIndex } from '../../../balancer/index.ts';
import { NONE, type RequestIndex } from '../../requests.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec } from '../../world.ts';
import { Condition } from '../pops.ts';
import { clientOf } from './client-number.ts';
import { OpenConnections } from './open-connections.ts';
import { createForwarding, type PacketForwarding } from './packet-forwarding.ts';
import type { RequestDispatch, RequestEnds } from './request-dispatch.ts';

/**
 * Balancers of packets (L4): they know no requests and no attempts, so they limit nothing and try
 * nothing again. A packet goes where the table, or its memory, says; a connection whose packets
 * reach another server than its own is reset.
 */
export class PacketDispatch implements RequestDispatch {
  private readonly tables: Tables;
  private readonly ends: RequestEnds;
  private readonly forwarding: readonly PacketForwarding[];
  /**
   * By POP. A client that has moved holds none at its new one, even if a packet on its kept
   * connection overtakes the first of it; and clients of laboratories are numbered by POP.
   */
  private readonly connections: readonly OpenConnections[];

  constructor(tables: Tables, transport: NonNullable<AroundSpec['transport']>, ends: RequestEnds) {
    const { pops, membership, world } = tables;
    this.tables = tables;
    this.ends = ends;
    this.connections = world.pops.map(() => new OpenConnections(world.traffic.keepAliveNs));
    this.forwarding = pops.balancers.map((_, index) => {
      const forwarding = forwardingOf(tables, transport, index);
      membership.onLeave(index, (backend) => forwarding.forget?.(backend));
      return forwarding;
    });
  }

  arrived(request: RequestIndex): void {
    const { pops, requests, kernel, observers } = this.tables;
    const pop = requests.pop[request]!;
    const balancer = pops.balancerFor(pop, requests.client[request]!);
    const connections = this.connections[pop]!;
    const isNew = requests.newConnection[request] === 1;
    const client = clientOf(this.tables, request);
    const owner = isNew ? NONE : connections.use(client, kernel.nowNs);
    if (owner !== NONE) {
      if (this.#reaches(owner, balancer, request, client)) {
        return this.ends.send(request, balancer, owner);
      }
      connections.close(client);
      return this.ends.reset(request);
    }
    const keyHash = requests.keyHash[request]!;
    const backend = this.forwarding[balancer]!.open(client, keyHash, kernel.nowNs);
    if (backend === NO_BACKEND) {
      observers.balancerRefused(pop, kernel.nowNs);
      return this.ends.failed(request, '503');
    }
    const server = pops.firstServer(pop) + backend;
    connections.open(client, server, kernel.nowNs);
    this.ends.send(request, balancer, server);
  }

  left(): void {}

  retried(): boolean {
    return false;
  }

  connectionDropped(request: RequestIndex): void {
    const pop = this.tables.requests.pop[request]!;
    this.connections[pop]?.close(clientOf(this.tables, request));
  }

  givesUp(): boolean {
    return false;
  }

  drawOffset(): number {
    return 0;
  }

  #reaches(owner: number, balancer: number, request: RequestIndex, client: number): boolean {
    const { pops, requests, kernel } = this.tables;
    if (pops.serverCondition[owner] === Condition.Refusing) return false;
    const backend = (owner - pops.firstServer(requests.pop[request]!)) as BackendIndex;
    const keyHash = requests.keyHash[request]!;
    return this.forwarding[balancer]!.reaches(backend, client, keyHash, kernel.nowNs);
  }
}

function forwardingOf(
  { world, pops, membership, kernel }: Tables,
  transport: NonNullable<AroundSpec['transport']>,
  index: number,
): PacketForwarding {
  const { name, options } = world.balancer.policy;
  return createForwarding({
    kind: transport.kind,
    clock: kernel,
    chainNs: transport.chainNs,
    balancer: pops.balancers[index]!,
    capacity: transport.capacity,
    idleNs: world.traffic.keepAliveNs,
    makePolicy: () =>
      policies.find((policy) => policy.name === name)!.create(options, { random: () => 0 }),
    isMember: (backend: BackendIndex) => membership.sees(index, backend),
  });
}

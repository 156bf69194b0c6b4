import {
  ActiveRetryBudget,
  Backpressure,
  CircuitBreaker,
  ConnectionQueue,
  CookieAffinity,
  DepositRetryBudget,
  policies,
  StickTable,
  type AwaitedPicks,
  type BackendIndex,
  type Balancer,
  type RetryBudget,
} from '../../../balancer/index.ts';
import type { Tables } from '../../tables.ts';
import type { AroundSpec, BalancerRetrySpec } from '../../world.ts';
import { CookieMemory, type ClientMemory, type CookieJars } from './cookie-jars.ts';
import { createForwarding, type PacketForwarding } from './packet-forwarding.ts';

/** What one balancer instance has around its policy, each a piece of the library. */
export interface Instance {
  readonly balancer: Balancer;
  /** Servers of its POP begin here. */
  readonly firstServer: number;
  readonly breaker: CircuitBreaker;
  readonly budget: RetryBudget | null;
  readonly queue: ConnectionQueue | null;
  readonly memory: ClientMemory | null;
  readonly forwarding: PacketForwarding | null;
  /** Where a request may have to wait for the pick itself. */
  readonly awaited: AwaitedPicks | null;
}

export interface InstancePlace {
  /** Over all instances. */
  readonly index: number;
  readonly pop: number;
  /** Of the POP's clients. */
  readonly jars: CookieJars;
}

export function createInstanceAround(
  tables: Tables,
  around: AroundSpec,
  { index, pop, jars }: InstancePlace,
): Instance {
  const { pops, membership } = tables;
  const { limits, retries, affinity } = around;
  const balancer = pops.balancers[index]!;
  const breaker = new CircuitBreaker({
    requests: limits?.requests ?? Infinity,
    pending: limits?.pending ?? Infinity,
    retries: limits?.retries ?? Infinity,
  });
  const perBackend = limits?.connections ?? Infinity;
  const forwarding = forwardingOf(tables, around, index);
  membership.onLeave(index, (backend) => forwarding?.forget?.(backend));
  return {
    balancer,
    firstServer: pops.firstServer(pop),
    breaker,
    budget: budgetOf(retries?.budget ?? null, () => breaker.used('requests')),
    queue: perBackend === Infinity ? null : new ConnectionQueue({ perBackend, queue: Infinity }),
    memory: affinity === undefined ? null : memoryOf(affinity, balancer, jars),
    forwarding,
    awaited: awaitedOf(tables, around, index),
  };
}

function awaitedOf(
  { pops, popLoads, kernel }: Tables,
  around: AroundSpec,
  index: number,
): AwaitedPicks | null {
  if (around.loads?.awaitsProbes === true) return popLoads.syncPrequal(pops, index);
  return around.holdsBack === true ? new Backpressure(pops.balancers[index]!, kernel) : null;
}

function budgetOf(budget: BalancerRetrySpec['budget'], active: () => number): RetryBudget | null {
  if (budget === null) return null;
  if (budget.kind === 'active') {
    return new ActiveRetryBudget(active, budget.ratio * 100, budget.least);
  }
  return new DepositRetryBudget(budget.ttlNs, budget.ratio, budget.perSecond);
}

function memoryOf(
  { by, ttlNs, keepsDraining }: NonNullable<AroundSpec['affinity']>,
  balancer: Balancer,
  jars: CookieJars,
): ClientMemory {
  if (by === 'cookie') {
    return new CookieMemory(new CookieAffinity(balancer, { keepsDraining }), jars);
  }
  return new StickTable(Infinity, ttlNs);
}

function forwardingOf(
  { world, pops, membership, kernel }: Tables,
  { transport }: AroundSpec,
  index: number,
): PacketForwarding | null {
  if (transport === undefined) return null;
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

import {
  createBalancer,
  NO_BACKEND,
  type BackendIndex,
  type Balancer,
  type PolicyDefinition,
} from '../../balancer/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mix32 } from '../kernel/mix.ts';
import type { ObserverHub } from '../metrics/observer-hub.ts';
import type { BalancerSpec } from '../world.ts';
import type { Pops } from './pops.ts';

/** 4,096 keys: the share of those that moved is known to ± 1.5 % (95 %, worst case). */
const KEY_COUNT = 4096;

/** A balancer that no request ever meets, and where it sent each key last. */
interface Shadow {
  readonly balancer: Balancer;
  readonly serverCount: number;
  owners: Int32Array;
}

/**
 * How many keys a change of membership moves without need, for hashing policies: before and after
 * a server of a POP becomes eligible or ceases to be, a sample of keys is asked for in a shadow of
 * the POP's first balancer, which has no load and draws from no stream of the simulation.
 *
 * A key has moved without need if its old server may still be picked and its new one might have
 * been before.
 */
export class KeyMoves {
  readonly #pops: Pops;
  readonly #balancing: BalancerSpec;
  readonly #policy: PolicyDefinition;
  readonly #kernel: Kernel;
  readonly #observers: ObserverHub;
  readonly #shadows = new Map<number, Shadow>();

  constructor(
    pops: Pops,
    balancing: BalancerSpec,
    policy: PolicyDefinition,
    kernel: Kernel,
    observers: ObserverHub,
  ) {
    this.#pops = pops;
    this.#balancing = balancing;
    this.#policy = policy;
    this.#kernel = kernel;
    this.#observers = observers;
  }

  /** A server of the POP's first balancer may have changed. */
  serverChanged(pop: number): void {
    if (!this.#policy.consistent) return;
    const shadow = this.#shadows.get(pop) ?? this.#createShadow(pop);
    const { pool } = shadow.balancer;
    const wasEligible = eligibilities(shadow);
    this.#copyStates(pop, shadow);
    const isEligible = eligibilities(shadow);
    if (wasEligible.every((eligible, backend) => eligible === isEligible[backend])) return;
    const owners = ownersIn(shadow.balancer);
    let movedCount = 0;
    owners.forEach((owner, key) => {
      const before = shadow.owners[key]!;
      if (owner === before || before === NO_BACKEND || owner === NO_BACKEND) return;
      if (pool.isEligible(before as BackendIndex) && wasEligible[owner] === true) movedCount++;
    });
    shadow.owners = owners;
    this.#observers.keysMoved(pop, movedCount / KEY_COUNT, this.#kernel.nowNs);
  }

  /** As the POP's servers were when the world began: all may be picked. */
  #createShadow(pop: number): Shadow {
    const { first } = this.#pops.balancersOf(pop);
    const serverCount = this.#pops.serverCountOf(pop);
    const { pool } = this.#pops.balancers[first]!;
    const balancer = createBalancer({
      policy: this.#policy.create(this.#balancing.policy.options, { random: () => 0 }),
      clock: this.#kernel,
      panicThreshold: this.#balancing.panicThreshold ?? 0,
    });
    for (let server = 0; server < serverCount; server++) {
      const backend = server as BackendIndex;
      balancer.add({ id: pool.id(backend), weight: pool.weight(backend) });
    }
    const shadow = { balancer, serverCount, owners: ownersIn(balancer) };
    this.#shadows.set(pop, shadow);
    return shadow;
  }

  #copyStates(pop: number, { balancer, serverCount }: Shadow): void {
    const { pool } = this.#pops.balancers[this.#pops.balancersOf(pop).first]!;
    for (let server = 0; server < serverCount; server++) {
      const backend = server as BackendIndex;
      balancer.pool.setHealthy(backend, pool.isHealthy(backend));
      balancer.pool.setEnabled(backend, pool.isEnabled(backend));
    }
  }
}

function eligibilities({ balancer, serverCount }: Shadow): readonly boolean[] {
  return Array.from({ length: serverCount }, (_, server) =>
    balancer.pool.isEligible(server as BackendIndex),
  );
}

function ownersIn(balancer: Balancer): Int32Array {
  return Int32Array.from({ length: KEY_COUNT }, (_, key) => balancer.pick(mix32(key) >>> 0, 0));
}

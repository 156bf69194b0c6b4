import {
  createBalancer,
  NO_BACKEND,
  type BackendIndex,
  type Balancer,
  type PolicyDefinition,
} from '../../balancer/index.ts';
import { mix32 } from '../kernel/mix.ts';
import type { Tables } from '../tables.ts';

/** 4,096 keys: the share of those that moved is known to ± 1.5 % (95 %, worst case). */
const KEY_COUNT = 4096;

/** What the shadows are made from. */
type KeyMovesParts = Pick<Tables, 'pops' | 'membership' | 'kernel' | 'observers' | 'world'>;

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
 * been before. Where weights changed, what the new shares need is taken off.
 */
export class KeyMoves {
  private readonly parts: KeyMovesParts;
  private readonly policy: PolicyDefinition;
  readonly #shadows = new Map<number, Shadow>();

  constructor(parts: KeyMovesParts, policy: PolicyDefinition) {
    this.parts = parts;
    this.policy = policy;
  }

  /** A server of the POP's first balancer may have changed. */
  serverChanged(pop: number): void {
    if (!this.policy.consistent) return;
    const shadow = this.#shadows.get(pop) ?? this.#createShadow(pop);
    const { pool } = shadow.balancer;
    const wasEligible = eligibilities(shadow);
    const hadWeight = weights(shadow);
    this.#copyStates(pop, shadow);
    const isSame = <T>(before: readonly T[], after: readonly T[]) =>
      before.every((value, backend) => value === after[backend]);
    const isReweighed = !isSame(hadWeight, weights(shadow));
    if (isSame(wasEligible, eligibilities(shadow)) && !isReweighed) return;
    const owners = ownersIn(shadow.balancer);
    let movedCount = 0;
    owners.forEach((owner, key) => {
      const before = shadow.owners[key]!;
      if (owner === before || before === NO_BACKEND || owner === NO_BACKEND) return;
      if (pool.isEligible(before as BackendIndex) && wasEligible[owner] === true) movedCount++;
    });
    if (isReweighed) movedCount = Math.max(0, movedCount - neededMoves(shadow.owners, owners));
    shadow.owners = owners;
    const { observers, kernel } = this.parts;
    observers.keysMoved(pop, movedCount / KEY_COUNT, kernel.nowNs);
  }

  /** As the POP's servers were when the world began: all may be picked. */
  #createShadow(pop: number): Shadow {
    const { balancer: balancing } = this.parts.world;
    const { first } = this.parts.pops.balancersOf(pop);
    const serverCount = this.parts.pops.serverCountOf(pop);
    const { pool } = this.parts.pops.balancers[first]!;
    const balancer = createBalancer({
      policy: this.policy.create(balancing.policy.options, { random: () => 0 }),
      clock: this.parts.kernel,
      panicThreshold: balancing.panicThreshold ?? 0,
    });
    for (let server = 0; server < serverCount; server++) {
      const backend = server as BackendIndex;
      const { weight } = this.parts.world.pops[pop]!.servers[server]!;
      balancer.add({ id: pool.id(backend), weight });
    }
    const shadow = { balancer, serverCount, owners: ownersIn(balancer) };
    this.#shadows.set(pop, shadow);
    return shadow;
  }

  #copyStates(pop: number, { balancer, serverCount }: Shadow): void {
    const { pops, membership } = this.parts;
    const { pool } = pops.balancers[pops.balancersOf(pop).first]!;
    for (let server = 0; server < serverCount; server++) {
      const backend = server as BackendIndex;
      balancer.pool.setHealthy(backend, pool.isHealthy(backend));
      balancer.pool.setEnabled(backend, pool.isEnabled(backend));
      balancer.pool.setEjected(backend, pool.isEjected(backend));
      const weight = membership.weight(pops.firstServer(pop) + server);
      balancer.pool.setWeight(backend, weight);
    }
  }
}

function eligibilities({ balancer, serverCount }: Shadow): readonly boolean[] {
  return Array.from({ length: serverCount }, (_, server) =>
    balancer.pool.isEligible(server as BackendIndex),
  );
}

function weights({ balancer, serverCount }: Shadow): readonly number[] {
  return Array.from({ length: serverCount }, (_, server) =>
    balancer.pool.weight(server as BackendIndex),
  );
}

/** Keys that must move for the new shares: what those who shrank have lost. */
function neededMoves(before: Int32Array, after: Int32Array): number {
  const change = new Map<number, number>();
  for (const owner of before) change.set(owner, (change.get(owner) ?? 0) - 1);
  for (const owner of after) change.set(owner, (change.get(owner) ?? 0) + 1);
  let needed = 0;
  for (const difference of change.values()) needed += Math.max(0, -difference);
  return needed;
}

function ownersIn(balancer: Balancer): Int32Array {
  return Int32Array.from({ length: KEY_COUNT }, (_, key) => balancer.pick(mix32(key) >>> 0, 0));
}

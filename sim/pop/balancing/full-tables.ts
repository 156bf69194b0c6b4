import {
  createBalancer,
  policies,
  type BackendIndex,
  type Balancer,
} from '../../../balancer/index.ts';
import type { Tables } from '../../tables.ts';

/**
 * Tables of a POP's members as if all were well and none drained: GLB's rows, where a server that
 * takes nothing new stays second of its rows, so that its connections are passed on to it.
 */
export class FullTables {
  readonly #tables: Pick<Tables, 'world' | 'pops' | 'membership' | 'kernel'>;
  readonly #balancers = new Map<number, Balancer>();
  /** Membership that each table knows. */
  readonly #version = new Map<number, number>();

  constructor(tables: Pick<Tables, 'world' | 'pops' | 'membership' | 'kernel'>) {
    this.#tables = tables;
  }

  /** Server at the n-th look at the key's row. */
  pick(pop: number, keyHash: number, attempt: number): number {
    const { pops, membership } = this.#tables;
    const balancer = this.#balancers.get(pop) ?? this.#create(pop);
    if (this.#version.get(pop) !== membership.version) {
      for (let slot = 0; slot < pops.serverCountOf(pop); slot++) {
        const server = pops.firstServer(pop) + slot;
        balancer.pool.setEnabled(slot as BackendIndex, membership.isMember(server));
        balancer.pool.setWeight(slot as BackendIndex, membership.weight(server));
      }
      this.#version.set(pop, membership.version);
    }
    const backend = balancer.pick(keyHash, attempt);
    return backend < 0 ? backend : pops.firstServer(pop) + backend;
  }

  #create(pop: number): Balancer {
    const { world, kernel } = this.#tables;
    const { name, options } = world.balancer.policy;
    const definition = policies.find((policy) => policy.name === name)!;
    const policy = definition.create(options, { random: () => 0 });
    const balancer = createBalancer({ policy, clock: kernel });
    const spec = world.pops[pop]!;
    for (const server of spec.servers) {
      balancer.add({ id: `${spec.name}/${server.name}`, weight: server.weight });
    }
    this.#balancers.set(pop, balancer);
    return balancer;
  }
}

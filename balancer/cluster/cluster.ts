import type { BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { Dispatcher } from '../dispatching/dispatcher.ts';
import { hash32 } from '../hashes/xxhash.ts';
import type { HealthView } from '../health/views/health-view.ts';
import { subsetShares, type SubsetSettings } from '../subsetting/index.ts';
import type { Place } from './place.ts';
import type { Roster } from './roster.ts';

export interface Member {
  /** What consistent hashing hashes; unique in the cluster. */
  readonly id: string;
  /** 1 when absent. */
  readonly weight?: number;
  /** 0, the first to be used, when absent. */
  readonly priority?: number;
  readonly zone?: string;
}

export interface ClusterParts {
  readonly balancer: Balancer;
  readonly dispatcher: Dispatcher;
  readonly roster: Roster;
  readonly views: readonly HealthView[];
  readonly place: Place;
  readonly subset: SubsetSettings | undefined;
}

/**
 * Backends behind one balancer with all that stands around its policy, as `createCluster` makes it
 * of options: who is a member, who is well, and where a request goes.
 */
export class Cluster {
  /** Requests under way, and backends' reports of their load, are told to this: see `Balancer`. */
  readonly balancer: Balancer;
  /** Where requests arrive. */
  readonly dispatcher: Dispatcher;
  readonly #parts: ClusterParts;
  /** Members, drained ones included. */
  readonly #members = new Map<string, { backend: BackendIndex; weight: number }>();
  readonly #drained = new Set<string>();

  constructor(parts: ClusterParts, members: readonly Member[]) {
    this.#parts = parts;
    this.balancer = parts.balancer;
    this.dispatcher = parts.dispatcher;
    parts.roster.watchBy(parts.views);
    for (const member of members) this.#enlist(member);
    this.#settle();
  }

  /** A new member, taken to be well; its weight rises slowly, where that is asked for. */
  add(member: Member): BackendIndex {
    const backend = this.#enlist(member);
    this.#settle();
    this.#parts.roster.recovered(backend);
    return backend;
  }

  /** Nothing new goes to it, nor any client that was kept there. */
  remove(id: string): void {
    const { backend, weight } = this.#member(id);
    const { roster, dispatcher, balancer } = this.#parts;
    roster.settle(backend, { share: 0, isDrained: false, weight });
    dispatcher.forget(backend);
    balancer.remove(backend);
    this.#members.delete(id);
    this.#drained.delete(id);
    this.#settle();
  }

  /** Nothing new goes to it but clients that are kept there; what is under way finishes. */
  drain(id: string): void {
    this.#member(id);
    this.#drained.add(id);
    this.#settle();
  }

  /** It is drained no longer, and begins anew as one that was added. */
  undrain(id: string): void {
    const { backend } = this.#member(id);
    if (!this.#drained.delete(id)) return;
    this.#settle();
    this.#parts.roster.recovered(backend);
  }

  setWeight(id: string, weight: number): void {
    const member = this.#member(id);
    member.weight = weight;
    this.#parts.roster.setWeight(member.backend, weight);
  }

  /** Ends health checks; the cluster goes on with what they found. */
  stop(): void {
    for (const view of this.#parts.views) view.stop();
  }

  #enlist({ id, weight = 1, priority = 0, zone = '' }: Member): BackendIndex {
    const { balancer, place } = this.#parts;
    place.check(zone);
    const backend = balancer.add({ id, weight });
    place.set(backend, priority, zone);
    this.#members.set(id, { backend, weight });
    return backend;
  }

  /** Brings pool and health checks in line with who is a member, and seen by this instance. */
  #settle(): void {
    const { roster, subset, place } = this.#parts;
    // In an order that all instances of the cluster agree on.
    const ids = [...this.#members.keys()].toSorted((a, b) => (a < b ? -1 : 1));
    const { instance, instanceCount, name } = place;
    const client = { instance, instanceCount, seed: hash32(name) };
    const shares = subset === undefined ? ids.map(() => 1) : subsetShares(subset, client, ids);
    ids.forEach((id, i) => {
      const { backend, weight } = this.#members.get(id)!;
      const left = roster.settle(backend, {
        share: shares[i]!,
        isDrained: this.#drained.has(id),
        weight,
      });
      if (left) this.dispatcher.forget(backend);
    });
  }

  #member(id: string): { backend: BackendIndex; weight: number } {
    const member = this.#members.get(id);
    if (member === undefined) throw new Error(`no member "${id}" in the cluster`);
    return member;
  }
}

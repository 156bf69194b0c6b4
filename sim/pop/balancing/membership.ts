import {
  hash32,
  Roster,
  subsetShares,
  type BackendIndex,
  type HealthView,
} from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { WorldSpec } from '../../world.ts';
import type { Pops } from '../pops.ts';

/**
 * Which servers each balancer may use: who is in the table, who is drained, what each weighs, and
 * which part of them an instance sees. Pools keep one slot a server for good; a server that is not
 * a member, or outside an instance's subset, is disabled there and watched by no health check.
 */
export class Membership {
  /** Grows with every change of members and weights. */
  version = 0;
  private readonly pops: Pops;
  private readonly world: WorldSpec;
  /** By balancer. */
  private readonly rosters: readonly Roster[];
  private readonly isAbsent: Uint8Array;
  private readonly isDrained: Uint8Array;
  /** As the scenario and its events set it, without slow start. */
  private readonly weightByServer: Float64Array;
  /** By balancer: who else is told of a backend that leaves. */
  readonly #onLeave: ((backend: BackendIndex) => void)[] = [];

  constructor(world: WorldSpec, pops: Pops, kernel: Kernel) {
    const { slowStart } = world.balancer.around ?? {};
    this.pops = pops;
    this.world = world;
    this.rosters = pops.balancers.map(({ pool }) => new Roster(pool, kernel, slowStart));
    this.isAbsent = new Uint8Array(pops.serverCount);
    this.isDrained = new Uint8Array(pops.serverCount);
    this.weightByServer = Float64Array.from(
      world.pops.flatMap(({ servers }) => servers.map(({ weight }) => weight)),
    );
  }

  /** Everybody begins to watch; servers that an event or an autoscaler adds are not there yet. */
  begin(viewsOf: (balancer: number) => readonly HealthView[]): void {
    for (const server of [...this.#addedLater(), ...this.#scaledLater()]) {
      this.isAbsent[server] = 1;
    }
    this.version++;
    this.rosters.forEach((roster, balancer) => roster.watchBy(viewsOf(balancer)));
    for (let pop = 0; pop < this.pops.count; pop++) this.#settle(pop);
  }

  weight(server: number): number {
    return this.weightByServer[server]!;
  }

  isMember(server: number): boolean {
    return this.isAbsent[server] === 0;
  }

  /** Whether a backend stands in the table of an instance, drained or not. */
  sees(balancer: number, backend: BackendIndex): boolean {
    return this.rosters[balancer]!.has(backend);
  }

  /** Calls when a backend leaves the table of an instance; one listener each. */
  onLeave(balancer: number, left: (backend: BackendIndex) => void): void {
    this.#onLeave[balancer] = left;
  }

  setMember(server: number, isMember: boolean): void {
    if (this.isMember(server) === isMember) return;
    this.isAbsent[server] = isMember ? 0 : 1;
    this.version++;
    const pop = this.pops.popOf(server);
    this.#settle(pop);
    if (isMember) this.#warmUp(server);
  }

  /** A drained server gets nothing new; what is inside finishes. */
  setDrained(server: number, isDrained: boolean): void {
    const wasDrained = this.isDrained[server] === 1;
    this.isDrained[server] = isDrained ? 1 : 0;
    this.#settle(this.pops.popOf(server));
    if (wasDrained && !isDrained) this.#warmUp(server);
  }

  setWeight(server: number, weight: number): void {
    this.weightByServer[server] = weight;
    this.version++;
    this.#eachBalancer(this.pops.popOf(server), (balancer) => {
      this.rosters[balancer]!.setWeight(this.#backendOf(server), weight);
    });
  }

  /** One observer found a backend well again: its weight rises slowly, where that is wanted. */
  recovered(balancer: number, backend: BackendIndex): void {
    this.rosters[balancer]!.recovered(backend);
  }

  /** Brings pools and health checks in line with who is a member now. */
  #settle(pop: number): void {
    const first = this.pops.firstServer(pop);
    this.#eachBalancer(pop, (balancer, instance) => {
      this.#sharesOf(pop, instance).forEach((share, slot) => {
        const hasLeft = this.rosters[balancer]!.settle(slot as BackendIndex, {
          share,
          isDrained: this.isDrained[first + slot] === 1,
          weight: this.weightByServer[first + slot]!,
        });
        if (hasLeft) this.#onLeave[balancer]?.(slot as BackendIndex);
      });
    });
  }

  /** The part of each server of the POP that an instance sees. */
  #sharesOf(pop: number, instance: number): readonly number[] {
    const first = this.pops.firstServer(pop);
    const count = this.pops.serverCountOf(pop);
    const shares = Array.from({ length: count }, (_, i) => Number(this.isMember(first + i)));
    const subset = this.world.balancer.around?.subset;
    if (subset === undefined) return shares;
    const present = shares.flatMap((share, i) => (share > 0 ? [i] : []));
    const name = this.pops.names[pop]!;
    const client = {
      instance,
      instanceCount: this.pops.balancersOf(pop).end - this.pops.balancersOf(pop).first,
      seed: hash32(`${name}/${instance}`),
    };
    const ids = present.map((i) => this.pops.serverNames[first + i]!);
    const seen = subsetShares(subset, client, ids);
    present.forEach((slot, position) => (shares[slot] = seen[position]!));
    return shares;
  }

  #warmUp(server: number): void {
    const backend = this.#backendOf(server);
    this.#eachBalancer(this.pops.popOf(server), (balancer) => this.recovered(balancer, backend));
  }

  #eachBalancer(pop: number, act: (balancer: number, instance: number) => void): void {
    const { first, end } = this.pops.balancersOf(pop);
    for (let balancer = first; balancer < end; balancer++) act(balancer, balancer - first);
  }

  #backendOf(server: number): BackendIndex {
    return (server - this.pops.firstServer(this.pops.popOf(server))) as BackendIndex;
  }

  /** Servers that an autoscaler has not started yet. */
  #scaledLater(): number[] {
    return (this.world.autoscalers ?? []).flatMap(({ pop, servers, initial }) =>
      servers.slice(initial).map((name) => this.pops.serverNames.indexOf(`${pop}/${name}`)),
    );
  }

  /** Servers of which an event says `add` before any says `remove`. */
  #addedLater(): number[] {
    const first = new Map<string, 'add' | 'remove'>();
    for (const { action, targets } of this.world.events) {
      if (action.verb !== 'add' && action.verb !== 'remove') continue;
      for (const target of targets) {
        if (target.kind !== 'server') continue;
        const name = `${target.pop}/${target.server}`;
        if (!first.has(name)) first.set(name, action.verb);
      }
    }
    return [...first].flatMap(([name, verb]) =>
      verb === 'add' ? [this.pops.serverNames.indexOf(name)] : [],
    );
  }
}

import {
  SwimMember,
  retransmitLimit,
  type BackendIndex,
  type HealthView,
  type SwimMessage,
  type ViewPorts,
} from '../../../balancer/index.ts';
import type { Stream } from '../../kernel/random.ts';
import type { Tables } from '../../tables.ts';
import type { HealthSpec } from '../../world.ts';
import { Condition } from '../pops.ts';
import { SWIM, swimCheck, type SwimOptions } from './swim-check.ts';

export { SWIM };

/** Between two members of a POP, there and back. */
const ROUND_TRIP_NS = 500_000;

/** What a member still has to tell, and how often. */
interface Rumour {
  readonly message: SwimMessage;
  left: number;
}

interface Observed {
  readonly ports: ViewPorts;
  /** Of each server that is a member of the instance's table. */
  readonly isDead: Map<number, boolean>;
}

/**
 * SWIM with Lifeguard in one POP: its servers are members 0 … n − 1, its balancer instances follow.
 * Every member probes, accuses and gossips by the library's `SwimMember`; a balancer takes a server
 * for down while it believes it dead. A server's process takes part while it accepts connections;
 * one that comes back learns from another that it was declared dead, and refutes it.
 *
 * Left out: full exchanges of state (push/pull) but for that one, and TCP as a last resort.
 */
export class SwimGroup {
  private readonly tables: Tables;
  private readonly firstServer: number;
  private readonly pop: number;
  private readonly serverCount: number;
  private readonly options: SwimOptions;
  private readonly draws: Stream;
  private readonly members: readonly SwimMember[];
  private readonly rumours: Rumour[][];
  private readonly wasUp: boolean[];
  /** Greatest incarnation said of each member. */
  private readonly incarnation: Float64Array;
  readonly #observed = new Map<number, Observed>();

  constructor(tables: Tables, pop: number, spec: HealthSpec, draws: Stream) {
    const { pops } = tables;
    const { first, end } = pops.balancersOf(pop);
    this.tables = tables;
    this.pop = pop;
    this.firstServer = pops.firstServer(pop);
    this.serverCount = pops.serverCountOf(pop);
    this.options = swimCheck.options.parse(spec.rule!.options);
    this.draws = draws;
    const count = this.serverCount + end - first;
    const options = this.options;
    const settings = {
      probeIntervalNs: options.probe_interval,
      probeTimeoutNs: options.probe_timeout,
      indirectChecks: options.indirect_checks,
      suspicionFactor: options.suspicion_mult,
      suspicionMostFactor: options.suspicion_max_mult,
      awarenessMost: options.awareness_max_multiplier,
    };
    this.members = Array.from(
      { length: count },
      (_, self) => new SwimMember(self, settings, () => draws.uniform()),
    );
    this.rumours = this.members.map(() => []);
    this.wasUp = this.members.map(() => true);
    this.incarnation = new Float64Array(count).fill(1);
  }

  /** What a balancer instance makes of it. */
  viewOf(instance: number, ports: ViewPorts): HealthView {
    const observed: Observed = { ports, isDead: new Map() };
    this.#observed.set(this.serverCount + instance, observed);
    return {
      join: (backend) => {
        ports.pool.setHealthy(backend, true);
        observed.isDead.set(backend, false);
      },
      leave: (backend) => void observed.isDead.delete(backend),
      stop: () => void this.#observed.delete(this.serverCount + instance),
    };
  }

  start(): void {
    const { kernel } = this.tables;
    const { probe_interval: probeNs, gossip_interval: gossipNs } = this.options;
    this.members.forEach((member, self) => {
      this.members.forEach((_, about) => {
        if (about === self) return;
        member.receive({ kind: 'alive', about, incarnation: 1, from: about }, kernel.nowNs);
      });
      kernel.after(Math.floor(this.draws.uniform() * probeNs), () => this.#probe(self));
      kernel.after(Math.floor(this.draws.uniform() * gossipNs), () => this.#gossip(self));
    });
  }

  /** Each probe interval: a direct probe, then indirect ones, then suspicion. */
  #probe(self: number): void {
    const { kernel } = this.tables;
    const member = this.members[self]!;
    kernel.after(Math.round(member.probeIntervalNs()), () => this.#probe(self));
    if (!this.#isUp(self)) return;
    const target = member.nextProbe();
    if (target === undefined) return;
    this.#count(target);
    if (this.#isHeard(self, target)) {
      kernel.after(ROUND_TRIP_NS, () => member.probeAnswered());
      return;
    }
    kernel.after(Math.round(member.probeTimeoutNs()), () => this.#probeIndirectly(self, target));
  }

  #probeIndirectly(self: number, target: number): void {
    const { kernel } = this.tables;
    const member = this.members[self]!;
    const helpers = member.helpersFor(target);
    const reached = helpers.filter((helper) => this.#isHeard(self, helper));
    for (const _ of reached) this.#count(target);
    if (reached.some((helper) => this.#isHeard(helper, target))) {
      kernel.after(2 * ROUND_TRIP_NS, () => member.probeAnswered());
      return;
    }
    const waitNs = Math.max(0, Math.round(member.probeIntervalNs() - member.probeTimeoutNs()));
    kernel.after(waitNs, () => {
      const told = member.probeFailed(target, helpers.length, reached.length, kernel.nowNs);
      this.#tell(self, told);
    });
  }

  /** Each gossip interval: what is known and not yet told often enough goes to a few others. */
  #gossip(self: number): void {
    const { kernel } = this.tables;
    kernel.after(this.options.gossip_interval, () => this.#gossip(self));
    const isUp = this.#isUp(self);
    if (isUp && !this.wasUp[self]) this.#rejoin(self);
    this.wasUp[self] = isUp;
    if (!isUp) return;
    this.#tell(self, this.members[self]!.advance(kernel.nowNs));
    const rumours = this.rumours[self]!;
    if (rumours.length === 0) return;
    for (const other of this.#others(self)) {
      for (const rumour of rumours) {
        if (rumour.left-- <= 0 || !this.#isHeard(self, other)) continue;
        this.#tell(other, this.members[other]!.receive(rumour.message, kernel.nowNs));
      }
    }
    this.rumours[self] = rumours.filter(({ left }) => left > 0);
  }

  /** Messages that a member has taken in: it passes them on, and its balancer acts on them. */
  #tell(self: number, messages: readonly SwimMessage[]): void {
    const left = retransmitLimit(this.options.retransmit_mult, this.members.length);
    for (const message of messages) {
      const { about, incarnation } = message;
      this.incarnation[about] = Math.max(this.incarnation[about]!, incarnation);
      // A newer message about a member takes the place of an older one.
      this.rumours[self] = this.rumours[self]!.filter((old) => old.message.about !== about);
      this.rumours[self].push({ message, left });
      if (about < this.serverCount) this.#judge(self, about);
    }
  }

  #judge(self: number, server: number): void {
    const observed = this.#observed.get(self);
    const wasDead = observed?.isDead.get(server);
    if (observed === undefined || wasDead === undefined) return;
    const isDead = this.members[self]!.standingOf(server) === 'dead';
    if (isDead === wasDead) return;
    observed.isDead.set(server, isDead);
    const { pool, onChange, timers } = observed.ports;
    pool.setHealthy(server as BackendIndex, !isDead);
    onChange(server as BackendIndex, !isDead, timers.nowNs);
  }

  /** Another member tells it what was said of it meanwhile. */
  #rejoin(self: number): void {
    const incarnation = this.incarnation[self]!;
    const message = { kind: 'dead', about: self, incarnation, from: self } as const;
    this.#tell(self, this.members[self]!.receive(message, this.tables.kernel.nowNs));
  }

  #others(self: number): number[] {
    const chosen = new Set<number>();
    const wanted = Math.min(this.options.gossip_nodes, this.members.length - 1);
    while (chosen.size < wanted) {
      const other = Math.floor(this.draws.uniform() * this.members.length);
      if (other !== self) chosen.add(other);
    }
    return [...chosen];
  }

  /** Whether a packet between the two gets through and is answered. */
  #isHeard(from: number, to: number): boolean {
    const lost = 1 - (1 - this.#lossRatio(from)) * (1 - this.#lossRatio(to));
    const isLost = lost > 0 && this.draws.uniform() < lost;
    return !isLost && this.#isUp(to);
  }

  #lossRatio(member: number): number {
    return member < this.serverCount
      ? this.tables.pops.probeLossRatio[this.firstServer + member]!
      : 0;
  }

  #isUp(member: number): boolean {
    const { pops, membership } = this.tables;
    if (pops.condition[this.pop] === Condition.Dark) return false;
    if (member >= this.serverCount) return true;
    const server = this.firstServer + member;
    const condition = pops.serverCondition[server];
    return (
      membership.isMember(server) &&
      (condition === Condition.Serving || condition === Condition.Erring)
    );
  }

  #count(target: number): void {
    if (target >= this.serverCount) return;
    const { observers, kernel } = this.tables;
    observers.serverProbed(this.firstServer + target, kernel.nowNs);
  }
}

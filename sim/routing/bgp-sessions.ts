import { Relation, type Network } from '../../topology/index.ts';
import type { RoutingSpec } from '../world.ts';
import { classLearnedFrom, type Announcements } from './announcements.ts';
import { assert } from './assert.ts';
import type { PrefixPlan } from './routing-strategy.ts';

/**
 * What each POP tells each neighbour: BGP sessions, and on each of them the prefixes announced and
 * how often prepended. A prefix goes out on a session when its POP announces it, the session is up
 * and not drained, and the scenario announces over sessions of that kind (`transit`, `ixp`).
 */
export class BgpSessions {
  readonly count: number;
  readonly prefixCount: number;
  readonly pop: Uint32Array;
  readonly as: Uint32Array;
  private readonly up: Uint8Array;
  private readonly drained: Uint8Array;
  private readonly permitted: Uint8Array;
  private readonly popCount: number;
  private readonly plans: readonly PrefixPlan[];
  /** By prefix × popCount + POP. */
  private readonly announced: Uint8Array;
  private readonly prepends: Uint16Array;
  private readonly columns: Announcements[] = [];

  constructor(network: Network, spec: RoutingSpec, plans: readonly PrefixPlan[]) {
    this.popCount = network.popCount;
    this.plans = plans;
    this.prefixCount = plans.length;
    this.count = network.firstSession[network.popCount]!;
    this.as = network.sessionAs;
    this.pop = sessionPops(network);
    this.up = new Uint8Array(this.count).fill(1);
    this.drained = new Uint8Array(this.count);
    this.permitted = Uint8Array.from(network.sessionRelation.subarray(0, this.count), (relation) =>
      spec.announceVia.includes(relation === Relation.Peer ? 'ixp' : 'transit') ? 1 : 0,
    );
    this.announced = new Uint8Array(plans.length * network.popCount);
    this.prepends = new Uint16Array(plans.length * network.popCount);
    const from = namedPops(network, spec.announceFrom);
    const routeClass = Uint8Array.from(network.sessionRelation, (relation) =>
      classLearnedFrom(relation as Relation),
    );
    plans.forEach((plan, prefix) => {
      for (const pop of plan.pops) {
        if (from.has(pop)) this.announced[prefix * this.popCount + pop] = 1;
        this.prepends[prefix * this.popCount + pop] = spec.prepends[network.popNames[pop]!] ?? 0;
      }
      this.columns.push({
        count: this.count,
        as: network.sessionAs,
        routeClass,
        length: new Uint16Array(this.count),
        site: this.pop,
        owners: [],
      });
      this.refresh(prefix);
    });
  }

  /** Announcements of the prefix as of the last `refresh`. */
  announcements(prefix: number): Announcements {
    return this.columns[prefix]!;
  }

  /** Brings the prefix's announcements up to date; whether any differs from before. */
  refresh(prefix: number): boolean {
    const { length } = this.columns[prefix]!;
    const single = this.plans[prefix]!.pops.length === 1;
    let changed = false;
    for (let session = 0; session < this.count; session++) {
      const entry = prefix * this.popCount + this.pop[session]!;
      const isOpen = this.up[session] === 1 && this.permitted[session] === 1;
      // A POP's own unicast prefix outlives its drain: resolvers stop naming it instead.
      const isKept = single || this.drained[session] === 0;
      const now = this.announced[entry] === 1 && isOpen && isKept ? 1 + this.prepends[entry]! : 0;
      if (length[session] === now) continue;
      length[session] = now;
      changed = true;
    }
    return changed;
  }

  setUp(session: number, isUp: boolean): void {
    this.up[session] = isUp ? 1 : 0;
  }

  setDrained(session: number, isDrained: boolean): void {
    this.drained[session] = isDrained ? 1 : 0;
  }

  /** Ignores POPs that are not of the prefix's plan. */
  setAnnounced(prefix: number, pop: number, isAnnounced: boolean): void {
    if (!this.plans[prefix]!.pops.includes(pop)) return;
    this.announced[prefix * this.popCount + pop] = isAnnounced ? 1 : 0;
  }

  setPrepends(prefix: number, pop: number, count: number): void {
    assert(Number.isInteger(count) && count >= 0, 'prepends are whole and not negative');
    this.prepends[prefix * this.popCount + pop] = count;
  }
}

function sessionPops(network: Network): Uint32Array {
  const pops = new Uint32Array(network.firstSession[network.popCount]!);
  for (let pop = 0; pop < network.popCount; pop++) {
    pops.fill(pop, network.firstSession[pop]!, network.firstSession[pop + 1]!);
  }
  return pops;
}

function namedPops(network: Network, names: 'all' | readonly string[]): ReadonlySet<number> {
  if (names === 'all') return new Set(network.popNames.keys());
  return new Set(
    names.map((name) => {
      const pop = network.popNames.indexOf(name);
      assert(pop >= 0, `announceFrom names an unknown POP ${name}`);
      return pop;
    }),
  );
}

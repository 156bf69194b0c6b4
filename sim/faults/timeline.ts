import type { RequestLifecycle } from '../request-lifecycle.ts';
import type { Tables } from '../tables.ts';
import type { RequestSource } from '../traffic/request-source.ts';
import type { EntityRef, EventSpec } from '../world.ts';
import { LinkFaults } from './link-faults.ts';
import { OriginFaults } from './origin-faults.ts';
import { PopFaults } from './pop-faults.ts';
import { OverloadCrashes } from './overload-crashes.ts';
import { RegionFaults } from './region-faults.ts';
import { ServerFaults } from './server-faults.ts';
import { applySettings, restoreSettings } from './settings.ts';
import { Surges } from './surges.ts';

type DegradableTable = Pick<LinkFaults, 'degrade' | 'restore' | 'restoreFully'>;

/**
 * The story's timeline: what breaks, what recovers, and when. Each event begins at its time and,
 * if it has an end, is undone then. Faults draw from no random stream.
 */
export class FaultTimeline {
  private readonly tables: Tables;
  private readonly pops: PopFaults;
  private readonly servers: ServerFaults;
  private readonly links: LinkFaults;
  private readonly origins: OriginFaults;
  private readonly regions: RegionFaults;
  private readonly surges: Surges;

  constructor(tables: Tables, lifecycle: RequestLifecycle, source: RequestSource) {
    const { world } = tables;
    this.tables = tables;
    this.servers = new ServerFaults(tables, lifecycle);
    this.pops = new PopFaults(tables, lifecycle, this.servers);
    this.links = new LinkFaults(tables);
    this.surges = new Surges(tables, source);
    this.origins = new OriginFaults(tables, lifecycle);
    this.regions = new RegionFaults(tables);
    if (world.pops.some((pop) => pop.crashWhenFullNs !== undefined)) {
      const crashes = new OverloadCrashes(tables, this.servers);
      lifecycle.onFull = (server) => crashes.full(server);
    }
  }

  /** Sets a timer for every beginning and every end that lies ahead. */
  start(): void {
    const { kernel, world } = this.tables;
    for (const event of world.events) {
      kernel.after(event.atNs - kernel.nowNs, () => this.#begin(event));
      if (event.untilNs < Infinity) {
        kernel.after(event.untilNs - kernel.nowNs, () => this.#end(event));
      }
    }
  }

  #begin(event: EventSpec): void {
    if (event.action.verb === 'set') applySettings(this.tables, event.action.settings);
    for (const target of event.targets) this.#beginAt(target, event);
  }

  #end(event: EventSpec): void {
    if (event.action.verb === 'set') restoreSettings(this.tables, event.action.settings);
    for (const target of event.targets) this.#endAt(target, event);
  }

  #beginAt(target: EntityRef, event: EventSpec): void {
    const { action } = event;
    switch (action.verb) {
      case 'fail':
        return this.#fail(target, action.mode);
      case 'recover':
        this.#recover(target);
        return this.#tableOf(target)?.restoreFully(this.#indexOf(target));
      case 'degrade':
        return this.#tableOf(target)?.degrade(this.#indexOf(target), action);
      case 'drain':
        return this.#setDrained(target, true, action.gradualNs);
      case 'undrain':
        return this.#setDrained(target, false, 0);
      case 'add':
      case 'remove':
        return this.servers.setMember(this.#indexOf(target), action.verb === 'add');
      case 'reweight':
        return this.servers.setWeight(this.#indexOf(target), action.weight);
      case 'withdraw':
        return this.#eachPop(target, action.from, (pop) => this.tables.routing?.withdraw(pop));
      case 'announce':
        return this.#eachPop(target, action.from, (pop) => this.tables.routing?.announce(pop));
      case 'prepend':
        return this.#eachPop(target, action.from, (pop) =>
          this.tables.routing?.prepend(pop, action.count),
        );
      case 'surge':
        return this.surges.begin(target, event);
      case 'set':
        return;
    }
  }

  #endAt(target: EntityRef, event: EventSpec): void {
    const { action } = event;
    const { routing, world } = this.tables;
    switch (action.verb) {
      case 'fail':
        return this.#recover(target);
      case 'degrade':
        return this.#tableOf(target)?.restore(this.#indexOf(target), action);
      case 'drain':
        return this.#setDrained(target, false, 0);
      case 'add':
      case 'remove':
        return this.servers.setMember(this.#indexOf(target), action.verb === 'remove');
      case 'reweight':
        return this.servers.setWeight(this.#indexOf(target), null);
      case 'withdraw':
        return this.#eachPop(target, action.from, (pop) => {
          if (this.#announcesAtFirst(pop)) routing?.announce(pop);
        });
      case 'announce':
        return this.#eachPop(target, action.from, (pop) => {
          if (!this.#announcesAtFirst(pop)) routing?.withdraw(pop);
        });
      case 'prepend':
        return this.#eachPop(target, action.from, (pop) =>
          routing?.prepend(pop, world.routing.prepends[this.tables.pops.names[pop]!] ?? 0),
        );
      case 'surge':
        return this.surges.end(target, event);
      default:
        return;
    }
  }

  #fail(target: EntityRef, mode: 'power' | 'blackhole' | 'clean' | 'error'): void {
    const index = this.#indexOf(target);
    if (target.kind === 'pop') this.pops.fail(index, mode);
    if (target.kind === 'server') this.servers.fail(index, mode);
    if (target.kind === 'link') this.links.setUp(index, false);
    if (target.kind === 'origin') this.origins.fail(index, mode);
  }

  #recover(target: EntityRef): void {
    const index = this.#indexOf(target);
    if (target.kind === 'pop') this.pops.recover(index);
    if (target.kind === 'server') this.servers.recover(index);
    if (target.kind === 'link') this.links.setUp(index, true);
    if (target.kind === 'origin') this.origins.recover(index);
  }

  #setDrained(target: EntityRef, isDrained: boolean, gradualNs: number): void {
    const index = this.#indexOf(target);
    if (target.kind === 'server') this.servers.setDrained(index, isDrained);
    if (target.kind !== 'pop') return;
    this.tables.pops.isDraining[index] = isDrained ? 1 : 0;
    if (isDrained) this.tables.routing?.drain(index, gradualNs);
    else this.tables.routing?.undrain(index);
  }

  #eachPop(target: EntityRef, from: readonly string[] | 'all', act: (pop: number) => void): void {
    const { names } = this.tables.pops;
    if (target.kind === 'pop') act(names.indexOf(target.pop));
    else if (from === 'all') names.forEach((_, pop) => act(pop));
    else for (const name of from) act(names.indexOf(name));
  }

  #announcesAtFirst(pop: number): boolean {
    const { announceFrom } = this.tables.world.routing;
    return announceFrom === 'all' || announceFrom.includes(this.tables.pops.names[pop]!);
  }

  #tableOf(target: EntityRef): DegradableTable | undefined {
    if (target.kind === 'pop') return this.pops;
    if (target.kind === 'region') return this.regions;
    if (target.kind === 'server') return this.servers;
    if (target.kind === 'link') return this.links;
    if (target.kind === 'origin') return this.origins;
    return undefined;
  }

  #indexOf(target: EntityRef): number {
    const { pops, backbone, origins, regionNames } = this.tables;
    if (target.kind === 'pop') return pops.names.indexOf(target.pop);
    if (target.kind === 'server') {
      return pops.serverNames.indexOf(`${target.pop}/${target.server}`);
    }
    if (target.kind === 'link') return backbone.linkNames.indexOf(target.link);
    if (target.kind === 'origin') return origins.names.indexOf(target.origin);
    if (target.kind === 'region') return regionNames.indexOf(target.region);
    return -1;
  }
}

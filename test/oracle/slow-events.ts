import type { Backbone } from '../../sim/network/backbone.ts';
import type { Routing } from '../../sim/routing/routing.ts';
import type { EntityRef, EventAction, EventSpec, WorldSpec } from '../../sim/world.ts';
import type { Agenda } from './processes.ts';
import type { SlowArrivals } from './slow-arrivals.ts';
import type { SlowClients } from './slow-clients.ts';
import type { SlowFetches } from './slow-fetches.ts';
import type { SlowOrigin, SlowPop, SlowServer } from './slow-world.ts';

type Degradation = Extract<EventAction, { verb: 'degrade' }>;
type FailMode = Extract<EventAction, { verb: 'fail' }>['mode'];

export interface Stage {
  readonly world: WorldSpec;
  readonly agenda: Agenda;
  readonly pops: readonly SlowPop[];
  readonly origins: readonly SlowOrigin[];
  readonly clients: SlowClients;
  readonly fetches: SlowFetches;
  readonly arrivals: readonly SlowArrivals[];
  readonly backbone: Backbone;
  readonly routing: Routing | null;
  readonly regionNames: readonly string[];
  /** Loss on access networks, by region index. */
  readonly lossOfRegion: Map<number, number>;
}

/** Plays the events: what is active is kept as a list, from which state is reckoned anew. */
export class SlowEvents {
  readonly #stage: Stage;
  #active: EventSpec[] = [];
  readonly #failedPops = new Map<SlowPop, FailMode>();

  constructor(stage: Stage) {
    this.#stage = stage;
    const { agenda, world } = stage;
    for (const event of world.events) {
      agenda.at(event.atNs, () => {
        this.#active.push(event);
        if (event.action.verb === 'set') this.#set(event.action.settings, true);
        for (const target of event.targets) this.#act(target, event.action, true);
      });
      if (event.untilNs === Infinity) continue;
      agenda.at(event.untilNs, () => {
        this.#active = this.#active.filter((other) => other !== event);
        if (event.action.verb === 'set') this.#set(event.action.settings, false);
        for (const target of event.targets) this.#act(target, event.action, false);
      });
    }
  }

  #act(target: EntityRef, action: EventAction, begins: boolean): void {
    switch (action.verb) {
      case 'fail':
        return begins ? this.#fail(target, action.mode) : this.#recover(target);
      case 'recover':
        return begins ? this.#recover(target) : undefined;
      case 'degrade':
        return this.#degrade(target);
      case 'drain':
        return this.#drain(target, begins, action.gradualNs);
      case 'undrain':
        return begins ? this.#drain(target, false, 0) : undefined;
      case 'surge':
        return this.#surge(target);
      case 'withdraw':
        return this.#announce(action.from, false, begins);
      case 'announce':
        return this.#announce(action.from, true, begins);
      case 'prepend':
        return this.#prepend(action.from, begins ? action.count : null);
      case 'set':
        return;
    }
  }

  #fail(target: EntityRef, mode: FailMode): void {
    const isDark = mode === 'power' || mode === 'blackhole';
    if (target.kind === 'pop') {
      const pop = this.#pop(target.pop);
      if (this.#failedPops.has(pop)) return;
      this.#failedPops.set(pop, mode);
      if (mode === 'error') pop.condition = 'erring';
      if (isDark) this.#darken(pop);
      if (mode === 'power' || mode === 'clean') this.#stage.routing?.popFailed(pop.index, mode);
      if (mode === 'error') this.#stage.routing?.popHealthChanged(pop.index, false);
      this.#stage.fetches.chooseShields();
    }
    if (target.kind === 'server') {
      const server = this.#server(target.pop, target.server);
      server.condition = mode === 'error' ? 'erring' : mode === 'blackhole' ? 'dark' : 'refusing';
      if (isDark) this.#lose([server], mode === 'power' ? 'reset' : 'lost');
    }
    if (target.kind === 'origin') {
      const origin = this.#origin(target.origin);
      origin.condition = isDark ? 'dark' : mode === 'error' ? 'erring' : 'refusing';
      if (isDark) {
        origin.lossCount++;
        for (const station of origin.stations) station.crash('lost');
      }
    }
    if (target.kind === 'link') this.#setLink(target.link, false);
  }

  #recover(target: EntityRef): void {
    if (target.kind === 'pop') {
      const pop = this.#pop(target.pop);
      const mode = this.#failedPops.get(pop);
      if (mode === undefined) return;
      this.#failedPops.delete(pop);
      pop.condition = 'serving';
      if (mode === 'power' || mode === 'clean') this.#stage.routing?.popRecovered(pop.index);
      if (mode === 'error') this.#stage.routing?.popHealthChanged(pop.index, true);
      this.#stage.fetches.chooseShields();
    }
    if (target.kind === 'server') this.#server(target.pop, target.server).condition = 'serving';
    if (target.kind === 'origin') this.#origin(target.origin).condition = 'serving';
    if (target.kind === 'link') this.#setLink(target.link, true);
  }

  #darken(pop: SlowPop): void {
    pop.condition = 'dark';
    this.#lose(pop.servers, 'lost');
  }

  #lose(servers: readonly SlowServer[], how: 'reset' | 'lost'): void {
    const { clients, fetches } = this.#stage;
    for (const { station, caches } of servers) {
      station.crash(how);
      for (const cache of [caches.edge, caches.shield]) {
        cache?.copies.clear();
        cache?.fetching.clear();
      }
    }
    fetches.forsakeFetchesOf(servers);
    clients.loseAwaiting(servers, how);
    fetches.sendRoundThoseWaitingAt(servers);
  }

  #degrade(target: EntityRef): void {
    if (target.kind === 'pop') {
      for (const { name } of this.#pop(target.pop).spec.servers) {
        this.#degrade({ kind: 'server', pop: target.pop, server: name });
      }
    }
    const active = this.#degradations(target);
    const product = (factor: (degradation: Degradation) => number | undefined) =>
      active.reduce((soFar, degradation) => soFar * (factor(degradation) ?? 1), 1);
    const union = (ratio: (degradation: Degradation) => number | undefined) =>
      1 - active.reduce((soFar, degradation) => soFar * (1 - (ratio(degradation) ?? 0)), 1);
    if (target.kind === 'server') {
      const server = this.#server(target.pop, target.server);
      const spec = server.pop.spec.servers.find(({ name }) => name === target.server)!;
      server.station.speed = spec.speed / product((degradation) => degradation.serviceTimeFactor);
      server.errorRatio = union((degradation) => degradation.errorRatio);
      server.probeLossRatio = union((degradation) => degradation.probeLossRatio);
    }
    if (target.kind === 'origin') {
      const origin = this.#origin(target.origin);
      origin.serviceTimeFactor = product((degradation) => degradation.serviceTimeFactor);
      origin.errorRatio = union((degradation) => degradation.errorRatio);
    }
    if (target.kind === 'pop') {
      const pop = this.#pop(target.pop);
      const { backbone } = this.#stage;
      const bandwidthFactor = product((degradation) => degradation.bandwidthFactor);
      pop.lossRatio = union((degradation) => degradation.lossRatio);
      backbone.pipes.degrade(backbone.egressPipe(pop.index), 1, bandwidthFactor, 0);
    }
    if (target.kind === 'region') {
      const lossRatio = union((degradation) => degradation.lossRatio);
      this.#stage.lossOfRegion.set(this.#stage.regionNames.indexOf(target.region), lossRatio);
    }
    if (target.kind === 'link') {
      this.#stage.backbone.degradeLink(
        this.#stage.backbone.linkNames.indexOf(target.link),
        product((degradation) => degradation.latencyFactor),
        product((degradation) => degradation.bandwidthFactor),
        union((degradation) => degradation.lossRatio),
      );
      this.#stage.fetches.chooseShields();
    }
  }

  /** A server's are also those of its POP. */
  #degradations(target: EntityRef): Degradation[] {
    const key = JSON.stringify(target);
    const isMeant = (other: EntityRef) =>
      JSON.stringify(other) === key ||
      (target.kind === 'server' && other.kind === 'pop' && other.pop === target.pop);
    return this.#active.flatMap(({ action, targets }) =>
      action.verb === 'degrade' && targets.some(isMeant) ? [action] : [],
    );
  }

  #drain(target: EntityRef, begins: boolean, gradualNs: number): void {
    if (target.kind === 'server') {
      const server = this.#server(target.pop, target.server);
      const backend = server.pop.servers.indexOf(server);
      for (const { pool } of server.pop.balancers) pool.setEnabled(backend as never, !begins);
    }
    if (target.kind !== 'pop') return;
    const pop = this.#pop(target.pop);
    const { index } = pop;
    pop.isDraining = begins;
    if (begins) this.#stage.routing?.drain(index, gradualNs);
    else this.#stage.routing?.undrain(index);
  }

  /** Sources that the surge is about begin their gap anew. */
  #surge(about: EntityRef): void {
    const { world, arrivals } = this.#stage;
    const product = (isMeant: (target: EntityRef) => boolean) =>
      this.#active.reduce(
        (soFar, { action, targets }) =>
          action.verb === 'surge' && targets.some(isMeant) ? soFar * action.factor : soFar,
        1,
      );
    const ofClass = (index: number) =>
      product((target) => target.kind === 'class' && target.class === world.classes[index]!.name);
    const ofClasses = world.classes.map((_, index) => ofClass(index));
    for (const source of arrivals) {
      const { classIndex, region } = source.process;
      const name = this.#stage.regionNames[region];
      if (about.kind === 'region' && about.region !== name) continue;
      const isOther = about.kind === 'class' && world.classes[classIndex]?.name !== about.class;
      if (classIndex >= 0 && isOther) continue;
      const factor = product(
        (target) => target.kind === 'world' || (target.kind === 'region' && target.region === name),
      );
      source.setFactors(classIndex < 0 ? factor : factor * ofClasses[classIndex]!, ofClasses);
    }
  }

  /** At the end each POP does again what it did when the story began. */
  #announce(from: readonly string[] | 'all', isAnnounced: boolean, begins: boolean): void {
    const { routing, world, pops } = this.#stage;
    const { announceFrom } = world.routing;
    for (const { index, spec } of pops) {
      if (from !== 'all' && !from.includes(spec.name)) continue;
      const wasAnnounced = announceFrom === 'all' || announceFrom.includes(spec.name);
      if (!begins && wasAnnounced === isAnnounced) continue;
      if (begins ? isAnnounced : wasAnnounced) routing?.announce(index);
      else routing?.withdraw(index);
    }
  }

  #prepend(from: readonly string[] | 'all', count: number | null): void {
    const { routing, world, pops } = this.#stage;
    const meant = pops.filter(({ spec }) => from === 'all' || from.includes(spec.name));
    for (const { index, spec } of meant) {
      routing?.prepend(index, count ?? world.routing.prepends[spec.name] ?? 0);
    }
  }

  #set(settings: Readonly<Record<string, unknown>>, begins: boolean): void {
    const { routing, arrivals, world } = this.#stage;
    const { bgp, dns } = world.routing;
    const first = world.traffic.arrivals;
    for (const [path, wanted] of Object.entries(settings)) {
      const value = <T>(original: T) => (begins ? (wanted as T) : original);
      if (path === 'traffic.rate' && first.law !== 'trace') {
        for (const source of arrivals) source.setTotalRate(value(first.ratePerSecond));
      }
      if (path === 'dns.ttl') routing?.updateSettings({ ttlNs: value(dns.ttlNs) });
      if (path === 'dns.clients_ignoring_ttl') {
        const clientsIgnoringTtlRatio = value(dns.clientsIgnoringTtlRatio);
        routing?.updateSettings({ clientsIgnoringTtlRatio });
      }
      if (path === 'bgp.mrai') routing?.updateSettings({ mraiNs: value(bgp.mraiNs) });
      if (path === 'bgp.bfd') routing?.updateSettings({ bfd: value(bgp.bfd) });
      if (path === 'bgp.hold_timer') {
        routing?.updateSettings({ holdTimerNs: value(bgp.holdTimerNs) });
      }
    }
  }

  #setLink(link: string, isUp: boolean): void {
    const { backbone, fetches } = this.#stage;
    backbone.setLinkUp(backbone.linkNames.indexOf(link), isUp);
    fetches.chooseShields();
  }

  #pop(name: string): SlowPop {
    return this.#stage.pops.find(({ spec }) => spec.name === name)!;
  }

  #server(pop: string, server: string): SlowServer {
    const { spec, servers } = this.#pop(pop);
    return servers[spec.servers.findIndex(({ name }) => name === server)]!;
  }

  #origin(name: string): SlowOrigin {
    return this.#stage.origins.find(({ spec }) => spec.name === name)!;
  }
}

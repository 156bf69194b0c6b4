import { NO_BACKEND } from '../../balancer/index.ts';
import { createSampler, type Sampler } from '../../sim/kernel/distributions.ts';
import { mix32 } from '../../sim/kernel/mix.ts';
import { purposeKey, type RandomStreams, uniformFrom } from '../../sim/kernel/random.ts';
import type { Backbone } from '../../sim/network/backbone.ts';
import { transferNs } from '../../sim/network/transport.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { type Agenda, Moment, type Process } from './processes.ts';
import { askOrigin } from './slow-origins.ts';
import type { SlowRequest } from './slow-request.ts';
import type { SlowFetch, SlowOrigin, SlowPop, SlowServer, TierName } from './slow-world.ts';

const PASS = purposeKey('pass');
const SHIELD_SERVICE = purposeKey('shield-service');

/** Everything that misses need. */
export class SlowFetches {
  readonly agenda: Agenda;
  readonly streams: RandomStreams;
  readonly backbone: Backbone;
  readonly pops: readonly SlowPop[];
  readonly origins: readonly SlowOrigin[];
  readonly #world: WorldSpec;
  readonly #serviceTimes: readonly Sampler[];
  readonly #underWay = new Set<SlowFetch>();
  /** Per POP, decided anew only when a POP or link changes. */
  #shieldOf: (SlowPop | null)[] = [];

  constructor(
    world: WorldSpec,
    agenda: Agenda,
    streams: RandomStreams,
    backbone: Backbone,
    pops: readonly SlowPop[],
    origins: readonly SlowOrigin[],
  ) {
    this.#world = world;
    this.agenda = agenda;
    this.streams = streams;
    this.backbone = backbone;
    this.pops = pops;
    this.origins = origins;
    this.#serviceTimes = world.classes.map(({ serviceTime }) => createSampler(serviceTime));
    this.chooseShields();
  }

  chooseShields(): void {
    const shields = (this.#world.cache?.shield?.pops ?? []).map((name) =>
      this.pops.find(({ spec }) => spec.name === name)!,
    );
    this.#shieldOf = this.pops.map((pop) => {
      if (shields.includes(pop)) return null;
      const serving = shields.filter(({ condition }) => condition === 'serving');
      const distance = (shield: SlowPop) => this.backbone.distanceNs(pop.index, shield.index);
      return serving.reduce<SlowPop | null>(
        (nearest, shield) =>
          nearest === null || distance(shield) < distance(nearest) ? shield : nearest,
        null,
      );
    });
  }

  /** The server in whose cache the object belongs: by highest random weight among the serving. */
  holderOf(tier: TierName, server: SlowServer, object: number): SlowServer {
    if (this.#world.cache![tier]!.placement === 'server') return server;
    const weightOf = ({ index }: SlowServer) =>
      mix32(mix32(object) ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
    const serving = server.pop.servers.filter(({ condition }) => condition === 'serving');
    if (serving.length === 0) return server;
    return serving.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a));
  }

  /** Whether no cache may answer. */
  isPass(request: SlowRequest): boolean {
    const edge = this.#world.cache?.edge ?? null;
    if (request.object < 0 || edge === null) return true;
    const { passRatio } = this.#world.classes[request.classIndex]!;
    return passRatio > 0 && uniformFrom(request.seed, PASS) < passRatio;
  }

  /** Sends for what a cache has not; `waiter` is woken when it is there or has failed. */
  begin(
    details: Omit<SlowFetch, 'waiters' | 'startedNs' | 'isForsaken' | 'stay'>,
    waiter: ((hasFailed: boolean) => void) | null,
  ): SlowFetch {
    const waiters = waiter === null ? [] : [waiter];
    const startedNs = this.agenda.nowNs;
    const fetch: SlowFetch = { ...details, startedNs, waiters, isForsaken: false, stay: null };
    this.#underWay.add(fetch);
    const cache = fetch.server.caches[fetch.tier];
    if (!fetch.isPass && cache!.spec.collapseRequests) cache!.fetching.set(fetch.object, fetch);
    this.agenda.start(this.#story(fetch)).listen(() => this.#underWay.delete(fetch));
    return fetch;
  }

  /** These servers have lost their memory; first those who ask, then those who wait there. */
  forsakeFetchesOf(servers: readonly SlowServer[]): void {
    for (const fetch of this.#underWay) {
      if (servers.includes(fetch.server)) fetch.isForsaken = true;
    }
  }

  sendRoundThoseWaitingAt(servers: readonly SlowServer[]): void {
    const waiting = [...this.#underWay].filter(
      ({ stay }) =>
        stay !== null && (servers.includes(stay.server) || servers.includes(stay.awaited.server)),
    );
    waiting.sort((a, b) => a.startedNs - b.startedNs);
    for (const { stay } of waiting) stay!.giveUp();
  }

  *#story(fetch: SlowFetch): Process {
    const { agenda } = this;
    let hasFailed: boolean | 'no answer' = 'no answer';
    const shield = fetch.tier === 'edge' ? this.#shieldOf[fetch.server.pop.index]! : null;
    if (shield !== null) {
      hasFailed = (yield agenda.start(this.#askShield(fetch, shield))) as boolean | 'no answer';
      if (hasFailed === 'no answer') {
        if (fetch.isForsaken) return;
        yield agenda.wait(this.#originOf(fetch).spec.connectTimeoutNs);
        if (fetch.isForsaken) return;
      }
    }
    if (hasFailed === 'no answer') {
      hasFailed = (yield agenda.start(askOrigin(this, this.#originOf(fetch), fetch))) as boolean;
    }
    if (fetch.isForsaken) return;
    const cache = fetch.server.caches[fetch.tier];
    if (!fetch.isPass) {
      if (cache!.fetching.get(fetch.object) === fetch) cache!.fetching.delete(fetch.object);
      if (!hasFailed) {
        const { ttlNs } = this.#world.classes[fetch.classIndex]!;
        cache!.copies.store(fetch.object, fetch.sizeBytes, agenda.nowNs + ttlNs);
      }
    }
    for (const wake of fetch.waiters) wake(hasFailed);
  }

  /** To the shield POP, its server, its cache, perhaps its origin, and back to the edge. */
  *#askShield(fetch: SlowFetch, shield: SlowPop): Process<boolean | 'no answer'> {
    const { agenda, backbone } = this;
    const { pop } = fetch.server;
    yield agenda.wait(Math.round(backbone.delayNs(pop.index, shield.index, 0, agenda.nowNs)));
    const balancer = shield.balancers[fetch.seed % shield.balancers.length]!;
    const picked = shield.condition === 'serving' ? balancer.pick(fetch.keyHash, 0) : NO_BACKEND;
    const server = picked === NO_BACKEND ? null : shield.servers[picked]!;
    if (server === null || server.condition !== 'serving') return 'no answer';
    const serviceTime = shield.serviceTime ?? this.#serviceTimes[fetch.classIndex]!;
    const job = server.station.submit(
      serviceTime.quantile(uniformFrom(fetch.seed, SHIELD_SERVICE)),
    );
    let hasFailed = true;
    if (job !== null) {
      balancer.start(picked);
      const done = yield job.done;
      const finish = (outcome: 'success' | 'server-error') =>
        balancer.finish(picked, outcome, agenda.nowNs - fetch.startedNs);
      if (typeof done === 'string') {
        finish('server-error');
        return 'no answer';
      }
      const found = (yield this.#lookUpAtShield(fetch, server)) as boolean | 'lost';
      if (found === 'lost') {
        finish('server-error');
        return 'no answer';
      }
      hasFailed = found;
      finish(hasFailed ? 'server-error' : 'success');
    }
    const bytes = hasFailed ? 0 : fetch.sizeBytes;
    const oneWayNs = backbone.delayNs(shield.index, pop.index, bytes, agenda.nowNs);
    const rateBps = backbone.rateBps(shield.index, pop.index, agenda.nowNs);
    yield agenda.wait(Math.round(transferNs(bytes, oneWayNs * 2, rateBps)));
    return hasFailed;
  }

  /** The moment at which the shield has the object, or has failed to get it. */
  #lookUpAtShield(fetch: SlowFetch, server: SlowServer): Moment<boolean | 'lost'> {
    const answer = new Moment<boolean | 'lost'>();
    const wake = (hasFailed: boolean) => {
      fetch.stay = null;
      answer.happen(hasFailed);
    };
    const stayFor = (awaited: SlowFetch) => {
      const giveUp = () => {
        awaited.waiters = awaited.waiters.filter((other) => other !== wake);
        fetch.stay = null;
        answer.happen('lost');
      };
      fetch.stay = { server, awaited, giveUp };
      return answer;
    };
    const holder = fetch.isPass ? server : this.holderOf('shield', server, fetch.object);
    if (!fetch.isPass) {
      const cache = holder.caches.shield!;
      if (cache.copies.lookUp(fetch.object, this.agenda.nowNs) === 'fresh') {
        answer.happen(false);
        return answer;
      }
      const underWay = cache.fetching.get(fetch.object);
      if (underWay !== undefined) {
        underWay.waiters.push(wake);
        return stayFor(underWay);
      }
    }
    return stayFor(this.begin({ ...fetch, tier: 'shield', server: holder }, wake));
  }

  #originOf(fetch: SlowFetch): SlowOrigin {
    const { origin } = this.#world.classes[fetch.classIndex]!;
    return origin === undefined
      ? this.origins[0]!
      : this.origins.find(({ spec }) => spec.name === origin)!;
  }
}

import seedrandom from 'seedrandom';
import { expect, it } from 'vitest';
import {
  createCluster,
  hash32,
  mayKeep,
  policies,
  type BackendIndex,
  type ClusterOptions,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';

/**
 * Every policy of the catalogue in clusters of drawn options, while members come, drain, fall ill
 * and leave, and requests end in any way. Whatever happens: a request is sent only to who may be
 * used, and is either sent, waiting, or refused; when all have ended nothing is left in any queue
 * or count, and as many as ever can be sent.
 */
const STEPS = 300;
const LIMIT = 12;

type Balancing = Exclude<ClusterOptions['balancer'], string | undefined>;

function drawOptions(policy: string, random: () => number): ClusterOptions {
  const maybe = <Part extends object>(part: Part): Partial<Part> => (random() < 0.5 ? part : {});
  const zones: Partial<Balancing>[] = [
    {},
    { priorities: true },
    { zone_aware: { instances: ['a', 'b'], min_cluster_size: 2 } },
    { locality_weighted: { weights: { a: 2 } } },
    { locality_failover: { instances: ['a'] } },
  ];
  const affinities = ['client', { by: 'client', drain: 'move', ttl: '50ms' }] as const;
  return {
    balancer: {
      policy,
      circuit_breaker: { requests: LIMIT, pending: 4, retries: 3 },
      ...zones[Math.floor(random() * zones.length)],
      ...maybe({ connections: { max: 2, timeout: '20ms' } }),
      ...maybe({ retries: { max: 2, budget: '30%', per_try_timeout: '30ms' } }),
      ...maybe({ affinity: affinities[Math.floor(random() * 2)]! }),
      ...maybe({ slow_start: '40ms' }),
      ...maybe({
        subset: {
          kind: random() < 0.5 ? ('deterministic' as const) : ('load-band' as const),
          size: 3,
        },
      }),
    },
    health: maybe({ passive: { kind: 'nginx', max_fails: 2, fail_timeout: '30ms' } }),
  };
}

/** A cluster, and the requests that are in it. */
class World {
  readonly timers = new FakeTimers();
  readonly options: ClusterOptions;
  readonly cluster;
  readonly inside = new Map<number, BackendIndex | null>();
  readonly wrong: string[] = [];
  readonly ids: string[] = [];
  refusedCount = 0;
  #requests = 0;
  #members = 0;
  readonly #random: () => number;

  constructor(policy: string, random: () => number) {
    this.#random = random;
    this.options = drawOptions(policy, random);
    const first = ['a', 'b'].map((zone) => ({ id: `first-${zone}`, zone }));
    this.ids.push(...first.map(({ id }) => id));
    this.cluster = createCluster(this.options, first, {
      timers: this.timers,
      random: () => random,
      loadAsker: {
        ask: (_, answered) => {
          this.timers.after(1e5, () => answered({ requestsInFlight: 1, latencyNs: 1e6 }));
        },
      },
      ends: {
        send: (request, backend) => this.#sent(request, backend),
        refused: (request) => {
          this.refusedCount++;
          this.inside.delete(request);
        },
        gaveUp: (request) => this.end(request, 'timeout'),
      },
    });
  }

  #sent(request: number, backend: BackendIndex): void {
    const { pool } = this.cluster.balancer;
    const mayBe = pool.isEligible(backend) || mayKeep(pool, backend) || this.#panics(backend);
    if (!mayBe) this.wrong.push(`request ${request} went to ${pool.id(backend)}`);
    if (this.inside.get(request) !== null) this.wrong.push(`request ${request} was sent twice`);
    this.inside.set(request, backend);
    this.cluster.balancer.start(backend);
  }

  /** Layers that panic by themselves send to members that are ill. */
  #panics(backend: BackendIndex): boolean {
    const { priorities, locality_failover: failover } = this.options.balancer as Balancing;
    const panics = priorities !== undefined || failover !== undefined;
    const { pool } = this.cluster.balancer;
    return panics && pool.isMember(backend) && pool.isEnabled(backend);
  }

  arrive(): void {
    const request = this.#requests++ % 64;
    if (this.inside.has(request)) return;
    this.inside.set(request, null);
    const client = Math.floor(this.#random() * 10);
    this.cluster.dispatcher.arrived(request, hash32(`${client}`), client, 0);
  }

  end(request: number, outcome: 'success' | 'connect-error' | 'timeout'): void {
    const backend = this.inside.get(request)!;
    const { dispatcher, balancer } = this.cluster;
    dispatcher.left(request);
    if (backend !== null) balancer.finish(backend, outcome, 1e6);
    this.inside.set(request, null);
    const reason = outcome === 'timeout' ? 'timeout' : 'connect_error';
    const isRetried = backend !== null && outcome !== 'success';
    if (isRetried && dispatcher.retried(request, reason)) return;
    this.inside.delete(request);
  }

  add(): void {
    const id = `s${this.#members++}`;
    this.ids.push(id);
    const zone = this.#random() < 0.6 ? 'a' : 'b';
    this.cluster.add({ id, zone, priority: this.#members % 2 });
  }

  step(): void {
    const draw = this.#random();
    const one = Math.floor(this.#random() * this.ids.length);
    const id = this.ids[one]!;
    const { pool } = this.cluster.balancer;
    if (draw < 0.45) this.arrive();
    else if (draw < 0.8) this.#endOne();
    else if (draw < 0.84) this.cluster.drain(id);
    else if (draw < 0.88) this.cluster.undrain(id);
    else if (draw < 0.92) pool.setHealthy(pool.find(id), this.#random() < 0.6);
    else if (draw < 0.94 && this.ids.length < 8) this.add();
    else if (draw < 0.96 && this.ids.length > 3) {
      this.cluster.remove(id);
      this.ids.splice(one, 1);
    } else this.timers.runUntil(this.timers.nowNs + Math.floor(this.#random() * 10e6));
  }

  #endOne(): void {
    const numbers = [...this.inside.keys()];
    if (numbers.length === 0) return;
    const request = numbers[Math.floor(this.#random() * numbers.length)]!;
    this.end(request, this.#random() < 0.7 ? 'success' : 'connect-error');
  }

  /** All requests end; then as many as may be are sent, with everybody well. */
  finish(): void {
    while (this.inside.size > 0) this.#endOne();
    this.timers.runUntil(this.timers.nowNs + 60e9);
    const { balancer, dispatcher } = this.cluster;
    const { pool } = balancer;
    if (pool.inFlightTotal !== 0) this.wrong.push(`${pool.inFlightTotal} in flight at the end`);
    for (const id of this.ids) {
      this.cluster.undrain(id);
      pool.setHealthy(pool.find(id), true);
      pool.setEjected(pool.find(id), false);
    }
    this.timers.runUntil(this.timers.nowNs + 60e9);
    const before = this.refusedCount;
    for (let request = 64; request < 64 + LIMIT + 1; request++) {
      this.inside.set(request, null);
      dispatcher.arrived(request, hash32(`${request}`), request, 0);
      this.timers.runUntil(this.timers.nowNs + 1e6);
      if (this.#isLimited()) this.end(request, 'success');
    }
    const refused = this.refusedCount - before;
    const expected = this.#isLimited() ? 0 : 1;
    if (refused !== expected) this.wrong.push(`${refused} refused at the end, not ${expected}`);
  }

  /** Connections to few servers may be fewer than the breaker lets pass. */
  #isLimited(): boolean {
    return (this.options.balancer as Balancing).connections !== undefined;
  }
}

const SEEDS = [1, 2, 3];

it.each(policies.map(({ name }) => name))('%s, in clusters of any options', (name) => {
  for (const seed of SEEDS) {
    const world = new World(name, seedrandom.alea(`${name}/${seed}`));
    try {
      for (let step = 0; step < STEPS; step++) world.step();
      world.finish();
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(world.options)}`, { cause: error });
    }
    expect(world.wrong, `seed ${seed}: ${JSON.stringify(world.options)}`).toEqual([]);
    world.cluster.stop();
  }
});

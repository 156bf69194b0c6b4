import { describe, expect, it } from 'vitest';
import { createSimulation } from '../../../sim/index.ts';
import { errorsOf, LAB, shown, worldOf } from './texts.ts';

const lab = (pop: string, more = '') =>
  worldOf(LAB.replace('{ servers: 1, concurrency: 1 }', `{ ${pop} }`) + more);
const world8 = (more: string) => `version: 1
name: w
include: [{ preset: topology/global-8 }, { preset: workload/web-mix }]
run: { duration: 5m }
${more.includes('traffic:') ? '' : 'traffic: { rate: 100/s }\n'}${more}`;

describe('laboratories', () => {
  it.each([
    ['servers: 10', { servers: expect.objectContaining({ length: 10 }) }],
    [
      'servers: 1, concurrency: 10',
      { servers: [{ name: '0', weight: 1, concurrency: 10, speed: 1 }] },
    ],
    ['servers: 1, queue: 20', { queueLimit: 20 }],
    ['servers: 1, queue: unlimited', { queueLimit: Infinity }],
    ['servers: 1, discipline: ps', { discipline: 'ps' }],
    ['servers: 2, balancers: 6', { balancerCount: 6 }],
    ['servers: 2, service_time: 5ms', { serviceTime: { law: 'constant', value: 5e6 } }],
  ])('%s', (pop, expected) => expect(lab(pop).pops[0]).toMatchObject(expected));

  it('typed servers are TYPE-0 …; slots: those of the group, else cores, else the POP’s', () => {
    const servers = lab(
      [
        'concurrency: 3, servers: [{ count: 2, type: a, cores: 8 }',
        '{ count: 1, type: b, concurrency: 5 }',
        '{ count: 1, type: c, speed: 2 }]',
      ].join(', '),
    ).pops[0]!.servers;
    expect(servers).toEqual([
      { name: 'a-0', weight: 1, concurrency: 8, speed: 1 },
      { name: 'a-1', weight: 1, concurrency: 8, speed: 1 },
      { name: 'b-0', weight: 1, concurrency: 5, speed: 1 },
      { name: 'c-0', weight: 1, concurrency: 3, speed: 2 },
    ]);
  });

  it('a warm-up is cut from a steady state, and simulated before a story', () => {
    expect(lab('servers: 1').time).toEqual({ preRunNs: 0, cutNs: 120e9, durationNs: 1800e9 });
    const story = lab('servers: 1', 'events: [{ at: 1m, surge: world }]\n');
    expect(story.time).toEqual({ preRunNs: 120e9, cutNs: 0, durationNs: 1800e9 });
  });

  it('timeout is a bound, or patience; retry says on what', () => {
    const traffic = (text: string) =>
      worldOf(LAB.replace('arrivals:', `${text}\n  arrivals:`)).traffic;
    expect(traffic('timeout: 3s').timeout).toEqual({ law: 'constant', value: 3e9 });
    expect(traffic('timeout: exponential mean=2s').timeout).toEqual({
      law: 'exponential',
      mean: 2e9,
    });
    expect(traffic('timeout: none').timeout).toBeNull();
    expect(
      traffic('retry: { on: [timeout, 503], max: 2, backoff: 250ms..2s, budget: 20% }').retry,
    ).toEqual({
      on: ['timeout', '503'],
      max: 2,
      backoffLowNs: 250e6,
      backoffHighNs: 2e9,
      budgetRatio: 0.2,
    });
  });

  it('a cache and a server-less origin, objects under cache or under traffic', () => {
    const cache =
      'cache: { edge: { capacity: 100 objects, policy: lru }, objects: 1000,' +
      ' popularity: zipf 0.8 }\norigins: { main: { latency: 50ms } }\n';
    const world = lab('servers: 1', cache);
    expect(world.cache!.edge).toEqual({
      capacityBytes: Infinity,
      capacityObjects: 100,
      eviction: { name: 'lru', options: {} },
      placement: 'server',
      collapseRequests: true,
    });
    expect(world.classes[0]!.objects).toEqual({
      count: 1000,
      popularity: { law: 'zipf', alpha: 0.8 },
    });
    expect(world.balancer.hashKey).toBe('object');
    expect(world.origins[0]).toMatchObject({
      name: 'main',
      near: null,
      latencyNs: 50e6,
      serverCount: 0,
    });
    const bytes = lab(
      'servers: 1',
      'cache: { capacity: 8TiB per server, hash: rendezvous, stale_if_error: 5m }\n',
    );
    expect(bytes.cache).toMatchObject({
      edge: { capacityBytes: 8 * 2 ** 40, capacityObjects: Infinity, placement: 'rendezvous' },
      shield: null,
      staleIfErrorNs: 300e9,
    });
  });

  it('capacity of an origin becomes slots: 12k/s × 35 ms = 420 on 40 servers, 10.5 each', () => {
    const origin = lab(
      'servers: 1',
      'origins: { main: { servers: 40, service_time: 35ms, capacity: 12k/s } }\n',
    ).origins[0]!;
    expect(origin).toMatchObject({ serverCount: 40, concurrency: 11 });
  });

  it('classes without a share divide the rest', () => {
    const classes = worldOf(
      LAB.replace('page: {', 'b: { share: 40% }\n    c: {}\n    page: {'),
    ).classes;
    expect(classes.map(({ name, share }) => [name, share])).toEqual([
      ['b', 0.4],
      ['c', 0.3],
      ['page', 0.3],
    ]);
  });

  it('policies are named in three forms', () => {
    const policy = (text: string) =>
      worldOf(LAB.replace('balancer: { policy: random }', `balancer: ${text}`)).balancer.policy;
    const expected = { name: 'ring-hash', options: { vnodes: 160 } };
    expect(policy('{ policy: ring-hash, vnodes: 160 }')).toEqual(expected);
    expect(policy('{ policy: { ring-hash: { vnodes: 160 } } }')).toEqual(expected);
    expect(policy('{ ring-hash: { vnodes: 160 } }')).toEqual(expected);
    expect(policy('ring-hash')).toEqual({ name: 'ring-hash', options: {} });
  });

  it.each([
    [
      'balancer: least-conn',
      "E0304 10:11 unknown policy 'least-conn' | did you mean 'least-request'?",
    ],
    ['balancer: { policy: maglev, vnodez: 3 }', "E0301 10:29 unknown key 'vnodez'"],
    [
      'balancer: { policy: ring-hash, vnodse: 3 }',
      "E0301 10:32 unknown key 'vnodse' | did you mean 'vnodes'?",
    ],
    [
      'balancer: { ring-hsh: { vnodes: 3 } }',
      "E0304 10:13 unknown policy 'ring-hsh' | did you mean 'ring-hash'?",
    ],
    ['balancer: { policy: [random] }', 'E0203 10:21 expected the name of a policy'],
    ['balancer: { policy: random, hash_key: url }', "E0311 10:39 'url' is not a 'hash_key'"],
    [
      'health: { active: { timeout: 3s, interval: 2s } }',
      'E0401 10:19 a probe may not take longer',
    ],
    [
      'health: { unhealthy_threshold: 3 }',
      "E0302 10:11 unknown key 'unhealthy_threshold' | 'fall' belongs under 'health.active'",
    ],
    ['origins: { main: { near: lba } }', "E0306 10:26 unknown pop 'lba' | did you mean 'lab'?"],
    ['cache: { shield: { pops: [x] } }', "E0306 10:27 unknown pop 'x'"],
    ['cache: { policy: lfru }', "E0312 10:18 unknown eviction policy 'lfru' | did you mean 'lru'?"],
    ['cache: { capacity: 10 things }', 'E0206 10:20'],
    ['routing: anycst', "E0305 10:10 unknown routing strategy 'anycst' | did you mean 'anycast'?"],
    ['routing: bgp', "E0305 10:10 unknown routing strategy 'bgp' | did you mean 'anycast'?"],
    ['routing: anycast\nregions: continent', "E0401 11:1 'regions' is for anycast-regional"],
    [
      'routing: { strategy: anycast, convergence: messages }',
      "E0303 10:44 'messages' is not yet supported",
    ],
    ['prefixes: { a: {}, b: {} }', 'E0303 10:20 a second prefix is not yet supported'],
    ['attacks: { x: {} }', "E0303 10:1 'attacks' is not yet supported"],
    ['nodes: 3', "E0302 10:1 unknown key 'nodes' | 'pops' belongs under 'network'"],
    ['sla: 3', "E0301 10:1 unknown key 'sla'"],
  ])('refuses %s', (written, expected) => {
    const errors = shown(errorsOf(LAB.replace('balancer: { policy: random }', written)));
    expect(
      errors.some((error) => error.startsWith(expected)),
      errors.join('\n'),
    ).toBe(true);
  });
});

describe('worlds', () => {
  it('a preset brings POPs, links and regions; * holds what all POPs have', () => {
    const world = worldOf(
      world8("network: { pops: { '*': { servers: 3 }, fra: { servers: 5 } } }\n"),
    );
    expect(world.pops.length).toBe(8);
    expect(
      world.pops.map(({ name, servers }) => (name === 'fra' ? 5 : 3) === servers.length),
    ).not.toContain(false);
    expect(world.pops[0]!.servers[0]!.concurrency).toBe(256);
    expect(
      world.network!.nodes.some(({ key }) => key === 'region/de-fra' || key.startsWith('region/')),
    ).toBe(true);
    expect(() => createSimulation(world, '1', 0)).not.toThrow();
  });

  it('own POPs and links come onto the map and can be simulated', () => {
    const world = worldOf(
      world8(`network:
  pops: { lis: { location: [38.72, -9.14], servers: 4, egress: 100Gbps } }
  links: [{ between: [lis, fra], latency: 12ms, bandwidth: 40Gbps }, { between: [lis, iad] }]
`),
    );
    expect(world.pops.map(({ name }) => name)).toContain('lis');
    const edges = world.network!.edges.map(({ attributes }) => attributes!);
    expect(edges).toContainEqual({
      kind: 'backbone',
      name: 'lis-fra',
      latencyNs: 12e6,
      bandwidthBps: 40e9,
      lossRatio: 0,
      bufferNs: 50e6,
    });
    // Lisbon to Ashburn is 5,770 km: 28.9 ms of straight fibre, times 1.4.
    const far = edges.find((edge) => edge.kind === 'backbone' && edge.name === 'lis-iad');
    expect(far?.kind === 'backbone' && far.latencyNs / 1e6).toBeCloseTo(40.4, 0);
    const plain = worldOf(world8(''));
    expect(plain.pops.length).toBe(8);
    expect(() => createSimulation(world, '1', 0)).not.toThrow();
  });

  it.each([
    ['network: { pops: { frr: { servers: 2 } } }', "unknown pop 'frr' | did you mean 'fra'?"],
    ['network: { links: [{ between: [fra, fra] }] }', 'a link needs two ends'],
    [
      'network: { links: [{ between: [fra, iad] }, { between: [iad, fra] }] }',
      'a second link between iad and fra',
    ],
    ['network: { links: [{ between: [fra, iat] }] }', "unknown pop 'iat' | did you mean 'iad'?"],
    ['network: { world: globl-8 }', "unknown world 'globl-8' | did you mean 'global-8'?"],
    ['network: { pops: { fra: { location: [1, 2] } } }', "'fra' is on the map already"],
    [
      'network: { pops: { fra: { transit: [AS0] } } }',
      'the map has no AS0 | carriers of this map: AS',
    ],
    ['network: { pops: { fra: { transit: [1299] } } }', "expected text for 'transit', not '1299'"],
    ['network: { import: { graphml: x.graphml } }', "'world' and 'import' both give the map"],
    ['origins: { main: {} }', "origin 'main' needs a place | near: iad"],
  ])('refuses %s', (written, expected) => {
    const errors = shown(errorsOf(world8(`${written}\n`)));
    expect(
      errors.some((error) => error.includes(expected)),
      errors.join('\n'),
    ).toBe(true);
  });
});

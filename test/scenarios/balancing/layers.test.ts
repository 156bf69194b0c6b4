import { describe, expect, it } from 'vitest';
import { play, refusals, shareOf, warnings } from './play.ts';

const POP = (settings: string, rate = '100/s') => `
network: { pops: { lab: { ${settings} } } }
traffic: { arrivals: poisson ${rate}, classes: { page: { service_time: exponential mean=5ms } } }
run: { duration: 60s, seed: 1 }
`;

const groups = (...list: readonly string[]) => `servers: [${list.join(', ')}], concurrency: 4`;

describe('priorities', () => {
  const SERVERS = groups(
    '{ count: 4, type: main, priority: 0 }',
    '{ count: 4, type: spare, priority: 1 }',
  );
  it('140 % of what is left stays: half of the first priority keeps 70 %', () => {
    const { off, on } = play(`${POP(SERVERS)}
health: { active: { interval: 500ms, timeout: 200ms, fall: 1 } }
events: [{ at: 0s, name: half, fail: [server/lab/main-0, server/lab/main-1] }]
strategies: { off: { balancer: random }, on: { balancer: { policy: random, priorities: on } } }
`);
    expect(shareOf(off!, 'lab/main')).toBeLessThan(0.4);
    expect(shareOf(on!, 'lab/main')).toBeCloseTo(0.7, 1);
  });

  it('the spares are idle while the first suffice', () => {
    const { default: result } = play(`${POP(SERVERS)}
balancer: { policy: random, priorities: { overprovisioning: 140 } }
`);
    expect(shareOf(result!, 'lab/spare')).toBe(0);
  });
});

describe('subsets', () => {
  it.each(['deterministic', 'random', 'rocksteadier'])(
    '%s: an instance uses and probes its part only',
    (kind) => {
      const { default: result } = play(`${POP('servers: 40, balancers: 1')}
health: { active: { interval: 1s } }
balancer: { policy: random, subset: { kind: ${kind}, size: 3 } }
`);
      const used = Object.values(result!.servers).filter(({ requests }) => requests! > 0);
      expect(used.length).toBe(3);
      expect(result!.metrics['probes']).toBe(3 * 60);
    },
  );

  it('a load band uses as many servers as there is load for, and probes all', () => {
    const { quiet, busy } = play(`${POP('servers: 20, balancers: 1, concurrency: 8')}
health: { active: { interval: 1s } }
balancer: { policy: two-choices, subset: { kind: load-band, size: 2 } }
strategies:
  quiet: {}
  busy: { traffic.arrivals: poisson 1k/s }
`);
    const used = (result: typeof quiet) =>
      Object.values(result!.servers).filter(({ requests }) => requests! > 50).length;
    // Half a request in flight on the average; five when busy, of which two are too many for one.
    expect(used(quiet)).toBe(2);
    expect(used(busy)).toBeGreaterThan(2);
    expect(used(busy)).toBeLessThan(12);
    expect(quiet!.metrics['probes']).toBe(20 * 60);
  });

  it('apertures overlap so that all instances together use all servers alike', () => {
    const { default: result } = play(`${POP('servers: 10, balancers: 4', '800/s')}
balancer: { policy: weighted-round-robin, subset: { kind: aperture, size: 3 } }
`);
    expect(result!.metrics['imbalance']).toBeLessThan(1.15);
  });
});

describe('slow start', () => {
  it('a server that comes back gets less at first', () => {
    const { off, on } = play(`${POP('servers: 3, concurrency: 4', '300/s')}
health: { active: { interval: 500ms, timeout: 200ms, fall: 1, rise: 1 } }
balancer: { policy: weighted-round-robin }
events: [{ at: 5s, fail: server/lab/1, for: 5s }]
strategies: { off: {}, on: { balancer.slow_start: 40s } }
`);
    const share = (result: typeof off) => shareOf(result!, 'lab/1');
    // Half of a share of a third is missing for 40 of 60 s, less what the others then lack.
    expect(share(on)).toBeLessThan(share(off) * 0.75);
    expect(share(on)).toBeGreaterThan(share(off) * 0.45);
  });
});

describe('what servers tell of their load', () => {
  const SLOW = groups('{ count: 3, type: fast }', '{ count: 1, type: slow, speed: 0.25 }');
  it('reports of utilisation make turns follow what servers can do', () => {
    const { turns, reports } = play(`${POP(SLOW, '400/s')}
strategies:
  turns: { balancer: round-robin }
  reports: { balancer: { policy: wrr-utilisation-grpc, blackout_period: 2s } }
`);
    expect(shareOf(turns!, 'lab/slow')).toBeCloseTo(0.25, 2);
    // A quarter of the speed of three others: 0.25 ÷ 3.25.
    expect(shareOf(reports!, 'lab/slow')).toBeLessThan(0.14);
  });

  it('Prequal asks the servers themselves', () => {
    const { default: result } = play(`${POP(`${SLOW}, balancers: 4`, '400/s')}balancer: prequal\n`);
    expect(shareOf(result!, 'lab/slow')).toBeLessThan(0.15);
  });

  it('Prequal’s synchronous mode waits for answers, and goes where they say', () => {
    const { sync, far, late, dead, errs } = play(`${POP(`${SLOW}, balancers: 4`, '400/s')}
balancer: { policy: prequal, mode: sync }
strategies:
  sync: {}
  far: { balancer.load_information: { probe_round_trip: 2500us } }
  late: { balancer.load_information: { probe_round_trip: 10ms } }
  dead: { events: [{ at: 0s, fail: server/lab/fast-0 }] }
  errs:
    balancer.retries: { on: [5xx], max: 1, avoid_previous: 3 }
    events: [{ at: 0s, degrade: server/lab/fast-0, errors: 100% }]
`);
    expect(shareOf(sync!, 'lab/slow')).toBeLessThan(0.15);
    // A probe more of 2 ms, for every request.
    const mean = (result: typeof sync) => result!.metrics['latency_mean_s']!;
    expect(mean(far) - mean(sync)).toBeGreaterThan(0.0015);
    expect(mean(far) - mean(sync)).toBeLessThan(0.0035);
    // Answers come after 3 ms, when nobody waits for them any more: any server will do.
    expect(shareOf(late!, 'lab/slow')).toBeCloseTo(0.25, 1);
    // Who is dead does not answer.
    expect(dead!.metrics['availability']).toBe(1);
    // A retry probes again, up to three times more, if answers lead back to where it failed.
    expect(errs!.metrics['balancer_retries']).toBeGreaterThan(1000);
    expect(errs!.metrics['availability']).toBeGreaterThan(0.97);
  });

  it('Prequal’s synchronous mode asks within the part of the servers that layers choose', () => {
    const servers = groups(
      '{ count: 2, type: a, zone: a }',
      '{ count: 2, type: b, zone: b, priority: 1 }',
    );
    const told = play(`${POP(`${servers}, balancers: 2`, '400/s')}
balancer: { policy: prequal, mode: sync }
strategies:
  localities: { balancer.locality_weighted: { weights: { a: 1, b: 4 } } }
  priorities: { balancer.priorities: 'on' }
  zones: { balancer.zone_aware: { instances: [a, a], min_cluster_size: 1 } }
  band: { balancer.subset: { kind: load-band, size: 1 } }
`);
    const share = (strategy: string) => shareOf(told[strategy]!, 'lab/a');
    expect(share('localities')).toBeCloseTo(0.2, 1);
    expect(share('priorities')).toBe(1);
    expect(told['band']!.metrics['availability']).toBe(1);
    // All wait for their probes, half a millisecond.
    for (const result of Object.values(told)) {
      expect(result.metrics['latency_min_s']).toBeGreaterThanOrEqual(0.0005);
    }
  });

  it('C3 holds requests back while all are over their rates, or sends them on', () => {
    const { held, sent } = play(`${POP('servers: 2, concurrency: 1', '150/s')}
balancer: { policy: c3 }
strategies:
  held: { balancer: { policy: c3, rate_control: true } }
  sent: {}
`);
    expect(held!.metrics['availability']).toBe(1);
    expect(sent!.metrics['availability']).toBe(1);
    expect(held!.metrics['latency_mean_s']).toBeGreaterThan(sent!.metrics['latency_mean_s']!);
  });

  it('C3’s rates starve at a quarter of what servers can take, without read repairs', () => {
    const { held, sent } = play(`${POP('servers: 20, concurrency: 8', '2k/s')}
balancer: { policy: c3 }
strategies:
  held: { balancer: { policy: c3, rate_control: true } }
  sent: {}
`);
    const mean = (result: typeof held) => result!.metrics['latency_mean_s']!;
    expect(mean(held)).toBeGreaterThan(mean(sent) * 20);
  });

  it('old information makes balancers run in herds', () => {
    const { fresh, stale } = play(`${POP('servers: 16, balancers: 4', '2k/s')}
balancer: { policy: least-request }
strategies:
  fresh: { balancer.load_information: { board: 1ms } }
  stale: { balancer.load_information: { board: 200ms } }
`);
    expect(stale!.metrics['latency_p99_s']).toBeGreaterThan(fresh!.metrics['latency_p99_s']! * 2);
  });
});

describe('what is wrong with layers', () => {
  const said = (balancer: string, servers = 'servers: 4') =>
    refusals(`${POP(servers)}balancer: ${balancer}\n`);
  it.each([
    ['{ policy: random, zone_aware: { instances: [a] } }', "E0406 'zone_aware' needs the zone of"],
    [
      '{ policy: random, priorities: on, locality_weighted: { weights: {} } }',
      "E0401 'priorities' and 'locality_weighted' exclude each other",
    ],
    ['{ policy: random, transport: none }', "E0401 'transport' needs a hashing policy"],
    ['{ policy: maglev, transport: none }', "E0401 'transport' hashes connections: write hash_key"],
    [
      '{ policy: maglev, hash_key: client, transport: none, retries: {} }',
      "E0401 'retries' is for L7 balancers",
    ],
    ['{ policy: random, slow_start: 20 }', "E0205 '20' needs a unit"],
    ['{ policy: random, subset: { sise: 3 } }', "E0301 unknown key 'sise' | did you mean 'size'?"],
    ['{ policy: random, slowstart: 20s }', "E0301 unknown key 'slowstart'"],
  ])('%s', (balancer, expected) => {
    const all = said(balancer);
    expect(all.some((text) => text.startsWith(expected))).toBe(true);
  });
});

it('slow start around a policy that ignores weights is warned of', () => {
  const said = (policy: string) => warnings(`${POP('servers: 4')}balancer: ${policy}\n`);
  const expected = "W0111 slow start raises weights, which 'round-robin' ignores";
  expect(said('{ policy: round-robin, slow_start: 20s }')).toEqual([
    `${expected}: it does nothing here`,
  ]);
  for (const policy of ['two-choices', 'weighted-round-robin', 'maglev']) {
    expect(said(`{ policy: ${policy}, slow_start: 20s }`)).toEqual([]);
  }
  expect(said('{ director: { type: random }, slow_start: 20s }')).toEqual([]);
});

describe('directors', () => {
  it('a quorum of 50 % with three servers: losing the second loses all', () => {
    const { any, half } = play(`${POP('servers: 3, concurrency: 4')}
health: { active: { interval: 500ms, timeout: 200ms, fall: 1 } }
events:
  - { at: 10s, name: one, fail: server/lab/0 }
  - { at: 30s, name: two, fail: server/lab/1 }
strategies:
  any: { balancer.director: { type: random } }
  half: { balancer.director: { type: random, quorum: 50% } }
`);
    expect(any!.windows['two']!['availability']).toBeGreaterThan(0.98);
    expect(half!.windows['two']!['availability']).toBeLessThan(0.02);
    const untilTwo = half!.before['two']!['availability']!;
    expect(untilTwo).toBeGreaterThan(0.98);
  });

  it('nest: a fallback behind a group that has lost its quorum', () => {
    const { default: result } = play(`${POP(
      groups('{ count: 3, type: main }', '{ count: 1, type: spare }'),
    )}
health: { active: { interval: 500ms, timeout: 200ms, fall: 1 } }
balancer:
  director:
    type: fallback
    members: [{ type: random, quorum: 60%, members: [main-*] }, spare-*]
events: [{ at: 30s, fail: [server/lab/main-0, server/lab/main-1] }]
`);
    expect(shareOf(result!, 'lab/spare')).toBeCloseTo(0.5, 1);
    expect(shareOf(result!, 'lab/main-2')).toBeLessThan(0.2);
  });

  it.each(['rebuild: 100ms', 'load_information: { board: 100ms }'])(
    'stand within %s, and see a server go',
    (within) => {
      const { default: result } = play(`${POP('servers: 4, concurrency: 8')}
balancer: { director: { type: random }, ${within} }
events: [{ at: 30s, name: away, drain: server/lab/0 }]
`);
      expect(result!.metrics['availability']).toBe(1);
      expect(shareOf(result!, 'lab/0')).toBeCloseTo(1 / 8, 1);
    },
  );

  it('choose among the servers that a load band uses', () => {
    const { default: result } = play(`${POP('servers: 4, concurrency: 8')}
balancer: { director: { type: random }, subset: { kind: load-band, size: 2 } }
`);
    const used = Object.values(result!.servers).filter(({ requests }) => requests! > 100);
    expect(used).toHaveLength(2);
  });

  it.each([
    ['{ type: random, members: [x-*] }', "E0306 no server of lab is called 'x-*'"],
    ['{ type: random, members: [{ typ: hash, members: [x] }] }', "E0301 unknown key 'typ'"],
    ['{ type: rndom }', "E0311 'rndom' is not a 'type' | did you mean 'random'?"],
  ])('%s', (director, expected) => {
    const said = refusals(`${POP('servers: 3')}balancer: { director: ${director} }\n`);
    expect(said.some((text) => text.startsWith(expected))).toBe(true);
  });
});

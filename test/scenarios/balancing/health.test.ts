import { describe, expect, it } from 'vitest';
import { play, refusals } from './play.ts';

const POP = (settings: string) => `
network: { pops: { lab: { ${settings} } } }
traffic: { arrivals: poisson 60/s, classes: { page: { service_time: exponential mean=5ms } } }
`;

const CRASH = `
events: [{ at: 10s, name: crash, fail: server/lab/1, mode: error, for: 12s }]
run: { duration: 40s, seed: 1 }
`;

const KINDS = {
  active: [
    '{ kind: fastly, interval: 1s }',
    '{ kind: varnish, interval: 1s }',
    'haproxy',
    '{ kind: envoy, interval: 1s, unhealthy_threshold: 2, healthy_threshold: 2, timeout: 500ms }',
    '{ kind: phi-accrual, threshold: 8 }',
  ],
  passive: [
    'nginx',
    'linkerd',
    '{ kind: finagle, backoff: 5s }',
    '{ kind: envoy-outliers, max_ejection_percent: 50 }',
    '{ consecutive_5xx: 3, max_ejected: 50%, base_ejection: 10s }',
    `{ kind: grpc-outliers, interval: 2s, max_ejection_percent: 50,
       failure_percentage: { request_volume: 5, minimum_hosts: 3 } }`,
  ],
} as const;

describe('health checks by kind', () => {
  const unwatched = play(`${POP('servers: 3')}${CRASH}`)['default']!;

  it('without any, a third of the requests meets the server that errs', () => {
    expect(unwatched.windows['crash']!['availability']).toBeCloseTo(2 / 3, 1);
    expect(unwatched.metrics['flaps']).toBeNull();
    expect(unwatched.metrics['probes']).toBeNull();
  });

  const cases = [
    ...KINDS.active.map((kind) => [kind, `health: { active: ${kind} }`]),
    ...KINDS.passive.map((kind) => [kind, `health: { passive: ${kind} }`]),
  ];
  it.each(cases)('%s finds it, and only it', (_, health) => {
    const { metrics, windows, servers } = play(`${POP('servers: 3')}${health}${CRASH}`)['default']!;
    const before = unwatched.windows['crash']!['availability']!;
    expect(windows['crash']!['availability']).toBeGreaterThan(before + 0.05);
    expect(servers['lab/1']!['flaps']).toBeGreaterThanOrEqual(1);
    expect(servers['lab/0']!['flaps']! + servers['lab/2']!['flaps']!).toBe(0);
    expect(metrics['availability']).toBeGreaterThan(unwatched.metrics['availability']!);
  });

  it('swim declares a silent member dead, and takes it back', () => {
    const story = CRASH.replace('mode: error', 'mode: blackhole').replace('for: 12s', 'for: 20s');
    const { servers, windows, after } = play(
      `${POP('servers: 6')}health: { active: swim }${story}`.replace(
        'poisson 60/s,',
        'poisson 60/s, timeout: 1s,',
      ),
    )['default']!;
    expect(servers['lab/1']!['flaps']).toBe(1);
    expect(servers['lab/4']!['flaps']).toBe(0);
    expect(windows['crash']!['availability']).toBeLessThan(1);
    expect(after['crash']!['availability']).toBeGreaterThan(0.97);
    expect(servers['lab/1']!['requests']).toBeGreaterThan(150);
  });

  it('an observer that watches errors of traffic is faster than one that only probes', () => {
    const { slow, fast } = play(
      `${POP('servers: 3')}${CRASH}
strategies:
  slow: { health.active: { kind: haproxy, interval: 4s } }
  fast: { health.active: { kind: haproxy, interval: 4s, error_limit: 3, on_error: mark-down } }
`,
    );
    const lost = (result: typeof slow) => 1 - result!.windows['crash']!['availability']!;
    expect(lost(fast)).toBeLessThan(lost(slow) / 2);
  });
});

describe('probes', () => {
  it('are sent by every balancer instance to every server, each interval', () => {
    const { metrics, servers } = play(
      `${POP('servers: 3, balancers: 4')}
health: { active: { interval: 2s } }
run: { duration: 40s, seed: 1 }`,
    )['default']!;
    // Four observers × three servers × twenty intervals; the first are spread over one.
    expect(metrics['probes']).toBe(240);
    expect(servers['lab/2']!['probes']).toBe(80);
  });

  const LOADED = `${POP('servers: 1, balancers: 4, concurrency: 2')}
run: { duration: 100s, seed: 1 }
strategies:
  free: { health.active: { interval: 1s } }
  paid: { health.active: { interval: 1s, cost: request, service_time: 100ms } }
`;
  it('occupy slots when they cost a request: 4 observers × 100 ms a second of 2 slots', () => {
    const { free, paid } = play(LOADED);
    const extra = paid!.metrics['utilisation']! - free!.metrics['utilisation']!;
    expect(extra).toBeCloseTo(0.2, 2);
  });

  it('come too late behind an overload when they queue, and pass when they do not', () => {
    const { free, paid } = play(`${POP('servers: 3')}
events: [{ at: 10s, degrade: server/lab/0, service_time: x20, for: 20s }]
run: { duration: 50s, seed: 1 }
strategies:
  free: { health.active: { interval: 1s, timeout: 500ms } }
  paid: { health.active: { interval: 1s, timeout: 500ms, cost: request } }
`);
    expect(free!.servers['lab/0']!['flaps']).toBe(0);
    expect(paid!.servers['lab/0']!['flaps']).toBeGreaterThanOrEqual(1);
  });

  it('all at 0:00 when they are sent together', () => {
    const { together, spread } = play(`${POP('servers: 1, balancers: 100')}
health: { active: { interval: 20s, cost: request, service_time: 50ms } }
run: { duration: 4s, seed: 1 }
strategies: { spread: {}, together: { health.active.first_probes: together } }
`);
    expect(together!.metrics['probes']).toBe(100);
    expect(spread!.metrics['probes']).toBeLessThan(40);
    // A hundred times 50 ms in one queue, of which those leave that have waited for 1 s.
    expect(together!.metrics['latency_max_s']).toBeGreaterThan(0.9);
    expect(spread!.metrics['latency_max_s']).toBeLessThan(0.5);
  });
});

describe('observers of an origin', () => {
  const ORIGIN = `
network: { pops: { a: { servers: 3, balancers: 2 }, b: { servers: 2 } } }
traffic: { arrivals: poisson 20/s, classes: { page: { service_time: 1ms, cacheable: off } } }
origins:
  main:
    servers: 4
    concurrency: 4
    service_time: 5ms
    health: { active: { interval: 1s, cost: request, service_time: 10ms } }
run: { duration: 30s, seed: 1 }
strategies:
  pop: { origins.main.health.observers: pop }
  balancer: { origins.main.health.observers: balancer }
  server: { origins.main.health.observers: server }
`;
  it('probe it from every POP, balancer, or cache node', () => {
    const results = play(ORIGIN);
    const probes = (name: string) => results[name]!.origins['main']!['probes'];
    expect(probes('pop')).toBe(2 * 4 * 30);
    expect(probes('balancer')).toBe(3 * 4 * 30);
    expect(probes('server')).toBe(5 * 4 * 30);
    expect(results['server']!.pops['a']!['probes']).toBe(3 * 4 * 30);
  });

  it('passive checks see what fetches come to', () => {
    const text = `${ORIGIN.split('strategies:')[0]!}
events: [{ at: 5s, name: down, degrade: origin/main, errors: 100%, for: 10s }]
strategies: { probes: {}, both: { origins.main.health.passive: nginx } }
`;
    const { probes, both } = play(text);
    const requests = (result: typeof probes) => result!.origins['main']!['in_system_mean']!;
    // Whom nginx holds for dead is not asked: an error at once instead of one after the work.
    expect(both!.windows['down']!['availability']).toBe(0);
    expect(requests(both)).toBeLessThan(requests(probes) * 0.9);
  });
});

describe('what is wrong with checks', () => {
  const said = (health: string) => refusals(`${POP('servers: 2')}health: ${health}\n`)[0];
  it.each([
    ['{ active: fastli }', "E0314 unknown active health check 'fastli' | did you mean 'fastly'?"],
    ['{ passive: envoy }', "E0314 unknown passive health check 'envoy' | did you mean 'envoy-out"],
    ['{ active: { kind: fastly, fal: 3 } }', "E0301 unknown key 'fal'"],
    ['{ active: { kind: fastly, window: 5, threshold: 9 } }', 'E0207 the threshold is within'],
    ['{ active: { kind: envoy } }', "E0209 'interval' is missing"],
    [
      '{ active: { kind: envoy, interval: 1s, unhealthy_threshold: 1, healthy_threshold: 1 } }',
      "E0209 'timeout' is missing: envoy has no default | timeout: 1s",
    ],
    ['{ passive: { consecutive_5xx: 0 } }', 'E0207 0 is outside 1 to'],
  ])('%s', (health, expected) => {
    expect(said(health)?.slice(0, expected.length)).toBe(expected);
  });

  it('an origin without servers has none to be checked', () => {
    const text = `${POP('servers: 1')}origins: { main: { health: { active: fastly } } }\n`;
    expect(refusals(text)).toEqual([
      "E0406 origin 'main' has no servers to be checked | servers: 4",
    ]);
  });
});

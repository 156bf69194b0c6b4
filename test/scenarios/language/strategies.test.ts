import { describe, expect, it } from 'vitest';
import { errorsOf, LAB, plansOf, shown } from './texts.ts';

const HEALTH = 'health: { active: { interval: 2s, fall: 3, rise: 2 } }\n';
const named = (text: string) =>
  plansOf(text).map(({ name, isBaseline }) => (isBaseline ? `*${name}` : name));

describe('strategies', () => {
  it('a scenario without any is one called default', () => {
    expect(named(LAB)).toEqual(['*default']);
    expect(plansOf(LAB)[0]!.settings).toEqual({});
  });

  it('overlays change by dotted path or nested, and share what they leave alone', () => {
    const plans = plansOf(`${LAB + HEALTH}strategies:
  baseline: a
  a: {}
  b: { health.active.fall: 1, balancer.policy: maglev }
  c: { health: { active: { fall: 5 } } }
`);
    expect(plans.map(({ world }) => world.health!.fall)).toEqual([3, 1, 5]);
    expect(plans.map(({ world }) => world.health!.intervalNs)).toEqual([2e9, 2e9, 2e9]);
    expect(plans[1]!.world.balancer.policy).toEqual({ name: 'maglev', options: {} });
    expect(plans[1]!.settings).toEqual({ 'health.active.fall': 1, 'balancer.policy': 'maglev' });
  });

  it('what is laid on a short form goes beside the name, and never replaces it', () => {
    const short = LAB.replace('{ policy: random }', 'two-choices');
    const [slow, other] = plansOf(`${short}health: { active: haproxy }
strategies:
  slow: { balancer.slow_start: 20s, health.active.timeout: 1s }
  other: { balancer: { policy: maglev }, health.active: { kind: varnish, timeout: 1s } }
`);
    expect(slow!.world.balancer.policy.name).toBe('two-choices');
    expect(slow!.world.balancer).not.toEqual(other!.world.balancer);
    expect(JSON.stringify(slow!.world.health)).toMatch(/haproxy/);
    expect(other!.world.balancer.policy.name).toBe('maglev');
    expect(JSON.stringify(other!.world.health)).toMatch(/varnish/);
  });

  it('a bare name stands for a policy or a routing strategy', () => {
    const plans = plansOf(`${LAB}strategies: { baseline: round-robin, x: maglev }\n`);
    expect(plans.map(({ name, settings }) => [name, settings])).toEqual([
      ['round-robin', { balancer: 'round-robin' }],
      ['x', { balancer: 'maglev' }],
    ]);
    expect(plans[0]!.isBaseline).toBe(true);
  });

  it('without a baseline the first is it', () => {
    expect(named(`${LAB}strategies: { x: maglev, y: random }\n`)).toEqual(['*x', 'y']);
  });

  it('extends takes another as it is and goes on, in any order', () => {
    const plans = plansOf(`${LAB + HEALTH}strategies:
  c: { extends: b, health.active.rise: 9 }
  b: { extends: a, health.active.fall: 7 }
  a: { health.active.fall: 5, balancer: maglev }
`);
    const [c] = plans;
    expect(c!.world.health).toMatchObject({ fall: 7, rise: 9 });
    expect(c!.world.balancer.policy.name).toBe('maglev');
  });

  it('null deletes, +key appends', () => {
    const plans = plansOf(`${LAB + HEALTH}events: [{ at: 1m, surge: world, factor: x2 }]
strategies:
  none: { health: null }
  more: { +events: [{ at: 2m, surge: world, factor: x3 }] }
`);
    expect(plans[0]!.world.health).toBeNull();
    expect(plans[1]!.world.events.length).toBe(2);
  });

  it('null deletes: nested, dotted, inherited, of an included file; settings say so', () => {
    const text = `${LAB + HEALTH}cache: { edge: { capacity: 9 objects }, stale_if_error: 1m }
strategies:
  a: {}
  dotted: { cache.stale_if_error: null }
  mapped: { cache: { stale_if_error: null } }
  child: { extends: stale, cache.stale_if_error: null }
  stale: { cache.stale_if_error: 5m, cache.edge.capacity: 7 objects }
  regained: { extends: dotted, cache: { stale_if_error: 3m } }
  matrix: { cache.stale_if_error: [2m, null] }
`;
    const staleS = (plans: ReturnType<typeof plansOf>) =>
      Object.fromEntries(plans.map(({ name, world }) => [name, world.cache!.staleIfErrorNs / 1e9]));
    const expected = {
      a: 60,
      dotted: 0,
      mapped: 0,
      child: 0,
      stale: 300,
      regained: 180,
      'stale_if_error=2m': 120,
      'stale_if_error=null': 0,
    };
    expect(staleS(plansOf(text))).toEqual(expected);
    const files = { read: () => ({ ok: true as const, file: 'b.yaml', bytes: Buffer.from(text) }) };
    expect(staleS(plansOf('version: 1\ninclude: [{ file: b.yaml }]\n', { files }))).toEqual(
      expected,
    );
    const settings = Object.fromEntries(plansOf(text).map((plan) => [plan.name, plan.settings]));
    expect(settings['mapped']).toEqual({ 'cache.stale_if_error': null });
    expect(settings['child']).toEqual({
      'cache.edge.capacity': '7 objects',
      'cache.stale_if_error': null,
    });
  });

  it('matrix crosses, exclude leaves out, add adds', () => {
    const text = `${LAB + HEALTH}strategies:
  baseline: round-robin
  matrix:
    balancer.policy: [random, maglev]
    health.active.fall: [1, 3]
  exclude:
    - { balancer.policy: random, health.active.fall: 1 }
  add:
    slow: { health.active.interval: 10s }
`;
    expect(named(text)).toEqual([
      '*round-robin',
      'random+fall=3',
      'maglev+fall=1',
      'maglev+fall=3',
      'slow',
    ]);
    const cell = plansOf(text)[2]!;
    expect(cell.world.health!.fall).toBe(1);
    expect(cell.settings).toEqual({ 'balancer.policy': 'maglev', 'health.active.fall': 1 });
  });

  it.each([
    ['{ baseline: x }', "E0310 12:25 unknown strategy 'x'"],
    ['{ baseline: anycst }', "E0310 12:25 unknown strategy 'anycst' | did you mean 'anycast'?"],
    ['{ a: { extends: b }, b: { extends: a } }', "E0403 12:29 'a' extends itself"],
    ['{ a: { extends: c }, b: {} }', "E0310 12:29 unknown strategy 'c'"],
    ['{ a: { run: { seed: 2 } } }', "E0404 12:20 a strategy cannot change 'run'"],
    [
      '{ a: { balancer.polcy: maglev } }',
      "E0301 12:20 unknown key 'polcy' | did you mean 'policy'?",
    ],
    ['{ a: { helth.active.fall: 1 } }', "E0301 12:20 unknown key 'helth' | did you mean 'health'?"],
    [
      '{ matrix: { balancer.policy: [randm] } }',
      "E0304 12:43 unknown policy 'randm' | did you mean 'random'?",
    ],
    ['{ exclude: [{ a: 1 }], a: {} }', "E0405 12:24 'exclude' needs a 'matrix'"],
    ['{ matrix: { balancer.policy: random } }', 'E0203 12:42 expected a list of values'],
    ['[a, b]', "E0203 12:13 expected a mapping for 'strategies'"],
    ['{}', 'E0402 12:13 there is no strategy'],
  ])('refuses strategies: %s', (written, expected) => {
    const errors = shown(errorsOf(`${LAB}strategies: ${written}\n`));
    expect(
      errors.some((error) => error.startsWith(expected)),
      errors.join('\n'),
    ).toBe(true);
  });

  it('refuses a matrix of more than 10,000 cells', () => {
    const list = `[${Array.from({ length: 101 }, (_, i) => i + 1).join(', ')}]`;
    const matrix = `{ matrix: { health.active.fall: ${list}, health.active.rise: ${list} } }`;
    expect(errorsOf(`${LAB}strategies: ${matrix}\n`)[0]!.code).toBe('E0407');
  });
});

describe('--set, --seed, --replications, --until', () => {
  it('lie over the file', () => {
    const overrides = { 'traffic.arrivals': 'poisson 90/s', balancer: '{ policy: maglev }' };
    const [plan] = plansOf(LAB, { overrides, until: '5m', seed: 's', replications: '3..7' });
    expect(plan!.world.traffic.arrivals).toEqual({ law: 'poisson', ratePerSecond: 90 });
    expect(plan!.world.balancer.policy.name).toBe('maglev');
    expect(plan!.world.time.durationNs).toBe(300e9);
  });

  it('point at what was typed', () => {
    const [error] = errorsOf(LAB, { overrides: { 'balancer.policy': 'maglv' } });
    expect(error).toMatchObject({ file: '--set balancer.policy', code: 'E0304', column: 18 });
    expect(errorsOf(LAB, { until: '5' })[0]).toMatchObject({ file: '--until', code: 'E0205' });
    expect(errorsOf(LAB, { replications: 'x' })[0]).toMatchObject({ file: '--replications' });
  });
});

import { describe, expect, it } from 'vitest';
import { createSimulation, type RunResult, type WorldSpec } from '../../sim/index.ts';
import { laboratory } from './laboratory.ts';

const SECOND = 1e9;

function run(world: WorldSpec, replication = 0): RunResult {
  return createSimulation(world, 'test', replication).run();
}

describe('a replication', () => {
  it('is a function of world, seed and replication', () => {
    const world = laboratory({});
    expect(run(world)).toEqual(run(world));
    expect(run(world, 1).fingerprint).not.toBe(run(world).fingerprint);
    const other = createSimulation(world, 'another seed', 0).run();
    expect(other.fingerprint).not.toBe(run(world).fingerprint);
  });

  it('accounts for every request', () => {
    const { metrics, unfinished } = run(
      laboratory({
        ratePerSecond: 150,
        queueLimit: 3,
        timeout: { law: 'constant', value: 30e6 },
        retry: { on: ['timeout', '503'], max: 2 },
      }),
    );
    const { requests, completed, errors, timeouts, unreachable, rejected, retries } = metrics;
    expect(unfinished).toBe(0);
    expect(completed! + errors! + timeouts! + unreachable!).toBe(requests);
    expect(rejected!).toBeLessThanOrEqual(errors!);
    for (const count of [timeouts, rejected, retries]) expect(count).toBeGreaterThan(0);
  });

  it('obeys Little: requests inside = arrival rate × time inside', () => {
    // Exact when the window begins and ends empty: a trace with room at both ends.
    const atNs = Array.from({ length: 500 }, (_, index) => SECOND + index * 9e6);
    const world = laboratory({ arrivals: { law: 'trace', atNs }, durationNs: 20 * SECOND });
    const { metrics } = run(world);
    const inside = metrics['in_system_mean']! * 20;
    expect(inside / (metrics['requests']! * metrics['latency_mean_s']!)).toBeCloseTo(1, 9);
  });

  it('serves the same requests under every policy', () => {
    const total = (policy: string) => {
      const result = run(laboratory({ servers: 5, ratePerSecond: 300, policy }));
      return result.metrics;
    };
    const [random, jsq] = [total('random'), total('least-request')];
    expect(jsq['requests']).toBe(random['requests']);
    expect(jsq['bytes']).toBe(random['bytes']);
    // Same work: busy time differs only by what lies across the end of the window.
    expect(jsq['utilisation']! / random['utilisation']!).toBeCloseTo(1, 2);
    expect(jsq['latency_mean_s']!).toBeLessThan(random['latency_mean_s']!);
  });

  it('cuts the warm-up from what is measured, not from what happens', () => {
    const whole = run(laboratory({ durationNs: 100 * SECOND }));
    const cut = run(laboratory({ durationNs: 100 * SECOND, cutNs: 50 * SECOND }));
    expect(cut.fingerprint).toBe(whole.fingerprint);
    expect(cut.metrics['requests']! / whole.metrics['requests']!).toBeCloseTo(0.5, 1);
  });

  it('names what happens in a trace', () => {
    const lines: string[] = [];
    const world = laboratory({ durationNs: SECOND });
    createSimulation(world, 'test', 0, { trace: (line) => lines.push(line) }).run();
    expect(lines.some((line) => line.endsWith('ms Arrival lab/page'))).toBe(true);
    expect(lines.some((line) => /ms ServiceEnded server lab\/0 · request/.test(line))).toBe(true);
  });
});

describe('faults', () => {
  const crash = (mode: 'power' | 'blackhole' | 'error') =>
    laboratory({
      ratePerSecond: 50,
      timeout: { law: 'constant', value: SECOND },
      durationNs: 30 * SECOND,
      events: [
        {
          name: 'down',
          atNs: 10 * SECOND,
          untilNs: 20 * SECOND,
          targets: [{ kind: 'pop', pop: 'lab' }],
          action: { verb: 'fail', mode },
        },
      ],
    });

  it('a POP without power answers nobody: its clients wait until they give up', () => {
    const { windows, metrics } = run(crash('power'));
    expect(windows['down']!['availability']).toBe(0);
    expect(windows['down']!['timeouts']).toBe(windows['down']!['requests']);
    expect(metrics['errors']).toBe(0);
  });

  it('a POP that errs answers at once with 5xx', () => {
    const { windows } = run(crash('error'));
    expect(windows['down']!['errors']).toBe(windows['down']!['requests']);
    expect(windows['down']!['timeouts']).toBe(0);
  });

  it('is over when it is over', () => {
    const { after } = run(crash('power'));
    expect(after['down']!['availability']).toBe(1);
  });

  it('a surge multiplies arrivals for its time', () => {
    const world = laboratory({
      ratePerSecond: 200,
      serviceNs: 1e5,
      durationNs: 30 * SECOND,
      events: [
        {
          name: 'crowd',
          atNs: 10 * SECOND,
          untilNs: 20 * SECOND,
          targets: [{ kind: 'class', class: 'page' }],
          action: { verb: 'surge', factor: 3 },
        },
      ],
    });
    const { windows, before, after } = run(world);
    const rate = (metrics: (typeof windows)[string] | undefined) => metrics!['requests_per_s']!;
    // 2,000, 6,000 and 2,000 arrivals: four standard errors are 9 % and 5.2 %.
    expect(rate(windows['crowd']) / 600).toBeCloseTo(1, 1);
    expect(rate(before['crowd']) / 200).toBeGreaterThan(0.91);
    expect(rate(before['crowd']) / 200).toBeLessThan(1.09);
    expect(rate(after['crowd']) / 200).toBeGreaterThan(0.91);
    expect(rate(after['crowd']) / 200).toBeLessThan(1.09);
  });

  it('health checks find a dead server and the balancer leaves it alone', () => {
    const world = laboratory({
      servers: 4,
      ratePerSecond: 100,
      policy: 'round-robin',
      health: { intervalNs: SECOND, timeoutNs: SECOND / 2, fall: 2, rise: 2, jitterRatio: 0 },
      durationNs: 40 * SECOND,
      events: [
        {
          name: 'dead',
          atNs: 10 * SECOND,
          untilNs: 30 * SECOND,
          targets: [{ kind: 'server', pop: 'lab', server: '2' }],
          action: { verb: 'fail', mode: 'power' },
        },
      ],
    });
    const { windows, after } = run(world);
    // Found within fall × interval = 2 s of 20: at most a tenth of a quarter is lost.
    const failed = windows['dead']!['failed_requests_ratio']!;
    expect(failed).toBeGreaterThan(0.005);
    expect(failed).toBeLessThan(0.03);
    expect(after['dead']!['availability']).toBe(1);
  });
});

describe('caches and origins', () => {
  const cached = (overrides: Parameters<typeof laboratory>[0]) =>
    laboratory({
      ratePerSecond: 100,
      serviceNs: 1e6,
      objects: 20,
      ttlNs: Infinity,
      durationNs: 60 * SECOND,
      origin: { serviceNs: 50e6 },
      cache: { objects: 100 },
      ...overrides,
    });

  it('fetches each object once when all fit and none expires', () => {
    const { metrics } = run(cached({}));
    expect(metrics['origin_fetches']).toBe(20);
    expect(metrics['hit_ratio']).toBeGreaterThan(0.99);
  });

  it('collapses: one fetch for all who wait', () => {
    const together = run(cached({ ttlNs: 200e6 }));
    const apart = run(cached({ ttlNs: 200e6, cache: { objects: 100, collapses: false } }));
    expect(together.metrics['collapsed']).toBeGreaterThan(0);
    expect(apart.metrics['collapsed']).toBe(0);
    expect(apart.metrics['origin_fetches']!).toBeGreaterThan(together.metrics['origin_fetches']!);
  });

  it('a pass is answered by the origin every time', () => {
    const { metrics } = run(cached({ passRatio: 1 }));
    expect(metrics['pass']).toBe(metrics['requests']);
    expect(metrics['origin_fetches']).toBe(metrics['requests']);
    expect(metrics['latency_mean_s']!).toBeGreaterThan(0.05);
  });

  it('serves stale copies while the origin fails, if it may', () => {
    const down = {
      name: 'down',
      atNs: 20 * SECOND,
      untilNs: 40 * SECOND,
      targets: [{ kind: 'origin', origin: 'main' }] as const,
      action: { verb: 'fail', mode: 'error' } as const,
    };
    const strict = run(cached({ ttlNs: SECOND, events: [down] }));
    const lenient = run(cached({ ttlNs: SECOND, events: [down], staleIfErrorNs: 60 * SECOND }));
    expect(strict.windows['down']!['availability']!).toBeLessThan(0.2);
    expect(lenient.windows['down']!['availability']).toBe(1);
    expect(lenient.windows['down']!['stale']).toBeGreaterThan(0);
  });

  it('an origin that is slow is given up after its timeout, and tried again', () => {
    const slow = { serviceNs: 2 * SECOND, timeoutNs: SECOND, retryMax: 1 };
    const { metrics } = run(cached({ passRatio: 1, ratePerSecond: 10, origin: slow }));
    expect(metrics['availability']).toBe(0);
    expect(metrics['errors']).toBe(metrics['requests']);
  });

  it('starts warm: the first seconds hit as often as the last, wherever objects are kept', () => {
    for (const placement of ['server', 'rendezvous'] as const) {
      const base = laboratory({
        servers: 4,
        ratePerSecond: 2000,
        serviceNs: 1e5,
        objects: 20_000,
        ttlNs: Infinity,
        durationNs: 60 * SECOND,
        origin: { serviceNs: 0 },
        cache: { objects: 1000 },
      });
      const popularity = { law: 'zipf', alpha: 0.9 } as const;
      const window = (name: string, atNs: number) => ({
        name,
        atNs,
        untilNs: atNs + 10 * SECOND,
        targets: [{ kind: 'class', class: 'page' }] as const,
        action: { verb: 'surge', factor: 1 } as const,
      });
      const { windows } = run({
        ...base,
        time: { ...base.time, preRunNs: SECOND },
        classes: [{ ...base.classes[0]!, objects: { count: 20_000, popularity } }],
        cache: { ...base.cache!, edge: { ...base.cache!.edge!, placement } },
        events: [window('first', 0), window('last', 50 * SECOND)],
      });
      // 20,000 requests a window: two standard errors of the difference are 1 %.
      const difference = windows['first']!['hit_ratio']! - windows['last']!['hit_ratio']!;
      expect(Math.abs(difference)).toBeLessThan(0.02);
    }
  });
});

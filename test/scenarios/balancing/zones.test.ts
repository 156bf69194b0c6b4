import { describe, expect, it } from 'vitest';
import { play, refusals, shareOf } from './play.ts';

const POP = (settings: string, rate = '100/s') => `
network: { pops: { lab: { ${settings} } } }
traffic: { arrivals: poisson ${rate}, classes: { page: { service_time: exponential mean=5ms } } }
run: { duration: 60s, seed: 1 }
`;

const groups = (...list: readonly string[]) => `servers: [${list.join(', ')}], concurrency: 4`;

describe('zones', () => {
  const SERVERS = groups('{ count: 3, type: a, zone: a }', '{ count: 3, type: b, zone: b }');
  it('localities take turns by weight', () => {
    const { default: result } = play(`${POP(SERVERS)}
balancer: { policy: round-robin, locality_weighted: { weights: { a: 1, b: 3 } } }
`);
    expect(shareOf(result!, 'lab/b')).toBeCloseTo(0.75, 2);
  });

  it('a zone whose balancers all stand there keeps to itself, unless it is too small', () => {
    const story = `
health: { active: { interval: 500ms, timeout: 200ms, fall: 1 } }
strategies:
  aware: { balancer: { policy: round-robin, zone_aware: { instances: [a, a, b] } } }
  small:
    balancer: { policy: round-robin, zone_aware: { instances: [a, a, b], min_cluster_size: 7 } }
`;
    const uneven = groups('{ count: 2, type: a, zone: a }', '{ count: 4, type: b, zone: b }');
    const { aware, small } = play(`${POP(`${uneven}, balancers: 3`, '600/s')}${story}`);
    // Two thirds of the clients have a third of the servers: half of theirs stays, half goes over.
    expect(shareOf(aware!, 'lab/a')).toBeCloseTo(1 / 3, 1);
    expect(shareOf(small!, 'lab/a')).toBeCloseTo(1 / 3, 1);
    const even = groups('{ count: 4, type: a, zone: a }', '{ count: 2, type: b, zone: b }');
    const local = play(`${POP(`${even}, balancers: 2`, '600/s')}
strategies:
  aware: { balancer: { policy: round-robin, zone_aware: { instances: [a, b] } } }
  lonely: { balancer: { policy: round-robin, zone_aware: { instances: [b, b] } } }
`);
    expect(shareOf(local['aware']!, 'lab/a')).toBeCloseTo(2 / 3, 1);
    expect(shareOf(local['lonely']!, 'lab/b')).toBeCloseTo(1 / 3, 1);
  });

  it('a zone that fails over keeps all of its own until less than 71 % of it is well', () => {
    const zones = groups('{ count: 4, type: a, zone: a }', '{ count: 4, type: b, zone: b }');
    const { strict, aware } = play(`${POP(`${zones}, balancers: 4`, '600/s')}
health: { active: { interval: 200ms, timeout: 100ms, fall: 1 } }
strategies:
  strict: { balancer: { policy: round-robin, locality_failover: { instances: [a, a, a, b] } } }
  aware: { balancer: { policy: round-robin, zone_aware: { instances: [a, a, a, b] } } }
`);
    expect(shareOf(strict!, 'lab/a')).toBeCloseTo(0.75, 2);
    expect(shareOf(aware!, 'lab/a')).toBeCloseTo(0.5, 1);
    const lost = (count: number) => {
      const failed = Array.from({ length: count }, (_, i) => `server/lab/a-${i}`).join(', ');
      const { default: result } = play(`${POP(`${zones}, balancers: 2`, '600/s')}
health: { active: { interval: 200ms, timeout: 100ms, fall: 1 } }
balancer: { policy: round-robin, locality_failover: { instances: [a, a] } }
events: [{ at: 0s, fail: [${failed}] }]
`);
      return shareOf(result!, 'lab/b');
    };
    // 3 of 4 well × 1.4 is more than all; 2 of 4 are 70 %, and 30 % go over.
    expect(lost(1)).toBe(0);
    expect(lost(2)).toBeCloseTo(0.3, 1);
  });
});

describe('zones that make no sense', () => {
  const ZONED = groups('{ count: 2, type: a, zone: a }', '{ count: 2, type: b, zone: b }');
  const FAILOVER = 'locality_failover: { instances: [a] }';

  it.each([
    ['zone_aware: { instances: [a] }', "E0401 'zone_aware' and 'locality_failover' exclude"],
    [
      'locality_weighted: { weights: { a: 2 } }',
      "E0401 'locality_weighted' and 'locality_failover",
    ],
    ['priorities: on', "E0401 'priorities' and 'locality_failover' exclude each other"],
    ['director: { type: random }', "it excludes 'locality_failover'"],
  ])('%s beside a failover', (layer, problem) => {
    const found = refusals(`${POP(ZONED)}
balancer: { ${FAILOVER}, ${layer} }
`);
    expect(found.join('\n')).toContain(problem);
  });

  it('servers without a zone, and a second threshold of panic', () => {
    const bare = refusals(`${POP('servers: 2')}
balancer: { ${FAILOVER} }
`);
    expect(bare.join('\n')).toContain("E0406 'locality_failover' needs the zone of every server");
    const twice = refusals(`${POP(ZONED)}
health: { active: { interval: 1s, timeout: 1s }, panic_threshold: 50% }
balancer: { ${FAILOVER} }
`);
    expect(twice.join('\n')).toContain('E0401 zones panic one by one');
  });
});

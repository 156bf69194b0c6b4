import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import {
  createCluster,
  hash32,
  type BackendIndex,
  type ClusterOptions,
  type ClusterPorts,
  type Member,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';

const NO_ENDS = { send: () => {}, refused: () => {}, gaveUp: () => {} };

/** A cluster whose requests go on until they are told to end: where each is, or why not. */
function clusterOf(
  options: ClusterOptions,
  members: readonly Member[],
  ports: Partial<ClusterPorts> = {},
) {
  const timers = new FakeTimers();
  const at: string[] = [];
  const cluster = createCluster(options, members, {
    timers,
    random: (purpose) => seedrandom.alea(purpose),
    ends: {
      send: (request, backend) => {
        at[request] = cluster.balancer.pool.id(backend);
        cluster.balancer.start(backend);
      },
      refused: (request, why) => {
        at[request] = why;
      },
      gaveUp: (request) => {
        at[request] = 'gave up';
      },
    },
    ...ports,
  });
  let requestCount = 0;
  const ask = (client = 0) => {
    const request = requestCount++;
    cluster.dispatcher.arrived(request, hash32(`${request}`), client, 0);
    return { request, at: at[request] };
  };
  const end = (request: number, outcome: 'success' | 'connect-error' = 'success') => {
    const backend = cluster.balancer.pool.find(at[request]!);
    cluster.dispatcher.left(request);
    cluster.balancer.finish(backend, outcome, 1e6);
    return outcome === 'connect-error' && cluster.dispatcher.retried(request, 'connect_error');
  };
  return { cluster, timers, at, ask, end };
}

/** What Envoy's active checks must be told. */
const THRESHOLDS = { interval: '1s', unhealthy_threshold: 3, healthy_threshold: 2 };

const THREE = ['a', 'b', 'c'].map((id) => ({ id }));

describe('options of a cluster', () => {
  const read = (options: unknown) =>
    createCluster(options as ClusterOptions, THREE, {
      timers: new FakeTimers(),
      random: () => () => 0,
      ends: NO_ENDS,
    });

  it.each([
    'maglev',
    { policy: 'maglev', table_size: 65537 },
    { maglev: { table_size: 65537 } },
    { policy: { maglev: {} }, retries: { max: 2, budget: '20%', on: [503, 'timeout'] } },
    { retries: {}, connections: { max: 4, timeout: '1s' }, subset: { size: 2 } },
  ])('take what scenarios take: %j', (balancer) => {
    expect(read({ balancer }).balancer.pool.eligibleCount).toBeGreaterThan(1);
  });

  it.each([
    [{ balancer: 'magnet' }, /unknown policy "magnet"; there are .*maglev/],
    [{ balancer: { policy: 'maglev', table_sise: 7 } }, /table_sise/],
    [{ balancer: { policy: 'random', retries: { most: 2 } } }, /most/],
    [{ balancer: { policy: 'random', connections: { max: 0 } } }, /expected number to be >=1/],
    [{ balancer: { policy: 'random', retries: { per_try_timeout: 5 } } }, /250ms/],
    [{ balancer: { policy: 'random', transport: 'jet' } }, /transport/],
    [{ balancer: { random: {}, maglev: {} } }, /one policy is wanted/],
    [{ health: { active: 'pulse' } }, /unknown kind "pulse"; there are .*fastly/],
    [{ health: { passive: 'fastly' } }, /unknown kind "fastly"/],
    [{ health: { active: { kind: 'envoy', ...THRESHOLDS } } }, /write a timeout/],
    [{ health: { active: {} } }, /need a prober/],
    [{ balancer: { policy: 'random', affinity: 'cookie' } }, /cookies of clients/],
    [
      { balancer: { priorities: 'on', locality_weighted: { weights: {} } } },
      /'priorities' and 'locality_weighted' exclude each other/,
    ],
    [{ balancer: { priorities: true }, health: { panic_threshold: '50%' } }, /one by one/],
  ])('are refused with a reason: %j', (options, reason) => {
    expect(() => read(options)).toThrow(reason);
  });

  it('a zone that no layer knows is refused, with those it knows', () => {
    const balancer = { policy: 'random', zone_aware: { instances: ['a'] } };
    const { cluster } = clusterOf({ balancer }, [{ id: 'x', zone: 'b' }]);
    expect(() => cluster.add({ id: 'y', zone: 'c' })).toThrow('no zone "c" among a, b');
    expect(cluster.add({ id: 'y', zone: 'a' })).toBe(1);
  });
});

describe('a request through a cluster', () => {
  it('is sent, queues for a connection, and is refused with a reason', () => {
    const balancer = {
      policy: 'round-robin',
      connections: { max: 1, timeout: '10ms' },
      circuit_breaker: { requests: 3, pending: 1 },
    };
    const { ask, end, at, timers } = clusterOf({ balancer }, THREE.slice(0, 2));
    expect([ask().at, ask().at, ask().at, ask().at]).toEqual([
      'a',
      'b',
      undefined,
      'too-many-waiting',
    ]);
    timers.runUntil(5e6);
    end(0);
    timers.runUntil(5e6);
    expect(at[2]).toBe('a');
    expect(ask().at).toBeUndefined();
    timers.runUntil(15e6);
    expect(at[4]).toBe('waited-too-long');
  });

  it('is tried again elsewhere, as often as it may', () => {
    const { ask, end, at } = clusterOf({ balancer: { retries: { max: 2 } } }, THREE);
    const { request } = ask();
    const seen = [at[request], end(request, 'connect-error'), at[request]];
    seen.push(end(request, 'connect-error'), at[request], end(request, 'connect-error'));
    expect(seen).toEqual(['a', true, 'b', true, 'c', false]);
  });

  it('is given up on after the time of a try', () => {
    const balancer = { retries: { per_try_timeout: '20ms' } };
    const { ask, at, timers, cluster } = clusterOf({ balancer }, THREE);
    ask();
    timers.runUntil(19e6);
    expect([at[0], cluster.dispatcher.givesUp(0)]).toEqual(['a', true]);
    timers.runUntil(20e6);
    expect(at[0]).toBe('gave up');
  });

  it('has nobody to go to in an empty cluster', () => {
    expect(clusterOf({}, []).ask().at).toBe('no-backend');
  });
});

describe('members of a cluster', () => {
  it('come, drain, are back and leave; a client stays through a drain', () => {
    const options = { balancer: { policy: 'round-robin', affinity: 'client' as const } };
    const { cluster, ask } = clusterOf(options, THREE);
    expect([ask(1).at, ask(2).at, ask(3).at]).toEqual(['a', 'b', 'c']);
    cluster.drain('b');
    expect([ask(2).at, ask(4).at, ask(5).at]).toEqual(['b', 'a', 'c']);
    cluster.undrain('b');
    expect([ask(6).at, ask(7).at, ask(8).at].toSorted()).toEqual(['a', 'b', 'c']);
    expect(() => cluster.remove('d')).toThrow('no member "d"');
  });

  it('leave no clients to whoever takes their slot', () => {
    const options = { balancer: { policy: 'round-robin', affinity: 'client' as const } };
    const { cluster, ask, end } = clusterOf(options, THREE);
    ask(1);
    end(0);
    cluster.remove('a');
    expect(cluster.add({ id: 'd' })).toBe(0);
    // Picked anew, and round robin is at b; a client kept by slot would be at d.
    expect(ask(1).at).toBe('b');
  });

  it('that leave have their waiting requests sent elsewhere', () => {
    const balancer = { policy: 'round-robin', connections: { max: 1 } };
    const { cluster, ask, at, timers } = clusterOf({ balancer }, THREE.slice(0, 2));
    expect([ask().at, ask().at, ask().at]).toEqual(['a', 'b', undefined]);
    cluster.remove('a');
    // The last of a ends: its slot is vacant now, and who waits for a connection there goes to b.
    cluster.dispatcher.left(0);
    cluster.balancer.finish(0 as BackendIndex, 'success', 1e6);
    timers.runUntil(1e6);
    cluster.dispatcher.left(1);
    cluster.balancer.finish(1 as BackendIndex, 'success', 1e6);
    timers.runUntil(2e6);
    expect(at[2]).toBe('b');
  });

  it('that leave while a request asks for loads are not sent it', () => {
    const timers = new FakeTimers();
    const balancer = { policy: { prequal: { mode: 'sync' } } };
    const loadAsker: ClusterPorts['loadAsker'] = {
      ask: (backend, answered) =>
        void timers.after(1e6, () => answered({ requestsInFlight: backend, latencyNs: 1e6 })),
    };
    const { cluster, ask, at } = clusterOf({ balancer }, THREE, { timers, loadAsker });
    expect(ask().at).toBeUndefined();
    cluster.remove('a');
    timers.runUntil(10e6);
    expect(at[0]).toBe('b');
  });

  it('are seen in part, the same part however they came', () => {
    const ids = Array.from({ length: 9 }, (_, i) => `s${i}`);
    const seenBy = (index: number, order: readonly string[]) => {
      const balancer = { policy: 'random', subset: { size: 3 } };
      const instance = { index, count: 3, name: `lb${index}` };
      const { cluster } = clusterOf({ balancer }, [], { instance });
      for (const id of order) cluster.add({ id });
      return ids.filter((id) => {
        const { pool } = cluster.balancer;
        return pool.isEligible(pool.find(id));
      });
    };
    const parts = [0, 1, 2].map((index) => seenBy(index, ids));
    expect(parts.flat().toSorted()).toEqual(ids);
    expect([0, 1, 2].map((index) => seenBy(index, ids.toReversed()))).toEqual(parts);
  });

  it('warm up when they are added later, not those that it began with', () => {
    const options = { balancer: { policy: 'random', slow_start: '10s' } };
    const { cluster, timers } = clusterOf(options, THREE);
    const weightOf = (id: string) => cluster.balancer.pool.weight(cluster.balancer.pool.find(id));
    cluster.add({ id: 'd', weight: 2 });
    expect([weightOf('a'), weightOf('d')]).toEqual([1, 0.2]);
    timers.runUntil(5e9);
    expect(weightOf('d')).toBeCloseTo(1, 1);
    cluster.setWeight('d', 4);
    timers.runUntil(10e9);
    expect(weightOf('d')).toBe(4);
  });
});

describe('health of a cluster', () => {
  it('is probed: a member that fails goes, and is told of', () => {
    let isUp = true;
    const changes: string[] = [];
    const timers = new FakeTimers();
    const { cluster } = clusterOf(
      { health: { active: { interval: '1s', timeout: '500ms', fall: 2, rise: 1 } } },
      THREE,
      {
        timers,
        prober: {
          probe: (backend: BackendIndex, done) => {
            timers.after(1e6, () => done(backend === 1 && !isUp ? 'fail' : 'pass'));
          },
        },
        onHealthChange: (id, isWell) => changes.push(`${id} ${isWell ? 'up' : 'down'}`),
      },
    );
    timers.runUntil(5e9);
    isUp = false;
    timers.runUntil(9e9);
    expect([changes, cluster.balancer.pool.eligibleCount]).toEqual([['b down'], 2]);
    isUp = true;
    timers.runUntil(12e9);
    expect(changes).toEqual(['b down', 'b up']);
    cluster.stop();
    expect(timers.pendingCount).toBe(0);
  });

  it.each([
    [{}, 1],
    [{ first_probes: 'together' }, 3],
  ])('with %j begins with probes of so many at once: %i', (first, atOnce) => {
    const timers = new FakeTimers();
    const probedNs: number[] = [];
    const prober = { probe: () => void probedNs.push(timers.nowNs) };
    const active = { interval: '1s', timeout: '500ms', ...first };
    clusterOf({ health: { active } }, THREE, { timers, prober });
    timers.runUntil(999e6);
    expect(probedNs).toHaveLength(3);
    expect(probedNs.filter((ns) => ns === probedNs[0])).toHaveLength(atOnce);
  });

  it('is seen in traffic: failures in a row eject, for a while', () => {
    const passive = { consecutive_5xx: 2, base_ejection: '3s', interval: '1s', max_ejected: '50%' };
    const { cluster, ask, end, timers } = clusterOf({ health: { passive } }, THREE);
    const outcomes = Array.from({ length: 6 }, () => ask());
    for (const { request, at } of outcomes) end(request, at === 'b' ? 'connect-error' : 'success');
    expect(cluster.balancer.pool.eligibleCount).toBe(2);
    timers.runUntil(5e9);
    expect(cluster.balancer.pool.eligibleCount).toBe(3);
  });
});

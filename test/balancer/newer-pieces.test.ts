import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  AperturePolicy,
  BoundedLoadPolicy,
  ConnectionQueue,
  createBalancer,
  LoadBand,
  mix32,
  NO_REQUEST,
  pickForRetry,
  policies,
  SyncPrequal,
  SyncProbes,
  type BackendIndex,
  type Balancer,
  type LoadReport,
  type Policy,
} from '../../balancer/index.ts';
import { FakeTimers } from './fake-timers.ts';
import { c3Score } from '../../balancer/policies/c3.ts';

const clock = { nowNs: 0 };
const policyOf = (name: string, options: object, seed = name): Policy =>
  policies.find((each) => each.name === name)!.create(options, { random: seedrandom.alea(seed) });

function filled(policy: Policy, count: number): Balancer {
  clock.nowNs = 0;
  const balancer = createBalancer({ policy, clock });
  for (let i = 0; i < count; i++) balancer.add({ id: `b${i}` });
  return balancer;
}

const KEYS = Array.from({ length: 20_000 }, (_, key) => mix32(key, 5));

describe('Varnish’s warmup and rampup', () => {
  const plain = filled(policyOf('ring-varnish', {}), 5);
  const home = KEYS.map((key) => plain.pick(key, 0));
  const away = KEYS.map((key) => plain.pick(key, 1));

  test('with warmup 0.2 a fifth of the requests goes to the key’s alternative', () => {
    const balancer = filled(policyOf('ring-varnish', { warmup: 0.2 }), 5);
    let alternative = 0;
    KEYS.forEach((key, i) => {
      const picked = balancer.pick(key, 0);
      expect([home[i], away[i]]).toContain(picked);
      if (picked === away[i]) alternative++;
    });
    // s.e. √(0.16 ÷ 20,000) = 0.28 %, four of them.
    expect(Math.abs(alternative / KEYS.length - 0.2)).toBeLessThan(0.0113);
  });

  test('one that comes back gets its keys in proportion to the time since then', () => {
    const balancer = filled(policyOf('ring-varnish', { rampup: '30s' }), 5);
    expect(KEYS.map((key) => balancer.pick(key, 0))).toEqual(home);
    const back = 2 as BackendIndex;
    balancer.pool.setHealthy(back, false);
    balancer.pick(0, 0);
    balancer.pool.setHealthy(back, true);
    const shareAt = (nowNs: number) => {
      clock.nowNs = nowNs;
      const own = KEYS.filter((_, i) => home[i] === back);
      return own.filter((key) => balancer.pick(key, 0) === back).length / own.length;
    };
    clock.nowNs = 100e9;
    expect(shareAt(100e9)).toBe(0);
    for (const elapsed of [0.25, 0.5, 0.75]) {
      expect(Math.abs(shareAt(100e9 + elapsed * 30e9) - elapsed)).toBeLessThan(0.05);
    }
    expect(shareAt(130e9)).toBe(1);
    // Others keep what is theirs throughout.
    const others = KEYS.filter((_, i) => home[i] !== back && away[i] !== back);
    clock.nowNs = 110e9;
    for (const key of others.slice(0, 500)) expect(balancer.pick(key, 0)).toBe(plain.pick(key, 0));
  });
});

describe('C3', () => {
  test('the score is R − 1/μ + q̂³/μ', () => {
    expect(c3Score(10, 4, 0, 1, 0)).toBe(10 - 4 + 4);
    expect(c3Score(10, 4, 2, 3, 1)).toBe(10 - 4 + 8 ** 3 * 4);
  });

  // Equal scores where q̂³/μ are equal: a server four times as slow gets a queue 4^(1/3) shorter.
  test('a server that is slower gets the cube root fewer in its queue', () => {
    const balancer = filled(policyOf('c3', {}), 2);
    const [fast, slow] = [0 as BackendIndex, 1 as BackendIndex];
    balancer.pick(0, 0);
    balancer.report(fast, { requestsInFlight: 0, serviceNs: 1e6 });
    balancer.report(slow, { requestsInFlight: 0, serviceNs: 4e6 });
    for (const backend of [fast, slow]) {
      balancer.start(backend);
      balancer.finish(backend, 'success', 5e6);
    }
    for (let request = 0; request < 300; request++) balancer.start(balancer.pick(0, 0));
    const ratio = balancer.pool.inFlight(fast) / balancer.pool.inFlight(slow);
    expect(Math.abs(ratio / 4 ** (1 / 3) - 1)).toBeLessThan(0.03);
  });

  test('a failure counts as slow', () => {
    const balancer = filled(policyOf('c3', {}), 2);
    const failing = balancer.pick(0, 0);
    balancer.start(failing);
    balancer.finish(failing, 'connect-error', 1000);
    for (let i = 0; i < 20; i++) expect(balancer.pick(0, 0)).not.toBe(failing);
  });
});

describe('Finagle’s load band', () => {
  test('widens above two requests a backend, narrows below a half, by one at a time', () => {
    const band = new LoadBand({ smoothNs: 1 });
    let nowNs = 0;
    for (let i = 0; i < 40; i++) {
      const before = band.aperture;
      band.change(1, 100, (nowNs += 1000));
      expect(band.aperture - before).toBeLessThanOrEqual(1);
    }
    // At 20 the load is two, which still widens.
    expect(band.aperture).toBe(21);
    for (let i = 0; i < 40; i++) band.change(-1, 100, (nowNs += 1000));
    // From ten in flight on, 10 ÷ 21 ≤ ½, each end takes one away.
    expect(band.aperture).toBe(10);
  });

  test('around a policy: a quiet client uses few, a busy one many, at most all', () => {
    const aperture = new AperturePolicy(policyOf('two-choices', {}), 42, { smoothNs: 1 });
    const balancer = filled(aperture, 10);
    const quiet = new Set(KEYS.slice(0, 100).map((key) => balancer.pick(key, 0)));
    expect(quiet.size).toBe(1);
    for (let i = 0; i < 100; i++) {
      clock.nowNs += 1000;
      balancer.start(balancer.pick(0, 0));
    }
    expect(aperture.aperture).toBe(10);
    expect(new Set(KEYS.slice(0, 300).map((key) => balancer.pick(key, 0))).size).toBeGreaterThan(1);
  });
});

describe('bounded loads around any policy', () => {
  test.each(['jump-hash', 'anchor-hash', 'rendezvous', 'ring-nginx', 'glb'])('%s', (name) => {
    for (const bound of [1.1, 1.25, 2]) {
      const balancer = filled(new BoundedLoadPolicy(policyOf(name, {}), bound), 10);
      for (let request = 0; request < 500; request++) {
        // Half of them ask for one key.
        const key = request % 2 === 0 ? 1 : KEYS[request]!;
        balancer.start(balancer.pick(key, 0));
        const cap = Math.ceil((bound * (request + 1)) / 10);
        for (let b = 0; b < 10; b++) {
          expect(balancer.pool.inFlight(b as BackendIndex)).toBeLessThanOrEqual(cap);
        }
      }
    }
  });
});

test('a connection queue starts, queues, refuses, and goes on in order', () => {
  const queue = new ConnectionQueue({ perBackend: 2, queue: 2 });
  const backend = 0 as BackendIndex;
  const became = [1, 2, 3, 4, 5].map((request) => queue.arrive(request, backend));
  expect(became).toEqual(['started', 'started', 'queued', 'queued', 'refused']);
  expect(queue.finish(backend)).toBe(3);
  expect(queue.abandon(3)).toBe(false);
  expect(queue.arrive(6, backend)).toBe('queued');
  expect(queue.abandon(4)).toBe(true);
  expect(queue.takeAll(backend)).toEqual([6]);
  expect([queue.finish(backend), queue.finish(backend)]).toEqual([NO_REQUEST, NO_REQUEST]);
  expect([queue.underWay(backend), queue.waiting(backend)]).toEqual([0, 0]);
  expect(() => queue.finish(backend)).toThrow('under way');
});

test('a connection queue behaves as plain lists do, whoever gives up', () => {
  const queue = new ConnectionQueue({ perBackend: 3, queue: 5 });
  const random = seedrandom.alea('queues');
  const lists = new Map<number, { underWay: number; waiting: number[] }>();
  const listOf = (backend: number) => {
    const list = lists.get(backend) ?? { underWay: 0, waiting: [] };
    lists.set(backend, list);
    return list;
  };
  for (let request = 0; request < 20_000; request++) {
    const backend = Math.floor(random() * 40) as BackendIndex;
    const list = listOf(backend);
    const draw = random();
    if (draw < 0.5) {
      const isFree = list.underWay < 3 && list.waiting.length === 0;
      const expected = isFree ? 'started' : list.waiting.length < 5 ? 'queued' : 'refused';
      expect(queue.arrive(request, backend)).toBe(expected);
      if (isFree) list.underWay++;
      else if (expected === 'queued') list.waiting.push(request);
    } else if (draw < 0.8) {
      if (list.underWay === 0) continue;
      const next = list.waiting.shift();
      if (next === undefined) list.underWay--;
      expect(queue.finish(backend)).toBe(next ?? NO_REQUEST);
    } else {
      const [gone] = list.waiting.splice(Math.floor(random() * list.waiting.length), 1);
      expect(queue.abandon(gone ?? request)).toBe(gone !== undefined);
    }
    expect(queue.waiting(backend)).toBe(list.waiting.length);
  }
});

test('a retry avoids whom a predicate rejects, for so many picks, then goes all the same', () => {
  const balancer = filled(policyOf('round-robin', {}), 4);
  const request = { keyHash: 0, attempt: 1 };
  const asked: BackendIndex[] = [];
  const rejectFirst = (count: number) => (backend: BackendIndex) => asked.push(backend) <= count;
  expect(pickForRetry(balancer, request, rejectFirst(1))).not.toBe(asked[0]);
  expect(asked).toHaveLength(2);
  asked.length = 0;
  expect(pickForRetry(balancer, request, rejectFirst(9), 3)).toBe(asked[3]);
  expect(asked).toHaveLength(4);
});

describe('Prequal’s synchronous mode', () => {
  test('waits for all answers but one and takes the best of them', () => {
    const probes = new SyncProbes(3);
    const backends = Int32Array.from({ length: 8 }, (_, i) => i);
    expect(probes.begin(backends, seedrandom.alea('sync'))).toBe(3);
    const asked = [0, 1, 2].map((i) => probes.probed(i));
    expect(new Set(asked).size).toBe(3);
    expect(probes.choose(4)).toBe(asked[0]);
    probes.answer(asked[2]!, 9, 1);
    expect(probes.isReady).toBe(false);
    probes.answer(asked[1]!, 2, 50);
    expect(probes.isReady).toBe(true);
    // The first answer is hot: faster, but out.
    expect(probes.choose(4)).toBe(asked[1]);
    expect(probes.choose(100)).toBe(asked[2]);
  });

  test('a holder that waits: two of three answers, or what came until the timeout', () => {
    const timers = new FakeTimers();
    const balancer = filled(policyOf('prequal', { mode: 'sync' }), 3);
    const answer = new Map<number, (report: LoadReport) => void>();
    const prequal = new SyncPrequal(
      { probes: 3, probe_timeout: '3ms' },
      {
        balancer,
        timers,
        random: seedrandom.alea('waits'),
        asker: { ask: (backend, answered) => answer.set(backend, answered) },
      },
    );
    const picked: BackendIndex[] = [];
    const pick = () => prequal.pick(0, 0, (backend) => picked.push(backend));
    pick();
    answer.get(2)!({ requestsInFlight: 5, latencyNs: 9e6 });
    expect(picked).toEqual([]);
    answer.get(0)!({ requestsInFlight: 5, latencyNs: 1e6 });
    answer.get(1)!({ requestsInFlight: 0, latencyNs: 0 });
    expect(picked).toEqual([0]);
    expect(timers.pendingCount).toBe(0);
    pick();
    answer.get(1)!({ requestsInFlight: 5, latencyNs: 9e6 });
    timers.runUntil(2e6);
    expect(picked).toEqual([0]);
    timers.runUntil(4e6);
    expect(picked).toEqual([0, 1]);
    for (let backend = 0; backend < 3; backend++) {
      balancer.pool.setHealthy(backend as BackendIndex, false);
    }
    pick();
    expect(picked).toEqual([0, 1, -1]);
  });

  test('as a policy it keeps away from a backend that is loaded', () => {
    const balancer = filled(policyOf('prequal', { mode: 'sync', probes: 5 }), 12);
    for (let i = 0; i < 60; i++) balancer.start(0 as BackendIndex);
    const picked = KEYS.slice(0, 300).map((key) => balancer.pick(key, 0));
    expect(picked.filter((backend) => backend === 0).length).toBeLessThan(10);
  });
});

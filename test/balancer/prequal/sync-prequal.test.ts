import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  SyncPrequal,
  SyncProbes,
  type BackendIndex,
  type LoadReport,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';
import { filled, KEYS, policyOf } from '../filled-balancer.ts';

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

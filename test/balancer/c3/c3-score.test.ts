import { describe, expect, test } from 'vitest';
import type { BackendIndex } from '../../../balancer/index.ts';
import { c3Score } from '../../../balancer/policies/c3.ts';
import { filled, policyOf } from '../filled-balancer.ts';

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

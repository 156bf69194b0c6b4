import { describe, expect, test } from 'vitest';
import { BoundedLoadPolicy, type BackendIndex } from '../../../balancer/index.ts';
import { filled, KEYS, policyOf } from '../filled-balancer.ts';

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

import { describe, expect, it } from 'vitest';
import { decodeScenario, expand } from '../../../scenarios/index.ts';
import { createSimulation, type WorldSpec } from '../../../sim/index.ts';

/** Everything at once, overloaded and failing: nothing may be lost or counted twice. */
const STORY = `version: 1
name: all-at-once
network:
  pops:
    lab:
      servers:
        - { count: 3, type: a, concurrency: 2, zone: a }
        - { count: 2, type: b, concurrency: 2, zone: b, priority: 1 }
      queue: 3
      balancers: 3
traffic:
  arrivals: poisson 250/s
  clients: 40 per region
  classes: { page: { service_time: exponential mean=28ms } }
  timeout: 300ms
  retry: { on: [timeout, 503, 5xx], max: 1, backoff: 5ms..20ms }
health:
  active: { kind: haproxy, interval: 300ms, timeout: 100ms, error_limit: 5 }
  passive: { consecutive_5xx: 3, base_ejection: 500ms, interval: 200ms, max_ejected: 40% }
balancer:
  policy: least-request
  slow_start: 1s
  retries: { on: [connect_error, 5xx, timeout], max: 2, per_try_timeout: 60ms, budget: 20% }
  circuit_breaker: { requests: 12, pending: 6, retries: 2 }
  connections: { max: 3, timeout: 40ms }
events:
  - { at: 500ms, fail: server/lab/a-0, for: 400ms }
  - { at: 1s, fail: server/lab/a-1, mode: blackhole, for: 400ms }
  - { at: 1500ms, degrade: server/lab/b-0, errors: 60%, probe_loss: 30%, for: 500ms }
  - { at: 2s, remove: server/lab/a-2, for: 400ms }
  - { at: 2200ms, reweight: server/lab/b-1, weight: 0 }
  - { at: 2500ms, restart: servers/lab/*, batch: 1, every: 200ms, drain: 100ms, for: 100ms }
  - { at: 3700ms, fail: pop/lab, for: 200ms }
run: { duration: 4500ms, seed: 7 }
strategies:
  priorities: { balancer: { priorities: on, affinity: cookie } }
  zones:
    balancer:
      zone_aware: { instances: [a, a, b], min_cluster_size: 1 }
      load_information: { board: 50ms }
  localities: { balancer: { policy: prequal, locality_weighted: { weights: { a: 2 } } } }
  subsets:
    health.active: swim
    health.passive: linkerd
    balancer.subset: { kind: random, size: 2 }
    balancer.retries.budget: { deposit: 10% }
  probed:
    balancer: { policy: prequal, mode: sync, affinity: { by: client, drain: move } }
  director: { balancer: { policy: null, director: { type: hash, quorum: 40% } } }
`;

function worlds(): readonly WorldSpec[] {
  const decoded = decodeScenario('all.yaml', STORY);
  if (!decoded.ok) throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('expand');
  return plans.value.map(({ world }) => world);
}

describe('whatever stands around a policy', () => {
  it.each(worlds().map((world) => [world.strategy, world] as const))(
    '%s: invariants hold after every event, and a second run is the same',
    (_, world) => {
      const first = createSimulation(world, 'seed', 0, { paranoid: true }).run();
      expect(first.metrics['requests']).toBeGreaterThan(900);
      expect(first.metrics['completed']).toBeGreaterThan(100);
      expect(first.metrics['probes'] ?? 1).toBeGreaterThan(0);
      const again = createSimulation(world, 'seed', 0).run();
      expect(again.fingerprint).toBe(first.fingerprint);
      expect(first.unfinished).toBe(0);
    },
  );
});

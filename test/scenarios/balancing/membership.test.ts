import { expect, it } from 'vitest';
import { play, shareOf } from './play.ts';

const LAB = `
network:
  pops:
    lab:
      servers: [{ count: 4, type: old, concurrency: 4 }, { count: 2, type: new, concurrency: 4 }]
traffic:
  arrivals: poisson 200/s
  classes: { page: { service_time: exponential mean=10ms } }
run: { duration: 40s, seed: 1 }
health: { active: { interval: 1s } }
`;

it('a server that an event adds is absent until then', () => {
  const { never, half } = play(`${LAB}
balancer: { policy: round-robin }
strategies: { never: {}, half: {} }
events: [{ at: 20s, name: grow, add: servers/lab/new-* }]
`);
  expect(half).toEqual({ ...never, strategy: 'half' });
  // A third of the requests of the second half.
  expect(shareOf(half!, 'lab/new')).toBeCloseTo(1 / 6, 1);
  expect(half!.servers['lab/new-0']!['probes']).toBe(20);
  expect(half!.servers['lab/old-0']!['probes']).toBe(40);
});

it('a server that is removed gets nothing more, and is probed no more', () => {
  const { default: result } = play(`${LAB}
balancer: { policy: round-robin }
events: [{ at: 10s, remove: servers/lab/new-*, for: 20s }]
`);
  expect(shareOf(result!, 'lab/new')).toBeCloseTo(1 / 6, 1);
  expect(result!.servers['lab/new-1']!['probes']).toBeLessThanOrEqual(21);
  expect(result!.metrics['availability']).toBe(1);
});

it('another weight is another share, and back', () => {
  const { default: result } = play(`${LAB}
balancer: { policy: weighted-round-robin }
events: [{ at: 0s, reweight: servers/lab/new-*, weight: 4, for: 20s }]
`);
  // 8 of 12, then 2 of 6.
  expect(shareOf(result!, 'lab/new')).toBeCloseTo((8 / 12 + 2 / 6) / 2, 1);
});

it('one weight in a hundred moves more than it must, less in Katran’s first version', () => {
  const { v1, v2 } = play(`
network: { pops: { lab: { servers: [{ count: 20, type: s, weight: 100, concurrency: 4 }] } } }
traffic: { arrivals: poisson 20/s, classes: { page: { service_time: 1ms } } }
events: [{ at: 5s, name: weigh, reweight: server/lab/s-7, weight: 50 }]
run: { duration: 10s, seed: 1 }
strategies: { v1: { balancer: maglev-katran-v1 }, v2: { balancer: maglev-katran-v2 } }
`);
  expect(v2!.windows['weigh']!['moved_keys_ratio']).toBeGreaterThan(0);
  expect(v1!.windows['weigh']!['moved_keys_ratio']).toBeLessThan(
    v2!.windows['weigh']!['moved_keys_ratio']!,
  );
});

it('a rolling restart loses nothing after a drain, and what is inside without one', () => {
  const { abrupt, drained } = play(`${LAB}
strategies:
  abrupt: {}
  drained:
    events: [{ at: 5s, restart: servers/lab/old-*, batch: 1, every: 8s, drain: 2s, for: 4s }]
balancer: { policy: round-robin }
events: [{ at: 5s, restart: servers/lab/old-*, batch: 1, every: 8s, for: 4s }]
`);
  expect(drained!.metrics['availability']).toBe(1);
  expect(abrupt!.metrics['errors']).toBeGreaterThan(100);
});

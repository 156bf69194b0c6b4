import { expect, it } from 'vitest';
import { play } from './play.ts';

/** `crash_when_full`: a server that cannot take one more dies with all it has. */

const { rejects, dies, roomy } = play(`
network: { pops: { lab: { servers: 1, concurrency: 1, queue: 9 } } }
traffic:
  arrivals: poisson 200/s
  classes: { page: { service_time: 10ms } }
run: { duration: 100s, seed: 4 }
strategies:
  rejects: {}
  dies: { network.pops.lab.crash_when_full: 1s }
  roomy: { network.pops.lab.crash_when_full: 1s, network.pops.lab.queue: unlimited }
`);

it('at twice its load it dies some 90 ms after each return, with the ten inside', () => {
  // It gains a hundred a second net, and one more than ten kills it; it is then gone for 1 s.
  const crashes = dies!.metrics['overload_crashes']!;
  expect(crashes).toBeGreaterThan(100 / (1 + 0.2));
  expect(crashes).toBeLessThan(100 / (1 + 0.05));
  // Of each life, those served: about one each 10 ms.
  const perLife = dies!.metrics['completed']! / crashes;
  expect(perLife).toBeGreaterThan(5);
  expect(perLife).toBeLessThan(20);
});

it('else it rejects, serves a hundred a second, and nothing of that is counted', () => {
  expect(rejects!.metrics['overload_crashes']).toBeNull();
  expect(rejects!.metrics['completed']).toBeGreaterThan(9_900);
});

it('a queue without end is never full', () => {
  expect(roomy!.metrics['overload_crashes']).toBe(0);
});

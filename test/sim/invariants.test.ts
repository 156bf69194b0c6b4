import { expect, test } from 'vitest';
import { createSimulation } from '../../sim/index.ts';
import { laboratory } from './laboratory.ts';

test('a broken invariant stops the run and names time, entity and the last events', () => {
  const world = laboratory({ durationNs: 10e9 });
  const paranoid = createSimulation(world, 'broken', 0, { paranoid: true });
  const { kernel, pops } = paranoid.tables;
  // A request that never was: the balancer counts one too many from 5 s on.
  kernel.after(5e9, () => pops.started(0, 0));
  expect(() => paranoid.run()).toThrow(/invariant broken at 5\d{3}(\.\d+)? ms: balancer 0: counts/);
  const trusting = createSimulation(world, 'broken', 0);
  trusting.tables.kernel.after(5e9, () => trusting.tables.requests.createdCount++);
  expect(() => trusting.run()).toThrow(/requests: .* created, .* ended[^]*oldest first:\n\d+ ns /);
});

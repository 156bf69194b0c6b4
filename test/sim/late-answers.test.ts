import { expect, test } from 'vitest';
import { createSimulation, type WorldSpec } from '../../sim/index.ts';
import type { Observer } from '../../sim/metrics/observer.ts';
import { Outcome } from '../../sim/requests.ts';
import { laboratory } from './laboratory.ts';
import { eventOn, twoPops } from './two-pops.ts';

const SECOND = 1e9;

/** Of each request that ended: outcome, how long it took, and its columns at the end. */
function endings(world: WorldSpec) {
  const ended: { outcome: number; afterNs: number; rttNs: number; server: number }[] = [];
  const observer: Observer = {
    requestEnded(request, outcome, endNs) {
      const { requests } = simulation.tables;
      const afterNs = endNs - requests.arrivedNs[request]!;
      const [rttNs, server] = [requests.rttNs[request]!, requests.server[request]!];
      ended.push({ outcome, afterNs, rttNs, server });
    },
  };
  const simulation = createSimulation(world, 'late', 0, { observers: [observer] });
  const result = simulation.run();
  return { ended, result };
}

test('an error that comes after the client has given up is a timeout', () => {
  const erring = (deadlineNs: number) =>
    endings(
      twoPops({
        serviceNs: 1e5,
        timeout: { law: 'constant', value: deadlineNs },
        durationNs: 20 * SECOND,
        events: [
          eventOn('ams', { verb: 'fail', mode: 'error' }, 0),
          eventOn('fra', { verb: 'fail', mode: 'error' }, 0),
        ],
      }),
    ).ended;
  const farthestNs = Math.max(...erring(10 * SECOND).map(({ rttNs }) => rttNs));
  // A new connection: two round trips of handshake, half a one to the POP, half a one back.
  const deadlineNs = Math.round(2.75 * farthestNs);
  const ended = erring(deadlineNs);
  const errors = ended.filter(({ outcome }) => outcome === Outcome.Error);
  const timeouts = ended.filter(({ outcome }) => outcome === Outcome.Timeout);
  expect(errors.length).toBeGreaterThan(0);
  expect(timeouts.length).toBeGreaterThan(0);
  expect(errors.length + timeouts.length).toBe(ended.length);
  for (const { afterNs } of errors) expect(afterNs).toBeLessThanOrEqual(deadlineNs);
  for (const { afterNs, rttNs } of timeouts) {
    expect(afterNs).toBe(deadlineNs);
    expect(rttNs).toBe(farthestNs);
  }
});

test('each attempt begins with nothing: a retry that reaches no server names none', () => {
  const world = laboratory({
    ratePerSecond: 20,
    serviceNs: 200e6,
    timeout: { law: 'constant', value: 100e6 },
    retry: { on: ['timeout'], max: 1 },
    durationNs: 20 * SECOND,
    events: [
      {
        name: 'drained',
        atNs: 5 * SECOND,
        untilNs: Infinity,
        targets: [{ kind: 'server', pop: 'lab', server: '0' }],
        action: { verb: 'drain', gradualNs: 0 },
      },
    ],
  });
  const { ended, result } = endings(world);
  const errors = ended.filter(({ outcome }) => outcome === Outcome.Error);
  expect(errors.length).toBeGreaterThan(100);
  for (const { server } of errors) expect(server).toBe(-1);
  expect(result.servers['lab/0']!['requests']).toBe(ended.length - errors.length);
});

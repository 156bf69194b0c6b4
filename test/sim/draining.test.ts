import { expect, test } from 'vitest';
import { createSimulation, type WorldSpec } from '../../sim/index.ts';
import type { Observer } from '../../sim/metrics/observer.ts';
import { laboratory } from './laboratory.ts';
import { eventOn, twoPops } from './two-pops.ts';

const SECOND = 1e9;
const DRAINED_NS = 20 * SECOND;

/** Arrivals of requests that a POP answered. */
function arrivalsAt(pop: string, world: WorldSpec): number[] {
  const arrivals: number[] = [];
  const observer: Observer = {
    requestEnded(request) {
      const { requests, pops } = simulation.tables;
      if (pops.names[requests.pop[request]!] === pop) arrivals.push(requests.arrivedNs[request]!);
    },
  };
  const simulation = createSimulation(world, 'drain', 0, { observers: [observer] });
  const { metrics } = simulation.run();
  expect(metrics['availability']).toBe(1);
  return arrivals;
}

test.each([60 * SECOND, 0])(
  'under DNS, clients with open connections leave a drained POP with its next answer',
  (keepAliveNs) => {
    const drain = eventOn('ams', { verb: 'drain', gradualNs: 0 }, DRAINED_NS);
    const plain = twoPops({ serviceNs: 1e5, durationNs: 60 * SECOND, events: [drain] });
    const world: WorldSpec = {
      ...plain,
      // Three clients a region, each with a request a second or so: connections stay open.
      traffic: { ...plain.traffic, clientsPerRegion: 3, keepAliveNs },
      routing: {
        ...plain.routing,
        strategy: { name: 'dns-latency', options: {} },
        dns: { ...plain.routing.dns, ttlNs: 5 * SECOND },
      },
    };
    const arrivals = arrivalsAt('ams', world);
    expect(arrivals.filter((atNs) => atNs < DRAINED_NS).length).toBeGreaterThan(100);
    // Resolvers' answers live 5 s; each client then needs one more answer.
    const late = arrivals.filter((atNs) => atNs > DRAINED_NS + 8 * SECOND);
    expect(late.length).toBe(0);
  },
);

test('a drained server finishes what it has and takes nothing new', () => {
  const world = laboratory({
    ratePerSecond: 100,
    servers: 2,
    serviceNs: 15e6,
    policy: 'round-robin',
    durationNs: 40 * SECOND,
    events: [
      {
        name: 'drained',
        atNs: DRAINED_NS,
        untilNs: 21 * SECOND,
        targets: [{ kind: 'server', pop: 'lab', server: '0' }],
        action: { verb: 'drain', gradualNs: 0 },
      },
    ],
  });
  let finishedLater = 0;
  let takenMeanwhile = 0;
  const observer: Observer = {
    requestEnded(request, _outcome, endNs) {
      const { requests } = simulation.tables;
      if (requests.server[request] !== 0) return;
      const arrivedNs = requests.arrivedNs[request]!;
      if (arrivedNs >= DRAINED_NS && arrivedNs < 21 * SECOND) takenMeanwhile++;
      if (arrivedNs < DRAINED_NS && endNs > DRAINED_NS) finishedLater++;
    },
  };
  const simulation = createSimulation(world, 'drain 3', 0, { observers: [observer] });
  const { metrics } = simulation.run();
  expect(metrics['availability']).toBe(1);
  expect(takenMeanwhile).toBe(0);
  expect(finishedLater).toBeGreaterThan(0);
});

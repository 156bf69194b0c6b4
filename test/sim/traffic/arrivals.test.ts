import { expect, test } from 'vitest';
import { createSimulation, type EventSpec, type WorldSpec } from '../../../sim/index.ts';
import type { Observer } from '../../../sim/metrics/observer.ts';
import { laboratory } from '../laboratory.ts';
import { twoPops } from '../two-pops.ts';

const SECOND = 1e9;

/** When requests arrived, and of which class. */
function arrivalsIn(world: WorldSpec): { readonly atNs: number; readonly classIndex: number }[] {
  const arrivals: { atNs: number; classIndex: number }[] = [];
  const observer: Observer = {
    requestEnded(request) {
      const { requests } = simulation.tables;
      const atNs = requests.arrivedNs[request]!;
      arrivals.push({ atNs, classIndex: requests.classIndex[request]! });
    },
  };
  const simulation = createSimulation(world, 'arrivals', 0, { observers: [observer] });
  simulation.run();
  return arrivals.sort((a, b) => a.atNs - b.atNs);
}

function surge(target: EventSpec['targets'][number], factor: number): EventSpec {
  return {
    name: 'crowd',
    atNs: 10 * SECOND,
    untilNs: 20 * SECOND,
    targets: [target],
    action: { verb: 'surge', factor },
  };
}

const constant = (options: Parameters<typeof laboratory>[0]) =>
  laboratory({
    arrivals: { law: 'constant', ratePerSecond: 100 },
    serviceNs: 1e5,
    durationNs: 30 * SECOND,
    ...options,
  });

test('constant arrivals: one every 1/rate, also across a change of rate', () => {
  const arrivals = arrivalsIn(constant({ events: [surge({ kind: 'world' }, 3)] }));
  const gaps = arrivals.slice(1).map(({ atNs }, index) => atNs - arrivals[index]!.atNs);
  // 10 s at 100/s, 10 s at 300/s, 10 s at 100/s less the one that would come at the very end.
  expect(arrivals.length).toBe(1000 + 3000 + 999);
  for (const gap of gaps) expect([10e6, 3333333, 3333334, 3333332]).toContain(gap);
});

test('a surge of one class under constant arrivals multiplies that class alone', () => {
  const plain = constant({ events: [surge({ kind: 'class', class: 'page' }, 5)] });
  const page = plain.classes[0]!;
  const classes = [
    { ...page, share: 0.4 },
    { ...page, name: 'other', share: 0.6 },
  ];
  const arrivals = arrivalsIn({ ...plain, classes });
  const count = (classIndex: number, fromNs: number) =>
    arrivals.filter(
      ({ atNs, classIndex: other }) =>
        other === classIndex && atNs >= fromNs && atNs < fromNs + 10 * SECOND,
    ).length;
  // 400 and 600 before; 2,000 and 600 during. Four binomial standard errors are at most 90.
  expect(Math.abs(count(0, 0) - 400)).toBeLessThan(62);
  expect(Math.abs(count(0, 10 * SECOND) - 2000)).toBeLessThan(90);
  expect(Math.abs(count(1, 10 * SECOND) - 600)).toBeLessThan(90);
});

test('constant arrivals follow the day curve', () => {
  const plain = constant({ durationNs: 7200 * SECOND });
  const dayCurve = { kind: 'daily', amplitude: 0.5, peakHour: 12, startUtcHour: 12 } as const;
  const arrivals = { law: 'constant', ratePerSecond: 1 } as const;
  const { length } = arrivalsIn({ ...plain, traffic: { ...plain.traffic, arrivals, dayCurve } });
  // ∫ 1 + ½ cos(2πt/24 h) over two hours: 7,200 + 3,600 · sin(π/6)/(π/6) = 10,637.7
  expect(length / (7200 + 3600 * (Math.sin(Math.PI / 6) / (Math.PI / 6)))).toBeCloseTo(1, 3);
});

test('a trace is dealt out to the sources: each arrival happens once', () => {
  const atNs = Array.from({ length: 500 }, (_, index) => index * 20e6 + 7);
  const world = twoPops({ arrivals: { law: 'trace', atNs }, serviceNs: 1e5 });
  expect(arrivalsIn(world).map((arrival) => arrival.atNs)).toEqual(atNs);
});

test('a trace has no rate: surges of it are refused', () => {
  const events = [surge({ kind: 'world' }, 2)];
  const world = laboratory({ arrivals: { law: 'trace', atNs: [1, 2, 3] }, events });
  expect(() => createSimulation(world, 'trace', 0)).toThrow('traffic by trace has no rate');
});

import { expect, test } from 'vitest';
import { VisitState } from '../../sim/pop/visits.ts';
import { createSimulation } from '../../sim/simulation.ts';
import type { WorldSpec } from '../../sim/world.ts';
import { describeWorld, randomWorld } from './random-world.ts';
import { watch } from './watch.ts';

/** The swarm of the nightly is larger; a failure is a seed, printed with its world. */
const SEEDS = Array.from({ length: 80 }, (_, index) => 1001 + index);

test.each(SEEDS)('what must hold always holds: seed %i', (seed) => {
  const world = randomWorld(seed, 400);
  // The simulator's own invariants: in all worlds at the end, in some after every event.
  const run = watch(world, 'swarm', seed % 8 === 0);
  const { result, simulation } = run;
  const what = describeWorld(world);
  expect(run.breaches, what).toEqual([]);
  expect(unspeakable(result), what).toEqual([]);

  // Every request ends once, or is still in flight.
  const { requests, stations } = simulation.tables;
  expect(new Set(run.ends.map(({ key }) => key)).size, what).toBe(run.ends.length);
  expect(run.ends.length + requests.inFlightCount, what).toBe(requests.createdCount);

  // The ends add up, for the world and each class; classes and windows partition the requests.
  const groups = [result.metrics, ...Object.values(result.classes), ...Object.values(result.pops)];
  for (const group of groups) {
    const { completed, errors, timeouts, unreachable } = group;
    expect(completed! + errors! + timeouts! + unreachable!, what).toBe(group['requests']);
  }
  const ofClasses = Object.values(result.classes).map((group) => group['requests']!);
  expect(sum(ofClasses), what).toBe(result.metrics['requests']);
  for (const name of Object.keys(result.windows)) {
    const parts = [result.before[name]!, result.windows[name]!, result.after[name]!];
    const inStory = run.ends.filter(
      ({ arrivedNs }) => arrivedNs >= 0 && arrivedNs < world.time.durationNs,
    );
    expect(sum(parts.map((part) => part['requests']!)), what).toBe(inStory.length);
  }

  // The gauges' integrals are those added up event by event.
  run.insideArea.forEach((area, server) => {
    expect(stations.gauges.insideArea(server), what).toBeCloseTo(area, 0);
  });
});

test.each(SEEDS.slice(0, 30))(
  "Little's law holds exactly in a plain laboratory: seed %i",
  (seed) => {
    const world = plainLaboratory(randomWorld(seed, 400));
    const run = watch(world, 'little');
    const { cutNs, durationNs } = world.time;
    // ∫ N dt = Σ of the time each request spent inside within the window.
    const { stations, requests } = run.simulation.tables;
    const { gauges, count, visits } = stations;
    const insideNs = (arrivedNs: number, endNs: number) =>
      Math.max(0, Math.min(endNs, durationNs) - Math.max(arrivedNs, cutNs));
    const inside = run.ends.map(({ arrivedNs, endNs }) => insideNs(arrivedNs, endNs));
    for (let visit = 0; visit < visits.capacity; visit++) {
      if (visits.state[visit] !== VisitState.Free) {
        inside.push(insideNs(visits.enteredNs[visit]!, Infinity));
      }
    }
    expect(run.ends.length + requests.inFlightCount).toBe(requests.createdCount);
    let area = 0;
    for (let server = 0; server < count; server++) area += gauges.insideArea(server);
    expect(area, describeWorld(world)).toBe(sum(inside));
    expect(area).toBeGreaterThan(0);
  },
);

test('the same seed gives the same fingerprint and bytes, another seed another', () => {
  for (const seed of SEEDS.slice(0, 5)) {
    const run = (name: string) => createSimulation(randomWorld(seed, 400), name, 0).run();
    const first = run('a');
    expect(JSON.stringify(run('a'))).toBe(JSON.stringify(first));
    expect(run('b').fingerprint).not.toBe(first.fingerprint);
  }
});

/** Stations only, everybody waits to the end: time in the system is time at the station. */
function plainLaboratory({ network: _network, ...world }: WorldSpec): WorldSpec {
  const retry = { ...world.traffic.retry, max: 0 };
  return {
    ...world,
    origins: [],
    cache: null,
    health: null,
    events: [],
    pops: world.pops.map((pop) => ({ ...pop, queueLimit: Infinity })),
    classes: world.classes.map((spec) => ({ ...spec, objects: null })),
    traffic: { ...world.traffic, timeout: null, retry },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Numbers that JSON could not say. */
function unspeakable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${value}`];
  if (typeof value !== 'object' || value === null) return value === undefined ? [path] : [];
  return Object.entries(value).flatMap(([key, part]) => unspeakable(part, `${path}.${key}`));
}

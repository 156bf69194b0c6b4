import { expect, test } from 'vitest';
import { createSimulation, type EventSpec, type WorldSpec } from '../../sim/index.ts';
import { Tier } from '../../sim/pop/fetches.ts';
import { laboratory } from './laboratory.ts';
import { eventOn, twoPops } from './two-pops.ts';

const SECOND = 1e9;

/** One object, asked for at these instants; the origin needs a second. */
function fetching(atNs: readonly number[], events: readonly EventSpec[]): WorldSpec {
  return laboratory({
    arrivals: { law: 'trace', atNs },
    serviceNs: 1e5,
    objects: 1,
    cache: { objects: 10 },
    origin: { serviceNs: SECOND },
    timeout: { law: 'constant', value: 30 * SECOND },
    durationNs: 40 * SECOND,
    events,
  });
}

test('a POP that loses power while it fetches finds nothing in its cache afterwards', () => {
  // The answer of the first fetch arrives at 2 s, when the POP is back without its memory.
  const outage = eventOn('lab', { verb: 'fail', mode: 'power' }, 1.5 * SECOND, 1.6 * SECOND);
  const world = fetching([SECOND, 3 * SECOND, 10 * SECOND], [outage]);
  const { metrics } = createSimulation(world, 'lost', 0).run();
  expect(metrics['timeouts']).toBe(1);
  expect(metrics['miss']).toBe(2);
  expect(metrics['hits']).toBe(1);
  expect(metrics['origin_fetches']).toBe(2);
});

test('a server that loses power answers 5xx to who waits for its fetch, and forgets it', () => {
  const outage: EventSpec = {
    name: null,
    atNs: 1.5 * SECOND,
    untilNs: 1.6 * SECOND,
    targets: [{ kind: 'server', pop: 'lab', server: '0' }],
    action: { verb: 'fail', mode: 'power' },
  };
  const world = fetching([SECOND, 1.2 * SECOND, 3 * SECOND], [outage]);
  const { metrics } = createSimulation(world, 'lost', 0).run();
  expect(metrics['errors']).toBe(2);
  expect(metrics['completed']).toBe(1);
  expect(metrics['miss']).toBe(2);
  expect(metrics['collapsed']).toBe(1);
});

test('edge fetches that wait for a shield without power go to the origin themselves', () => {
  const plain = twoPops({
    ratePerSecond: 20,
    serviceNs: 1e5,
    objects: 100,
    cache: { objects: 200 },
    origin: { serviceNs: SECOND },
    timeout: { law: 'constant', value: 10 * SECOND },
    durationNs: 20 * SECOND,
    events: [eventOn('fra', { verb: 'fail', mode: 'power' }, 2 * SECOND)],
  });
  const shield = { ...plain.cache!.edge!, pops: ['fra'] };
  const world = { ...plain, cache: { ...plain.cache!, shield } };
  const simulation = createSimulation(world, 'lost', 0);
  const { fetches, caches, pops } = simulation.tables;
  let waitingBefore = 0;
  simulation.tables.kernel.after(2 * SECOND - 1, () => {
    waitingBefore = fetches.inOrder((fetch) => fetches.awaits[fetch] !== -1).length;
  });
  const { pops: ofPops } = simulation.run();
  expect(waitingBefore).toBeGreaterThan(0);
  // Those who ask in AMS lose time, not answers: its fetches go round.
  expect(ofPops['ams']!['availability']).toBe(1);
  expect(ofPops['ams']!['latency_max_s']).toBeGreaterThan(2);
  for (let server = 0; server < pops.serverCountOf(1); server++) {
    expect(caches.cache(Tier.Shield, pops.firstServer(1) + server)!.objectCount).toBe(0);
  }
});

test('a table of fetches that grows while one of them sends another forgets nothing', () => {
  const plain = twoPops({
    ratePerSecond: 100,
    serviceNs: 1e5,
    objects: 2000,
    cache: { objects: 5000 },
    origin: { serviceNs: 1000 * SECOND, timeoutNs: Infinity },
    durationNs: 20 * SECOND,
  });
  const shield = { ...plain.cache!.edge!, pops: ['fra'] };
  const world = { ...plain, cache: { ...plain.cache!, shield } };
  const simulation = createSimulation(world, 'grown', 0);
  const { kernel, fetches } = simulation.tables;
  let waitingCount = 0;
  kernel.after(19 * SECOND, () => {
    const atEdge = fetches.inOrder((fetch) => fetches.tier[fetch] === Tier.Edge);
    waitingCount = atEdge.filter((fetch) => fetches.shieldServer[fetch] !== -1).length;
    const awaited = atEdge.filter((fetch) => fetches.awaits[fetch] !== -1).length;
    expect(awaited).toBe(waitingCount);
  });
  simulation.run();
  // Beyond the first 256 slots and the next.
  expect(waitingCount).toBeGreaterThan(512);
});

test('a dark origin is found by the connect timeout, tried again, and given up', () => {
  const dark: EventSpec = {
    name: 'dark',
    atNs: 0,
    untilNs: Infinity,
    targets: [{ kind: 'origin', origin: 'main' }],
    action: { verb: 'fail', mode: 'blackhole' },
  };
  const base = fetching([SECOND], [dark]);
  const origins = base.origins.map((origin) => ({
    ...origin,
    retryMax: 2,
    timeoutNs: Infinity,
    connectTimeoutNs: SECOND,
  }));
  const { metrics } = createSimulation({ ...base, origins }, 'dark', 0).run();
  expect(metrics['errors']).toBe(1);
  expect(metrics['origin_fetches']).toBe(3);
  expect(metrics['origin_errors']).toBe(1);
});

test('what an origin without power had inside is never answered, but given up in the end', () => {
  const dark: EventSpec = {
    name: 'dark',
    atNs: 1.5 * SECOND,
    untilNs: 1.6 * SECOND,
    targets: [{ kind: 'origin', origin: 'main' }],
    action: { verb: 'fail', mode: 'power' },
  };
  const waitingForEver = { ...fetching([SECOND], [dark]) };
  const world: WorldSpec = {
    ...waitingForEver,
    time: { preRunNs: 0, cutNs: 0, durationNs: 200 * SECOND },
    traffic: { ...waitingForEver.traffic, timeout: null },
    origins: waitingForEver.origins.map((origin) => ({ ...origin, timeoutNs: Infinity })),
  };
  const { metrics, unfinished } = createSimulation(world, 'dark', 0).run();
  expect(unfinished).toBe(0);
  expect(metrics['errors']).toBe(1);
});

import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createBalancer,
  policies,
  type BackendIndex,
  type Balancer,
} from '../../../balancer/index.ts';
import { LatencyByLoad } from '../../../balancer/prequal/latency-by-load.ts';
import { SharedProcessors } from './processor-sharing.ts';

/**
 * The load ramp of Prequal's paper (NSDI 2024, figure 6), scaled down: clients that know only
 * their own requests, servers that share their processors, neighbours that take a part of some. 40
 * clients and servers instead of 100, a pool of 8 answers.
 */
const SERVERS = 40;
const CLIENTS = 40;
const REQUESTS = 40_000;
/** Work is normal with a standard deviation as great as its mean, cut at 0. */
const WORK_MS = 10;
/** One in five is held down by its neighbours; the others may use what theirs leave. */
const SPEEDS = Array.from({ length: SERVERS }, (_, i) => (i % 5 === 0 ? 0.6 : 1.6));

/** 99th percentile of the latency in ms. */
function tailOf(name: string, options: object, load: number): number {
  const random = seedrandom.alea(`ramp ${load}`);
  const clock = { nowNs: 0 };
  const servers = new SharedProcessors(SPEEDS);
  const toldLatency = new LatencyByLoad();
  toldLatency.reserve(SERVERS);
  const definition = policies.find((policy) => policy.name === name)!;
  const clients = Array.from({ length: CLIENTS }, (_, client): Balancer => {
    const loadProber = {
      // A probe takes no time beside a request: the server says what it has now.
      probe: (backend: BackendIndex) => {
        const requestsInFlight = servers.inside[backend]!.length;
        const latencyNs = toldLatency.estimateNs(backend, requestsInFlight, clock.nowNs);
        balancer.report(backend, { requestsInFlight, latencyNs });
      },
    };
    const ports = { random: seedrandom.alea(`client ${client}`), loadProber };
    const balancer = createBalancer({ policy: definition.create(options, ports), clock });
    for (let i = 0; i < SERVERS; i++) balancer.add({ id: `s${i}` });
    return balancer;
  });
  const latencies: number[] = [];
  const meanGapMs = WORK_MS / (SERVERS * load);
  let nextMs = 0;
  for (let arrivals = 0; arrivals < REQUESTS;) {
    const { server, endMs } = servers.next();
    const nowMs = Math.min(endMs, nextMs);
    clock.nowNs = Math.round(nowMs * 1e6);
    if (endMs <= nextMs) {
      const { client, startMs } = servers.leave(server, nowMs);
      const latencyMs = nowMs - startMs;
      const inside = servers.inside[server]!.length;
      toldLatency.add(server as BackendIndex, inside, latencyMs * 1e6, clock.nowNs);
      clients[client]!.finish(server as BackendIndex, 'success', latencyMs * 1e6);
      if (arrivals > REQUESTS / 5) latencies.push(latencyMs);
      continue;
    }
    const client = Math.floor(random() * CLIENTS);
    const backend = clients[client]!.pick(arrivals++, 0);
    clients[client]!.start(backend);
    servers.enter(backend, client, drawWork(random), nowMs);
    nextMs = nowMs - Math.log(1 - random()) * meanGapMs;
  }
  latencies.sort((a, b) => a - b);
  return latencies[Math.floor(0.99 * latencies.length)]!;
}

/** Box and Muller's normal law. */
function drawWork(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return Math.max(0.01, WORK_MS * (1 + radius * Math.cos(2 * Math.PI * random())));
}

describe.each([0.9, 1.1])('at %f times the allocation', (load) => {
  // The paper's order: random and turns, then the least loaded of two, then the hot-cold rule.
  test('the order of the 99th percentiles', () => {
    const tail = (name: string, options = {}) => tailOf(name, options, load);
    const byChance = tail('random');
    const inTurn = tail('weighted-round-robin');
    const ofTwo = tail('two-choices');
    const hotCold = tail('prequal', { pool_size: 8 });
    expect(Math.min(byChance, inTurn)).toBeGreaterThan(ofTwo);
    expect(ofTwo).toBeGreaterThan(hotCold);
    if (load > 1) expect(inTurn / hotCold).toBeGreaterThan(2);
  });
});

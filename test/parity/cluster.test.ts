import { describe, expect, it } from 'vitest';
import {
  createCluster,
  type BackendIndex,
  type ClusterOptions,
  type DrawPurpose,
} from '../../balancer/index.ts';
import { decodeScenario, expand } from '../../scenarios/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { RandomStreams } from '../../sim/kernel/random.ts';
import { FakeTimers } from '../balancer/fake-timers.ts';

/**
 * The library's cluster and the simulator's balancers are given the same options, members, draws
 * and requests: each request must go to the same server, or be refused, and end at the same
 * nanosecond. Server 1 refuses everything, 0 drains from 5 s to 8 s, and 2 leaves at 10 s.
 */
const SERVERS = [
  { id: 'lab/a-0', zone: 'a' },
  { id: 'lab/a-1', zone: 'a' },
  { id: 'lab/a-2', zone: 'a' },
  { id: 'lab/b-0', zone: 'b', priority: 1 },
  { id: 'lab/b-1', zone: 'b', priority: 1 },
];
const POP = `{ concurrency: 1000, servers: [
  { type: a, count: 3, zone: a }, { type: b, count: 2, zone: b, priority: 1 } ] }`;

/** Of what arrives later the simulator may not see the end: it stops after 12 s. */
const TOLD_NS = 11.5e9;

interface Served {
  readonly arrivedNs: number;
  readonly keyHash: number;
  readonly client: number;
  readonly serviceNs: number;
  /** −1: refused by the balancer. */
  readonly server: number;
  readonly endNs: number;
}

function simulated({ balancer, health }: ClusterOptions): Served[] {
  const text = `
version: 1
name: parity
network: { pops: { lab: ${POP} } }
traffic:
  arrivals: poisson 500/s
  clients: 40 per region
  classes: { page: { service_time: exponential mean=10ms } }
balancer: ${JSON.stringify(balancer)}
health: ${JSON.stringify(health ?? 'off')}
events:
  - { at: 0s, name: bad, fail: server/lab/a-1 }
  - { at: 5s, name: away, drain: server/lab/a-0, for: 3s }
  - { at: 10s, name: gone, remove: server/lab/a-2 }
run: { duration: 12s, seed: 1 }
`;
  const decoded = decodeScenario('parity.yaml', text);
  if (!decoded.ok) throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(plans.diagnostics.map(({ message }) => message).join('\n'));
  const served: Served[] = [];
  const simulation = createSimulation(plans.value[0]!.world, 'seed', 0, {
    observers: [
      {
        requestEnded(request, _outcome, endNs) {
          const { requests } = simulation.tables;
          served.push({
            arrivedNs: requests.arrivedNs[request]!,
            keyHash: requests.keyHash[request]!,
            client: requests.client[request]!,
            serviceNs: requests.serviceNs[request]!,
            server: requests.server[request]!,
            endNs,
          });
        },
      },
    ],
  });
  simulation.run();
  return served.toSorted((a, b) => a.arrivedNs - b.arrivedNs);
}

/** Where the simulator's instances draw from. */
const STREAMS: Readonly<Record<DrawPurpose, string>> = {
  policy: 'policy',
  layers: 'balancer-layers',
  probes: 'probe-jitter',
  passive: 'passive-health',
  'probed-picks': 'sync-probes',
};

function replayed(options: ClusterOptions, story: readonly Served[]) {
  const timers = new FakeTimers();
  const streams = new RandomStreams('seed', 0);
  const result = story.map(() => ({ server: -1, endNs: 0 }));
  const cookies = new Map<number, string>();
  const end = (request: number, server: number) => {
    result[request] = { server, endNs: timers.nowNs };
  };
  const cluster = createCluster(options, SERVERS, {
    timers,
    random: (purpose) => {
      const stream = streams.stream(STREAMS[purpose], 'lab/0');
      return () => stream.uniform();
    },
    cookies: {
      cookieOf: (client) => cookies.get(client),
      set: (client, value) => cookies.set(client, value),
    },
    ends: {
      send(request, backend: BackendIndex) {
        const isRefusing = backend === 1;
        const sentNs = timers.nowNs;
        cluster.balancer.start(backend);
        const left = () => {
          cluster.dispatcher.left(request);
          const outcome = isRefusing ? 'connect-error' : 'success';
          cluster.balancer.finish(backend, outcome, timers.nowNs - sentNs);
          if (isRefusing && cluster.dispatcher.retried(request, 'connect_error')) return;
          end(request, backend);
        };
        if (isRefusing) left();
        else timers.after(Math.round(story[request]!.serviceNs), left);
      },
      refused: (request) => end(request, -1),
      gaveUp: () => {},
    },
  });
  timers.after(5e9, () => cluster.drain('lab/a-0'));
  timers.after(8e9, () => cluster.undrain('lab/a-0'));
  timers.after(10e9, () => cluster.remove('lab/a-2'));
  story.forEach(({ arrivedNs, keyHash, client }, request) => {
    timers.runUntil(arrivedNs - 1);
    timers.after(1, () => cluster.dispatcher.arrived(request, keyHash, client, 0));
    timers.runUntil(arrivedNs);
  });
  timers.runUntil(20e9);
  cluster.stop();
  return result;
}

const CASES: Readonly<Record<string, ClusterOptions>> = {
  'a policy alone': { balancer: { policy: 'two-choices', retries: { max: 1 } } },
  'retries within a budget': {
    balancer: { policy: 'round-robin', retries: { max: 3, budget: '20%', avoid_previous: 3 } },
  },
  deposits: {
    balancer: { policy: 'maglev', retries: { max: 2, budget: { deposit: '10%', per_second: 5 } } },
  },
  'limits and queues': {
    balancer: {
      policy: 'least-request',
      connections: { max: 1, timeout: '8ms' },
      circuit_breaker: { requests: 4, pending: 3, retries: 1 },
      retries: { max: 1 },
    },
  },
  cookies: { balancer: { policy: 'random', affinity: 'cookie', retries: { max: 2 } } },
  'clients, queues, drains': {
    balancer: {
      policy: 'round-robin',
      affinity: { by: 'client', ttl: '2s' },
      connections: { max: 2 },
      retries: { max: 2 },
    },
  },
  priorities: {
    balancer: { policy: { 'ring-hash': { vnodes: 40 } }, priorities: true, retries: { max: 1 } },
  },
  zones: {
    balancer: { policy: 'random', locality_weighted: { weights: { a: 2 } }, retries: { max: 1 } },
  },
  'ejection and slow start': {
    balancer: { policy: 'weighted-round-robin', slow_start: '2s', retries: { max: 1 } },
    health: { passive: { consecutive_5xx: 3, base_ejection: '1s', max_ejected: '60%' } },
  },
  'a kind of check by name': {
    balancer: { policy: 'peak-ewma', retries: { max: 1 } },
    health: { passive: { kind: 'nginx', max_fails: 2, fail_timeout: '1s' } },
  },
};

describe('the library’s cluster sends each request where the simulator does', () => {
  it.each(Object.entries(CASES))('%s', (_, options) => {
    const story = simulated(options);
    const result = replayed(options, story);
    const told = story.filter(({ arrivedNs }) => arrivedNs < TOLD_NS);
    const different = told.filter(
      ({ server, endNs }, i) => server !== result[i]!.server || endNs !== result[i]!.endNs,
    );
    expect(different.slice(0, 3)).toEqual([]);
    expect(told.length).toBeGreaterThan(5000);
  });
});

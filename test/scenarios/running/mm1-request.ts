import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventSpec, WorldSpec } from '../../../sim/index.ts';
import type { PlannedStrategy, RunOptions, RunRequest } from '../../../scenarios/running/index.ts';

/** The tests run this from sources and compiled. */
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';

/** A laboratory with one server: arrivals at 80/s, service 10 ms ÷ speed. */
export function labWorld(
  strategy: string,
  options: {
    speed?: number;
    duration_s?: number;
    className?: string;
    timeline_s?: number;
    events?: readonly EventSpec[];
  } = {},
): WorldSpec {
  const { speed = 1, duration_s = 20, className = 'page', timeline_s = 0, events = [] } = options;
  return {
    scenario: 'mm1',
    strategy,
    time: { preRunNs: 0, cutNs: 0, durationNs: duration_s * 1e9 },
    pops: [
      {
        name: 'lab',
        balancerCount: 1,
        discipline: 'fifo',
        queueLimit: Infinity,
        egressBps: Infinity,
        servers: [{ name: '0', weight: 1, concurrency: 1, speed }],
      },
    ],
    origins: [],
    classes: [
      {
        name: className,
        share: 1,
        serviceTime: { law: 'exponential', mean: 10e6 },
        sizeBytes: { law: 'constant', value: 0 },
        objects: null,
        passRatio: 0,
        ttlNs: Infinity,
      },
    ],
    traffic: {
      arrivals: { law: 'poisson', ratePerSecond: 80 },
      dayCurve: { kind: 'flat' },
      protocols: [],
      clientsPerRegion: 1,
      keepAliveNs: 0,
      timeout: null,
      accessBps: Infinity,
      handshakeServiceNs: 0,
      retry: { on: [], max: 0, backoffLowNs: 0, backoffHighNs: 0, budgetRatio: Infinity },
    },
    routing: {
      strategy: { name: 'anycast', options: {} },
      convergence: 'instant',
      bgp: { mraiNs: 0, holdTimerNs: 0, bfd: false, propagationLowNs: 0, propagationHighNs: 0 },
      dns: {
        ttlNs: 0,
        clientsIgnoringTtlRatio: 0,
        ecsRatio: 0,
        remoteResolverRatio: 0,
        failoverNs: 0,
      },
      prepends: {},
      announceFrom: 'all',
      announceVia: [],
    },
    balancer: { policy: { name: 'random', options: {} }, hashKey: 'client' },
    health: null,
    cache: null,
    events,
    record: {
      timelineNs: timeline_s * 1e9,
      quantiles: [0.5, 0.95, 0.99],
      latencyLimitsNs: [200e6],
    },
  };
}

export function plan(name: string, world: WorldSpec, isBaseline = false): PlannedStrategy {
  return { name, settings: { speed: world.pops[0]!.servers[0]!.speed }, world, isBaseline };
}

/** Two strategies, the second 10 % faster, ten replications each. */
export function mm1Request(overrides: Partial<RunRequest> = {}): RunRequest {
  return {
    name: 'mm1',
    text: 'version: 1\nname: mm1\n',
    resolved: null,
    seed: '1',
    plans: [plan('slow', labWorld('slow'), true), plan('fast', labWorld('fast', { speed: 1.1 }))],
    replications: { least: 10, most: 10 },
    precision: null,
    warmup: 'given',
    fidelity: 'request',
    thresholds: [],
    gate: ['slow'],
    notes: [],
    ...overrides,
  };
}

export function mm1Options(overrides: Partial<RunOptions> = {}): RunOptions {
  return {
    outDir: mkdtempSync(join(tmpdir(), 'anycastle-run-')),
    workers: 1,
    packageVersion: '0.0.0',
    replicationModule: new URL(`./mm1-replication${EXTENSION}`, import.meta.url),
    ...overrides,
  };
}

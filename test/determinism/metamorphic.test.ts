import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { RunResult } from '../../scenarios/index.ts';
import type { createSimulation as CreateSimulation } from '../../sim/index.ts';
import { type CompiledPackage, compilePackage, ROOT } from '../golden/compiled.ts';
import { requestOf, type RunChanges, simulateAll } from '../golden/run-in-process.ts';

/**
 * Gate D2: changes of a scenario that must not change its story, and changes that must. Streams
 * are keyed by name, so whoever keeps his name keeps his draws.
 */
const NETWORK = readFileSync(join(import.meta.dirname, 'small-network.yaml'), 'utf8');
const MM1 = readFileSync(join(ROOT, 'scenarios/library/mm1-lab.yaml'), 'utf8');
const ONE: RunChanges = { replications: '1' };

/** t of 9 degrees of freedom at 99.9 % two-sided (any t table). */
const T_9 = 4.781;

let product: CompiledPackage;
let folder: string;
beforeAll(() => {
  product = compilePackage('metamorphic');
  folder = mkdtempSync(join(tmpdir(), 'anycastle-metamorphic-'));
});
afterAll(() => {
  product.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function results(text: string, changes = ONE): Promise<Record<string, RunResult[]>> {
  const file = join(folder, 'scenario.yaml');
  writeFileSync(file, text);
  const request = await requestOf(product, file, changes);
  const all = await simulateAll(product, request);
  return Object.fromEntries(request.plans.map(({ name }, i) => [name, all[i]!]));
}

const fingerprints = (all: Record<string, RunResult[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(all)
      .map(([name, runs]) => [name, runs.map(({ fingerprint }) => fingerprint)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe('the same story', () => {
  let original: Record<string, string[]>;
  beforeAll(async () => {
    original = fingerprints(await results(NETWORK));
  });

  it('with the keys of every mapping in reverse order', async () => {
    const reversed = stringify(reverseKeys(parse(NETWORK)));
    expect(reversed.indexOf('thresholds:')).toBeLessThan(reversed.indexOf('network:'));
    expect(fingerprints(await results(reversed))).toEqual(original);
  });

  it('split into three files', async () => {
    const { network, traffic, cache, include, ...rest } = parse(NETWORK) as Record<string, unknown>;
    writeFileSync(join(folder, 'map.yaml'), stringify({ include, network }));
    writeFileSync(join(folder, 'users.yaml'), stringify({ traffic, cache }));
    const main = { ...rest, include: [{ file: './map.yaml' }, { file: './users.yaml' }] };
    expect(fingerprints(await results(stringify(main)))).toEqual(original);
  });

  it('with another strategy beside the others, for those that were there', async () => {
    const more = NETWORK.replace('strategies:', 'strategies:\n  nearest: { routing: nearest }');
    const { nearest, ...others } = fingerprints(await results(more));
    expect(nearest).toHaveLength(1);
    expect(others).toEqual(original);
  });

  it('with more replications after the first', async () => {
    const three = fingerprints(await results(NETWORK, { replications: '3' }));
    expect(three['anycast']![0]).toBe(original['anycast']![0]);
  });

  it('not with another seed, nor in another replication', async () => {
    const other = fingerprints(await results(NETWORK.replace('seed: 8', 'seed: 9')));
    expect(other['anycast']).not.toEqual(original['anycast']);
  });
});

/** What happens to requests; not: averages over servers, nor distances to the best of all POPs. */
const OF_REQUESTS = /^(requests|completed|errors|timeouts|retries|latency_|ttfb_|rtt_|hits|miss)/;

describe('a POP that announces nothing', () => {
  const withPop = (text: string, name: string): string =>
    text.replace("'*':", `${name}: { location: [59.44, 24.75], servers: 2 }\n    '*':`);
  let closed: string;
  beforeAll(async () => {
    const from = `from: [${(await popsOf(NETWORK)).join(', ')}]`;
    closed = NETWORK.replace('www: {', `www: { announce: { ${from} },`);
  });

  it.each(['tll', 'eee'])('called %s changes nothing that happens to requests', async (name) => {
    const before = (await results(closed))['anycast']![0]!;
    const after = (await results(withPop(closed, name)))['anycast']![0]!;
    expect(after.pops[name]!['requests']).toBe(0);
    expect(ofRequests(after.metrics)).toEqual(ofRequests(before.metrics));
    for (const pop of Object.keys(before.pops)) {
      expect(ofRequests(after.pops[pop]!)).toEqual(ofRequests(before.pops[pop]!));
    }
  });

  // Indices are in the order of names, and the fingerprint hashes indices: of a POP that comes
  // before others the story is the same, the hash is not. Probes of its servers are events too.
  it('leaves the fingerprint alone if its name comes last and nobody probes it', async () => {
    const unprobed = closed.replace(/health:[^]*?\n\n/, '');
    expect(unprobed).not.toBe(closed);
    // Under anycast: DNS knows addresses of POPs, not announcements, and does send users there.
    const { anycast } = fingerprints(await results(unprobed));
    const after = fingerprints(await results(withPop(unprobed, 'tll')));
    expect(after['anycast']).toEqual(anycast);
  });
});

function ofRequests(metrics: RunResult['metrics']): Record<string, number | null> {
  return Object.fromEntries(Object.entries(metrics).filter(([key]) => OF_REQUESTS.test(key)));
}

async function popsOf(text: string): Promise<string[]> {
  const file = join(folder, 'pops.yaml');
  writeFileSync(file, text);
  return (await requestOf(product, file, ONE)).plans[0]!.world.pops.map(({ name }) => name);
}

describe('renaming', () => {
  it('draws other numbers, from the same distribution', async () => {
    const renamed = MM1.replace('lab: {', 'laboratory: {');
    const ten = { replications: '10', until: '10m' };
    const one = (await results(MM1, ten))['default']!;
    const other = (await results(renamed, ten))['default']!;
    const class2 = (await results(MM1.replace('page:', 'document:'), ten))['default']!;
    expect(class2[0]!.fingerprint).not.toBe(one[0]!.fingerprint);
    for (const changed of [other, class2]) {
      expectSameMean(metricOf(one, 'latency_mean_s'), metricOf(changed, 'latency_mean_s'));
    }
  });
});

describe('doubling all times and halving all rates', () => {
  const lab = (factor: number): string => `version: 1
name: scaled
network:
  pops:
    lab: { servers: 3, concurrency: 2, queue: 20 }
traffic:
  arrivals: poisson ${800 / factor}/s
  timeout: ${40 * factor}ms
  classes:
    page: { service_time: exponential mean=${8 * factor}ms }
balancer: { policy: two-choices }
events:
  - { at: ${2 * factor}s, name: slow, degrade: server/lab/1, service_time: x4, for: ${3 * factor}s }
run: { duration: ${10 * factor}s, warmup: ${factor}s, seed: 4, replications: 1 }
`;

  it('keeps the order of events; every time is twice what it was', async () => {
    const once = await traced(lab(1));
    const twice = await traced(lab(2));
    expect(once.lines.length).toBeGreaterThan(10_000);
    expect(twice.lines).toEqual(once.lines);
    expect(twice.result.eventCount).toBe(once.result.eventCount);
    for (const key of ['requests', 'completed', 'timeouts', 'rejected']) {
      expect(twice.result.metrics[key]).toBe(once.result.metrics[key]);
    }
    expect(once.result.metrics['timeouts']).toBeGreaterThan(0);
    // Each of a handful of draws a request is rounded to a nanosecond, of some milliseconds.
    const ratio = twice.result.metrics['latency_mean_s']! / once.result.metrics['latency_mean_s']!;
    expect(Math.abs(ratio - 2)).toBeLessThan(1e-5);
  });

  async function traced(text: string): Promise<{ lines: string[]; result: RunResult }> {
    const file = join(folder, 'scaled.yaml');
    writeFileSync(file, text);
    const request = await requestOf(product, file, ONE);
    const { createSimulation } = (await import(product.url('sim/index'))) as {
      createSimulation: typeof CreateSimulation;
    };
    const lines: string[] = [];
    // A line begins with its time, the only thing that may differ.
    const trace = (line: string): void => void lines.push(line.replace(/^\S+\s+/, ''));
    const result = createSimulation(request.plans[0]!.world, request.seed, 0, { trace }).run();
    return { lines, result };
  }
});

describe('twice the servers and twice the load under random', () => {
  it('gives each server the same statistics', async () => {
    const ten = { replications: '10', until: '10m' };
    const one = (await results(MM1, ten))['default']!;
    const two = (
      await results(MM1.replace('servers: 1', 'servers: 2').replace('80/s', '160/s'), ten)
    )['default']!;
    const figure = (runs: RunResult[], server: string, key: string): number[] =>
      runs.map((run) => run.servers[server]![key]!);
    for (const server of ['lab/0', 'lab/1']) {
      for (const key of ['utilisation', 'latency_mean_s', 'requests']) {
        expectSameMean(figure(one, 'lab/0', key), figure(two, server, key));
      }
    }
  });
});

const metricOf = (runs: RunResult[], key: string): number[] => runs.map((run) => run.metrics[key]!);

/** Two means of ten replications, within 99.9 % of their difference (Welch, 9 degrees at least). */
function expectSameMean(a: readonly number[], b: readonly number[]): void {
  expect(a).toHaveLength(10);
  expect(b).toHaveLength(10);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt((variance(a) + variance(b)) / 10);
  expect(Math.abs(mean(a) - mean(b))).toBeLessThan(T_9 * error);
}

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}

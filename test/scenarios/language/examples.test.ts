import seedrandom from 'seedrandom';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expand, type Decoded, type Scenario } from '../../../scenarios/index.ts';
import { corpus, decodeIn, EXAMPLES, LAB, LIBRARY, plansOf, shown } from './texts.ts';

const documents = corpus();

function example(name: string): { file: string; text: string } {
  const file = join(EXAMPLES, `${name}.yaml`);
  return { file, text: readFileSync(file, 'utf8') };
}

function plans(decoded: Decoded<Scenario>) {
  if (!decoded.ok) throw new Error(shown(decoded.diagnostics).join('\n'));
  const expanded = expand(decoded.value);
  if (!expanded.ok) throw new Error('expand');
  return expanded.value;
}

describe('scenarios of the format’s own page', () => {
  it.each(['anycast-pop-failure', 'lb-shootout-flapping', 'ddos-cache-busting', 'mm1'])(
    '%s decodes, or is refused only for what is not built yet',
    (name) => {
      const { file, text } = example(name);
      const decoded = decodeIn(EXAMPLES, file, text);
      const errors = decoded.ok ? [] : decoded.diagnostics.filter((d) => d.severity === 'error');
      // lb-shootout gives p99 = 15 × mean, and no lognormal law has more than e^(z²/2) = 14.97.
      const known = name === 'lb-shootout-flapping' ? ['E0303', 'E0212'] : ['E0303'];
      expect(shown(errors.filter(({ code }) => !known.includes(code)))).toEqual([]);
    },
  );

  it('the flagship builds 25 POPs, its own links, and five strategies', () => {
    const { file, text } = example('anycast-pop-failure');
    const built = text
      .replace('fidelity: flow', 'fidelity: request')
      .replace(', catchments 10s, link_utilisation 1s', '')
      .replace(/ {2}trace: .*/, '');
    const [anycast, ...others] = plans(decodeIn(EXAMPLES, file, built));
    const { pops, network, events, time } = anycast!.world;
    expect(pops.length).toBe(25);
    expect(pops.find(({ name }) => name === 'fra')).toMatchObject({ egressBps: 1.2e12 });
    expect(pops.find(({ name }) => name === 'fra')!.servers.length).toBe(16);
    const links = network!.edges.map(({ attributes }) => attributes!);
    expect(links).toContainEqual(
      expect.objectContaining({
        kind: 'backbone',
        latencyNs: 6.1e6,
        lossRatio: 0.00002,
        bufferNs: 50e6,
      }),
    );
    const link = links.find((one) => one.kind === 'backbone' && /fra-ams|ams-fra/.test(one.name));
    expect(link).toMatchObject({ latencyNs: 3.4e6, bandwidthBps: 800e9 });
    expect(events.map(({ name, atNs, untilNs }) => [name, atNs / 60e9, untilNs / 60e9])).toEqual([
      ['fra-down', 5, 25],
      ['fra-drain', 40, Infinity],
      ['cable-cut', 70, 85],
    ]);
    expect(events[1]!.action).toEqual({ verb: 'drain', gradualNs: 600e9 });
    expect(time).toEqual({ preRunNs: 0, cutNs: 0, durationNs: 5400e9 });
    expect(others.map(({ name }) => name)).toEqual([
      'anycast-bfd',
      'geo-dns',
      'geo-dns-20s',
      'regional-anycast',
    ]);
    expect(others[0]!.world.routing.bgp.bfd).toBe(true);
    expect(others[2]!.world.routing.dns).toMatchObject({
      ttlNs: 20e9,
      clientsIgnoringTtlRatio: 0.08,
      ecsRatio: 0.35,
    });
    expect(others[2]!.settings).toEqual({
      routing: 'dns-geo',
      'dns.ttl': '20s',
      'dns.clients_ignoring_ttl': '8%',
      'dns.ecs': '35%',
    });
  });
});

describe('the library', () => {
  it.each(documents.filter(({ file }) => dirname(file) === LIBRARY))(
    '$file decodes',
    ({ file, text }) => {
      const decoded = decodeIn(LIBRARY, file, text);
      expect(decoded.ok ? [] : shown(decoded.diagnostics)).toEqual([]);
      expect(decoded.ok && decoded.value.name).toBe(basename(file, '.yaml'));
    },
  );
});

describe('the order of keys means nothing', () => {
  const random = seedrandom('keys');
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    const keys = Object.keys(value).map((key) => [random(), key] as const);
    keys.sort(([a], [b]) => a - b);
    return Object.fromEntries(keys.map(([, key]) => [key, shuffled((value as never)[key])]));
  };

  const decodable = documents.filter(({ file, text }) => decodeIn(dirname(file), file, text).ok);

  // JSON is YAML, so a resolved scenario printed as JSON is a scenario.
  it.each(decodable)(
    'resolved, printed and shuffled, $file gives the same worlds',
    ({ file, text }) => {
      const decoded = decodeIn(dirname(file), file, text);
      const expected = plans(decoded).map(({ name, world }) => [name, world] as const);
      for (let i = 0; i < 3; i++) {
        const resolved = shuffled(decoded.ok ? decoded.value.resolved : null);
        const again = plans(decodeIn(dirname(file), file, JSON.stringify(resolved)));
        expect(new Map(again.map(({ name, world }) => [name, world]))).toEqual(new Map(expected));
      }
    },
  );

  it('block style, flow style and comments mean the same', () => {
    const flow =
      '# c\n{version: 1, name: lab, balancer: random, network: {pops: {lab: {servers: 1}}},' +
      ' traffic: {arrivals: poisson 80/s,' +
      ' classes: {page: {service_time: exponential mean=10ms}}},' +
      ' run: {duration: 1800s, warmup: 120000ms, seed: "1", replications: 20}}';
    expect(plansOf(flow)).toEqual(plansOf(LAB));
  });
});

import { expect, it } from 'vitest';
import { summarizeStrategy } from '../../../scenarios/report/strategy-summary.ts';
import { judgeThresholds } from '../../../scenarios/report/thresholds.ts';
import { decodeScenario, expand } from '../../../scenarios/index.ts';
import { createSimulation, type RunResult } from '../../../sim/index.ts';

const story = (thresholds: readonly string[]) => `version: 1
name: windows
include:
  - preset: topology/global-8
network:
  links:
    - { between: [fra, iad], latency: 45ms, bandwidth: 2Mbps }
traffic:
  rate: 30/s
  clients: 5 per region
  classes:
    page: { share: 70%, objects: 50, size: 20KiB, service_time: 2ms }
    api: { share: 30%, size: 1KiB, service_time: 5ms }
cache:
  edge: { capacity: 20 objects }
  shield: { pops: [iad], capacity: 40 objects }
origins:
  main: { near: iad, servers: 1, service_time: 5ms }
health:
  active: { interval: 1s, timeout: 500ms, fall: 2 }
events:
  - { at: 0s, name: all, surge: world, factor: x1, for: 20s }
  - { at: 5s, name: cut, fail: pop/fra, for: 7500ms }
run: { duration: 20s, warmup: 3s, replications: 2 }
thresholds:
${thresholds.map((line) => `  - ${line}\n`).join('')}`;

const KINDS = ['pops', 'servers', 'classes', 'links', 'origins', 'regions', 'prefixes'] as const;
const FIGURE_OF = {
  pops: 'availability',
  servers: 'utilisation',
  classes: 'error_rate',
  links: 'peak_utilisation',
  origins: 'utilisation',
  regions: 'p99(latency',
  prefixes: 'route_changes',
} as const;
const limitOf = (kind: (typeof KINDS)[number]) => (kind === 'regions' ? ') < 9s' : ' >= 0');
const around = (part: string, event: string) =>
  KINDS.map((kind) =>
    `${FIGURE_OF[kind]} of ${kind}${limitOf(kind)} ${part} ${event}`.replace(
      / >= 0 (\w+ \w+)$/,
      kind === 'prefixes' ? ' $1 >= 0' : ' $1 >= 0%',
    ),
  );

function resultOf(thresholds: readonly string[]): RunResult {
  const decoded = decodeScenario('w.yaml', story(thresholds));
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.diagnostics));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(JSON.stringify(plans.diagnostics));
  return createSimulation(plans.value[0]!.world, 'w', 0).run();
}

const unasked = resultOf(['availability > 1%']);

it('a window as long as the run has what the run has, of every entity and metric', () => {
  const result = resultOf(around('during', 'all'));
  const tables = result.entityWindows!['all']!.during!;
  for (const kind of KINDS) {
    expect(Object.keys(tables[kind]!), kind).toEqual(Object.keys(result[kind]));
    for (const [name, metrics] of Object.entries(result[kind])) {
      for (const [key, value] of Object.entries(metrics)) {
        const windowed = tables[kind]![name]![key];
        const place = `${kind}/${name} ${key}`;
        if (value === null) expect(windowed, place).toBe(null);
        else expect(windowed, place).toBeCloseTo(value, 9);
      }
    }
  }
  expect(result.regions).toEqual(unasked.regions);
  expect(result.fingerprint).toBe(unasked.fingerprint);
});

it('before, during and after an event add up to the run; entities add up to the world', () => {
  const parts = ['before', 'during', 'after'] as const;
  const { entityWindows, ...result } = resultOf(parts.flatMap((part) => around(part, 'cut')));
  const counts = {
    requests: KINDS.slice(0, 3),
    bytes: ['links'] as const,
    probes: ['pops'] as const,
  };
  for (const [key, kinds] of Object.entries(counts)) {
    for (const kind of kinds) {
      for (const [name, metrics] of Object.entries(result[kind])) {
        const sum = parts
          .map((part) => entityWindows!['cut']![part]![kind]![name]![key]!)
          .reduce((a, b) => a + b);
        expect(sum, `${kind}/${name} ${key}`).toBe(metrics[key]);
      }
    }
  }
  const during = entityWindows!['cut']!.during!;
  for (const kind of ['classes', 'regions'] as const) {
    const rows = Object.values(during[kind]!);
    const total = (key: string) => rows.reduce((sum, row) => sum + row[key]!, 0);
    for (const key of ['requests', 'completed', 'errors', 'timeouts', 'hits', 'miss']) {
      expect(total(key), `${kind} ${key}`).toBe(result.windows['cut']![key]);
    }
  }
  // POP fra is dead meanwhile: its servers do nothing and are found out, rightly.
  expect(during.servers!['fra/0']!['utilisation']).toBeLessThan(0.001);
  expect(during.servers!['fra/0']!['false_down_time_ratio']).toBe(0);
});

it('only what is asked for is kept', () => {
  expect(unasked.entityWindows).toBe(undefined);
  const { entityWindows, windows } = resultOf([
    'p95(latency of pop/syd) < 1s after cut',
    'flaps < 9 during cut',
  ]);
  const expected = { cut: { after: { pops: { syd: expect.anything() } } } };
  expect(JSON.parse(JSON.stringify(entityWindows))).toEqual(expected);
  expect(windows['cut']!['flaps']).not.toBe(undefined);
  expect(windows['all']!['flaps']).toBe(undefined);
});

it('the summary has the figures and thresholds are judged by them', () => {
  const lines = ['max(utilisation of origins) during cut < 90%', 'goodput of api before cut > 10%'];
  const scenario = decodeScenario('w.yaml', story(lines));
  const plans = scenario.ok ? expand(scenario.value) : scenario;
  if (!scenario.ok || !plans.ok) throw new Error('does not decode');
  const { world, name } = plans.value[0]!;
  const results = [0, 1].map((replication) => createSimulation(world, 'w', replication).run());
  const { entities } = summarizeStrategy({}, results).windows['cut']!;
  const [origin, api] = judgeThresholds({
    thresholds: scenario.value.thresholds,
    baseline: name,
    strategies: [{ name, world, results }],
    isPartial: false,
  });
  expect(origin).toMatchObject({ entity: 'main' });
  expect(origin!.value!.mean).toBe(entities!.during!.origins!['main']!['utilisation']!.mean);
  expect(origin!.value!.mean).toBeGreaterThan(0);
  expect(api!.value).toEqual(entities!.before!.classes!['api']!['availability']);
});

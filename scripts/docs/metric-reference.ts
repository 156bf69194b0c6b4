/** The list of metrics: keys as a small run leaves them, meanings from `metric-meanings.ts`. */

import {
  decodeScenario,
  expand,
  type MetricValues,
  type RunResult,
} from '../../scenarios/index.ts';
import { createSimulation } from '../../sim/index.ts';
import { table, type GeneratedPart } from './generated-part.ts';
import { METRIC_MEANINGS } from './metric-meanings.ts';

/** Has everything that a report tells of: network, both cache tiers, origin, checks, an event. */
const EVERYTHING = `version: 1
name: everything
include:
  - preset: topology/global-8
traffic:
  rate: 20/s
  clients: 5 per region
  classes:
    page: { objects: 50, size: 10KiB, service_time: 1ms }
cache:
  edge: { capacity: 20 objects }
  shield: { pops: [iad], capacity: 40 objects }
origins:
  main: { near: iad, servers: 1, service_time: 5ms }
health:
  active: { interval: 2s }
events:
  - { at: 2s, name: outage, fail: pop/fra, for: 2s }
run: { duration: 6s, warmup: 1s, replications: 1 }
thresholds:
  - share(latency > 200ms) < 100%
`;

const SCOPES = [
  ['world', 'metrics'],
  ['event', 'windows'],
  ['POP', 'pops'],
  ['server', 'servers'],
  ['class', 'classes'],
  ['region', 'regions'],
  ['link', 'links'],
  ['origin', 'origins'],
  ['prefix', 'prefixes'],
] as const;

/** Key, `pNN` and `LIMIT` for numbers → the scopes that have it, in the order of the figures. */
export function metricScopes(): ReadonlyMap<string, ReadonlySet<string>> {
  const result = runEverything();
  const scopes = new Map<string, Set<string>>();
  for (const [scope, member] of SCOPES) {
    for (const key of keysOf(result, member)) {
      const known = scopes.get(key);
      if (known === undefined) scopes.set(key, new Set([scope]));
      else known.add(scope);
    }
  }
  return scopes;
}

function runEverything(): RunResult {
  const decoded = decodeScenario('everything.yaml', EVERYTHING);
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.diagnostics));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(JSON.stringify(plans.diagnostics));
  return createSimulation(plans.value[0]!.world, 'docs', 0).run();
}

function keysOf(result: RunResult, member: (typeof SCOPES)[number][1]): string[] {
  const values = member === 'metrics' ? result.metrics : Object.values(result[member])[0];
  return Object.keys((values ?? {}) as MetricValues).map((key) =>
    key.replace(/_p\d+_s$/, '_pNN_s').replace(/_over_\w+_ratio$/, '_over_LIMIT_ratio'),
  );
}

export const metricReference: GeneratedPart = {
  page: 'docs/report.md',
  name: 'metrics',
  text: () => {
    const rows = [...metricScopes()].map(([key, scopes]) => [
      `\`${key}\``,
      METRIC_MEANINGS[key] ?? '',
      unitOf(key),
      [...scopes].join(', '),
    ]);
    return table(['key', 'meaning', 'unit', 'told of'], rows);
  },
};

function unitOf(key: string): string {
  if (key.endsWith('_per_s')) return '1/s';
  if (key.endsWith('_bps')) return 'bit/s';
  if (key.endsWith('_s')) return 's';
  if (key.endsWith('bytes')) return 'bytes';
  const isRatio = /_ratio$|^share_|^availability$|^utilisation|_offload$|imbalance|_over_mean/;
  return isRatio.test(key) ? 'ratio' : 'count';
}

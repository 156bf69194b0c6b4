import { expect, it } from 'vitest';
import { decodeScenario, expand } from '../../../scenarios/index.ts';
import { createSimulation } from '../../../sim/index.ts';
import { play } from './play.ts';

/** Worlds that broke the simulator once, as small as they get. */

const TRAFFIC = `traffic: { arrivals: poisson 60/s, clients: 5 per region }
run: { duration: 5s, warmup: 1s, replications: 1 }
`;

/** Every request ends in one way. */
function endsOf({ metrics }: ReturnType<typeof play>[string]): number {
  const { completed, errors, timeouts, unreachable } = metrics;
  return completed! + errors! + timeouts! + unreachable!;
}

it('clients of the same number in several laboratories have connections of their own', () => {
  const result = play(`${TRAFFIC}network: { pops: { a: { servers: 1 }, b: { servers: 6 } } }
balancer: { policy: maglev, hash_key: client, transport: connection-table }
`)['default']!;
  expect(result.metrics['completed']).toBe(result.metrics['requests']);
  expect(result.pops['b']!['completed']).toBeGreaterThan(0);
});

it('caches begin warm where nobody takes requests yet', () => {
  const result = play(`${TRAFFIC.replace('clients: 5 per region', 'objects: 100')}
network: { pops: { a: { servers: 4 } } }
balancer: maglev
cache: { capacity: 50 objects }
origins: { main: { latency: 20ms } }
health: { active: { kind: haproxy, init_state: down, interval: 300ms } }
events: [{ at: 3s, degrade: pop/a, service_time: x2 }]
`)['default']!;
  expect(endsOf(result)).toBe(result.metrics['requests']);
  expect(result.metrics['hit_ratio']).toBeGreaterThan(0.9);
});

it('work that outlasts the clock is never done, and breaks nothing', () => {
  const slow = Array.from({ length: 5 }, () => 'degrade: servers/a/*, service_time: x1000');
  const result = play(
    `${TRAFFIC}network: { pops: { a: { servers: 2 } } }
events: [${slow.map((what) => `{ at: 2s, ${what} }`).join(', ')}]
`.replace('clients: 5 per region', 'timeout: 500ms, service_time: 10ms'),
  )['default']!;
  expect(endsOf(result)).toBe(result.metrics['requests']);
  expect(result.metrics['timeouts']).toBeGreaterThan(0);
});

it('a trace can speak of probes that are served as requests are', () => {
  const decoded = decodeScenario(
    't.yaml',
    `version: 1\nname: t\n${TRAFFIC}network: { pops: { a: { servers: 2 } } }
health: { active: { kind: haproxy, interval: 300ms, cost: request } }
`,
  );
  if (!decoded.ok) throw new Error(decoded.diagnostics[0]!.message);
  const plans = expand(decoded.value);
  const { world } = (plans.ok ? plans.value : [])[0]!;
  const lines: string[] = [];
  createSimulation(world, '1', 0, { trace: (line) => lines.push(line) }).run();
  expect(
    lines.filter((line) => line.endsWith('server a/0 · a health probe')).length,
  ).toBeGreaterThan(3);
});

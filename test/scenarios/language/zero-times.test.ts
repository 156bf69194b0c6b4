import { describe, expect, it } from 'vitest';
import { errorsOf, LAB, shown } from './texts.ts';

describe('times at which something is repeated', () => {
  const zeros = [
    'health: { active: { kind: fastly, interval: 0s } }',
    'health: { active: { kind: haproxy, timeout: 0s } }',
    'health: { active: { kind: haproxy, fast_interval: 0s } }',
    'health: { active: { kind: phi-accrual, heartbeat: 0.1ns } }',
    'health: { active: { kind: swim, gossip_interval: 0s } }',
    'health: { active: { interval: 0s } }',
    'health: { passive: { interval: 0s } }',
    'health: { passive: { kind: grpc-outliers, interval: 0s } }',
    'balancer: { policy: peak-ewma, decay: 0s }',
    'balancer: { policy: random, load_information: { reports: 0s } }',
  ];
  it.each(zeros)('are above 0: %s', (line) => {
    const text = LAB.replace('balancer: { policy: random }\n', '') + `${line}\n`;
    const [error] = errorsOf(text);
    expect(error!.message).toMatch(/^'[a-z_]+' must be above 0$/);
    expect(error!.line).toBe(text.trimEnd().split('\n').length);
    expect(error!.column).toBe(line.search(/0s|0\.1ns/) + 1);
  });
});

it('a Maglev table has a slot for each server', () => {
  const text = LAB.replace('servers: 1,', 'servers: 5,').replace(
    '{ policy: random }',
    '{ policy: maglev, table_size: 3 }',
  );
  expect(shown(errorsOf(text))[0]).toMatch(/^E0401 10:11 a table of 3 slots .* 5 servers/);
});

it('what is wrong for all strategies is said once, and no strategy is built from it', () => {
  const text = `${LAB}health: { active: { kind: varnish, window: 2 } }
strategies: { a: {}, b: { balancer.policy: maglev } }
`;
  expect(shown(errorsOf(text))).toEqual(['E0207 12:19 the threshold is within the window']);
});

it('a key that is missing beside one of a similar name is missed', () => {
  const active = '{ kind: envoy, timeout: 1s, interval: 2s, unhealthy_threshold: 2 }';
  const text = `${LAB}health: { active: ${active} }\n`;
  expect(shown(errorsOf(text))).toEqual(["E0209 12:19 'healthy_threshold' is missing"]);
});

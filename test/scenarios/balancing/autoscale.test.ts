import { describe, expect, it } from 'vitest';
import { play, refusals, shareOf } from './play.ts';

/** Autoscalers in scenarios: 480 requests a second of 10 ms are 4.8 slots. */

const LAB = (servers: string, autoscale: string, rate = 480) => `
network: { pops: { lab: { ${servers}, autoscale: ${autoscale} } } }
traffic:
  arrivals: poisson ${rate}/s
  classes: { page: { service_time: exponential mean=10ms } }
balancer: { policy: least-request }
`;

const WINDOW = 'scale_down: { stabilization_window: 2m }';

type Played = ReturnType<typeof play>[string];
const figure = (result: Played | undefined, key: string, during?: string): number => {
  const metrics = during === undefined ? result!.metrics : result!.windows[during]!;
  return metrics[key]!;
};

describe('an autoscaler', () => {
  it('finds the number of servers for its target, and leaves it alone', () => {
    // 4.8 slots at 60 % are 8 servers; six are busy for 80 % of the time.
    const { default: result } =
      play(`${LAB('servers: 30', '{ target: utilisation 60%, initial: 6 }')}
run: { duration: 10m, warmup: 4m, seed: 1 }
`);
    expect(figure(result, 'utilisation')).toBeGreaterThan(0.5);
    expect(figure(result, 'utilisation')).toBeLessThan(0.7);
    expect(figure(result, 'servers_mean')).toBeCloseTo(4.8 / figure(result, 'utilisation'), 0);
    expect(figure(result, 'scale_reversals')).toBe(0);
    expect(figure(result, 'availability')).toBe(1);
    // Six minutes are measured.
    const hours = (figure(result, 'servers_mean') * 6) / 60;
    expect(figure(result, 'server_hours')).toBeCloseTo(hours, 1);
  });

  it('adds servers a delay after it sees the load, and keeps them for the window', () => {
    const story = `${LAB(
      'servers: 40',
      `{ target: utilisation 60%, min: 8, start_delay: 45s, ${WINDOW} }`,
    )}
events: [{ at: 60s, name: crowd, surge: world, factor: x2, for: 3m }]
run: { duration: 10m, seed: 1 }
output: { record: [timeline 1s] }
`;
    const { default: result } = play(story);
    // The surge is in the readings of 75 s, what starts then serves at 120 s.
    const { bucketNs, inFlight } = result!.timeline!;
    const at = (seconds: number) => inFlight[Math.floor((seconds * 1e9) / bucketNs)]!;
    expect(at(115)).toBeGreaterThan(10 * at(50));
    expect(at(180)).toBeLessThan(2 * at(50) + 10);
    expect(figure(result, 'servers_min', 'crowd')).toBe(8);
    expect(figure(result, 'servers_max', 'crowd')).toBeGreaterThanOrEqual(15);
    // It stays until the surge has been over for two minutes and a sync or so.
    expect(result!.after['crowd']!['servers_max']).toBe(figure(result, 'servers_max', 'crowd'));
    expect(result!.after['crowd']!['servers_min']).toBeLessThanOrEqual(9);
    expect(figure(result, 'scale_downs')).toBeGreaterThanOrEqual(1);
    expect(figure(result, 'availability')).toBe(1);
    expect(figure(result, 'requests')).toBe(figure(result, 'completed'));
  });

  it('looks at requests a server where its target is concurrency', () => {
    // With 4 slots a server 19.2 are busy: ÷ 2.4 are 8 servers.
    const { default: result } = play(`${LAB(
      'servers: 20, concurrency: 4',
      '{ target: concurrency 2.4, initial: 6 }',
      1920,
    )}
run: { duration: 5m, warmup: 2m, seed: 1 }
`);
    expect(figure(result, 'servers_mean')).toBeGreaterThan(6.9);
    expect(figure(result, 'servers_mean')).toBeLessThan(9.1);
  });

  it('obeys policies: one server a minute', () => {
    const rules = 'scale_up: { policies: [{ pods: 1, period: 60s }] }, start_delay: 0s';
    const { default: result } = play(`${LAB('servers: 20', `{ target: utilisation 10%, ${rules} }`)}
run: { duration: 301s, seed: 1 }
`);
    // 15 s and then each minute until 255 s: five steps of one.
    expect(figure(result, 'scale_ups')).toBe(5);
    expect(figure(result, 'servers_max')).toBe(6);
    const disabled = 'scale_up: { select: disabled }';
    const { default: none } =
      play(`${LAB('servers: 20', `{ target: utilisation 10%, ${disabled} }`)}
run: { duration: 60s, seed: 1 }
`);
    expect(figure(none, 'servers_max')).toBe(1);
  });

  it('spreads over zones, unless told the order; several divide a POP', () => {
    const zones = 'servers: [{ count: 8, type: a, zone: a }, { count: 8, type: b, zone: b }]';
    const run = '\nrun: { duration: 60s, seed: 1 }\n';
    const share = (autoscale: string) =>
      shareOf(play(`${LAB(zones, autoscale, 100)}${run}`)['default']!, 'lab/a');
    const still = 'target: utilisation 60%, scale_up: { select: disabled }, min: 4';
    expect(share(`{ ${still} }`)).toBeCloseTo(0.5, 1);
    expect(share(`{ ${still}, placement: listed }`)).toBe(1);
    expect(share(`{ ${still}, servers: [b-*, a-*], placement: listed }`)).toBe(0);
    // Three of a, one of b: the rest is not there.
    const [a, b] = ['servers: a-*, min: 3', 'servers: b-*, min: 1'];
    const rules = 'target: utilisation 60%, scale_up: { select: disabled }';
    expect(share(`[{ ${a}, ${rules} }, { ${b}, ${rules} }]`)).toBeCloseTo(0.75, 1);
  });

  it('starts servers with empty caches', () => {
    const { default: result } = play(`
network: { pops: { lab: { servers: 2, concurrency: 20, autoscale: { target: concurrency 1 } } } }
traffic:
  arrivals: poisson 200/s
  classes: { page: { service_time: 10ms, objects: 100, popularity: uniform, ttl: 1h } }
cache: { edge: { capacity: 100 objects } }
origins: { main: { service_time: 1ms } }
balancer: { policy: ring-hash, hash_key: client }
events: [{ at: 20s, name: later, surge: world, factor: x1, for: 60s }]
run: { duration: 90s, warmup: 60s, seed: 1 }
`);
    // Two requests inside for one wanted: two servers at once, when nothing was warm but the first.
    expect(figure(result, 'servers_min')).toBe(2);
    expect(result!.servers['lab/1']!['miss']).toBe(0);
  });

  it('draws nothing, and gives the same run twice', () => {
    const text = `${LAB('servers: 12', '{ target: utilisation 50%, start_delay: 10s }')}
events: [{ at: 60s, name: crowd, surge: world, factor: x2, for: 60s }]
run: { duration: 3m, seed: 1 }
strategies: { scaled: {}, all: { network.pops.lab.autoscale: null } }
`;
    const [first, second] = [play(text), play(text)];
    expect(first['scaled']!.fingerprint).toBe(second['scaled']!.fingerprint);
    expect(first['scaled']).toEqual(second['scaled']);
    // Strategies meet the same requests.
    expect(figure(first['scaled'], 'requests')).toBe(figure(first['all'], 'requests'));
    expect(first['all']!.metrics['servers_mean']).toBeNull();
    expect(first['all']!.metrics['scale_ups']).toBeNull();
  });
});

describe('what makes no sense', () => {
  it.each([
    ['{ target: 60% }', 'E0206'],
    ['{ target: utilisation 0% }', 'E0206'],
    ['{ target: concurrency 0 }', 'E0206'],
    ['{ min: 2 }', 'E0209'],
    ['{ target: utilisation 60%, max: 5 }', 'E0401 min ≤ initial ≤ max ≤ servers must hold'],
    ['{ target: utilisation 60%, min: 3, max: 2 }', 'E0401 min ≤ initial ≤ max ≤ servers'],
    ['{ target: utilisation 60%, initial: 4, max: 3 }', 'E0401 min ≤ initial ≤ max ≤ servers'],
    ['{ target: utilisation 60%, servers: web-* }', 'E0306 unknown server'],
    ['{ target: utilisation 60%, sync_period: 0s }', "E0207 'sync_period' must be above 0"],
    ['[{ target: concurrency 1 }, { target: concurrency 2, servers: 3 }]', 'E0203'],
    [
      "[{ target: concurrency 1 }, { target: concurrency 2, servers: '3' }]",
      'E0401 server/lab/3 has two autoscalers',
    ],
  ])('%s: %s', (autoscale, problem) => {
    const found = refusals(`${LAB('servers: 4', autoscale)}run: { duration: 1m }`);
    expect(found.join('\n')).toContain(problem);
  });

  it('an event that adds what the autoscaler does', () => {
    const found = refusals(`${LAB('servers: 4', '{ target: concurrency 1 }')}
events: [{ at: 1s, remove: server/lab/2 }]
run: { duration: 1m }
`);
    expect(found).toEqual([
      'E0401 an event says remove of server/lab/2 as well | ' +
        'the autoscaler alone adds and removes its servers',
    ]);
  });
});

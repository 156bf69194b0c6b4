import { describe, expect, it } from 'vitest';
import { errorsOf, LAB, shown, worldOf } from './texts.ts';

const POP = LAB.replace(
  '{ servers: 1, concurrency: 1 }',
  `
      servers:
        - { count: 10, type: gen2, concurrency: 2 }
        - { count: 5, type: gen3, cores: 8, weight: 4, speed: 1.5 }`,
);
const story = (events: string, options = {}) => worldOf(`${POP}events:\n${events}`, options).events;
const refused = (event: string) =>
  shown(errorsOf(`${POP}events:\n  - { at: 1m, name: a, surge: world }\n  - ${event}\n`));
const servers = (events: ReturnType<typeof story>, index: number) =>
  events[index]!.targets.map((ref) => (ref.kind === 'server' ? ref.server : ref.kind));

describe('events', () => {
  it('globs name servers, typed ones by TYPE-INDEX', () => {
    const [event] = story('  - { at: 1m, fail: servers/lab/gen3-* }\n');
    expect(event!.targets).toEqual(
      [0, 1, 2, 3, 4].map((i) => ({ kind: 'server', pop: 'lab', server: `gen3-${i}` })),
    );
    expect(event!.action).toEqual({ verb: 'fail', mode: 'power' });
    expect(event!.untilNs).toBe(Infinity);
    expect(servers(story('  - { at: 1m, fail: servers }\n'), 0).length).toBe(15);
    expect(
      servers(story('  - { at: 1m, fail: [server/lab/gen2-1, servers/lab/gen2-1*] }\n'), 0),
    ).toEqual(['gen2-1']);
  });

  it('after counts from the start of another, through a chain in any order', () => {
    const events = story(`  - { after: b + 30s, name: c, surge: world }
  - { after: a + 1m, name: b, surge: world }
  - { at: 2m, name: a, surge: world, for: 10s }
  - { after: a, surge: world }
`);
    expect(events.map(({ name, atNs }) => [name, atNs / 1e9])).toEqual([
      ['a', 120],
      [null, 120],
      ['b', 180],
      ['c', 210],
    ]);
    expect(events[0]!.untilNs).toBe(130e9);
  });

  it('every repeats until the end or so many times; batch walks through the targets', () => {
    const every = story('  - { at: 1m, every: 10m, surge: world, for: 1m }\n');
    expect(every.map(({ atNs, untilNs }) => [atNs / 60e9, untilNs / 60e9])).toEqual([
      [1, 2],
      [11, 12],
      [21, 22],
    ]);
    expect(story('  - { at: 1m, every: 1m, times: 2, surge: world }\n').length).toBe(2);
    const batch = story(
      '  - { at: 1m, drain: servers/lab/gen2-*, batch: 4, every: 45s, for: 30s }\n',
    );
    expect(batch.map(({ atNs, targets }) => [atNs / 1e9, targets.length])).toEqual([
      [60, 4],
      [105, 4],
      [150, 2],
    ]);
  });

  it('share takes the same targets for the same seed, and a larger share more of them', () => {
    const take = (share: string, seed = '1') =>
      servers(
        story(`  - { at: 1m, name: x, fail: servers/lab/*, share: ${share} }\n`, { seed }),
        0,
      );
    expect(take('40%').length).toBe(6);
    expect(take('40%')).toEqual(take('40%'));
    expect(take('60%')).toEqual(expect.arrayContaining(take('40%')));
    const seeds = ['1', '2', '3', '4'].map((seed) => take('40%', seed).join());
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it('verbs carry what they say', () => {
    const events = story(`  - { at: 1s, degrade: server/lab/gen2-3, probe_loss: 35%,
       errors: 1%, service_time: x8}
  - { at: 2s, surge: [class/page, world], factor: x3 }
  - { at: 3s, prepend: prefix/www, count: 2, from: lab }
  - { at: 4s, withdraw: prefix/www, from: [lab] }
  - { at: 5s, announce: prefix/www }
  - { at: 6s, drain: pop/lab, withdraw: gradual 10m }
  - { at: 7s, set: { traffic.rate: 12k/s, dns.ttl: 20s, prefixes.www.bgp.bfd: on } }
  - { at: 8s, fail: pop/lab, mode: blackhole }
  - { at: 9s, recover: pop/lab }
  - { at: 10s, undrain: pop/lab }
`);
    expect(events.map(({ action }) => action)).toEqual([
      { verb: 'degrade', serviceTimeFactor: 8, probeLossRatio: 0.35, errorRatio: 0.01 },
      { verb: 'surge', factor: 3 },
      { verb: 'prepend', count: 2, from: ['lab'] },
      { verb: 'withdraw', from: ['lab'] },
      { verb: 'announce', from: 'all' },
      { verb: 'drain', gradualNs: 600e9 },
      { verb: 'set', settings: { 'traffic.rate': 12000, 'dns.ttl': 20e9, 'bgp.bfd': true } },
      { verb: 'fail', mode: 'blackhole' },
      { verb: 'recover' },
      { verb: 'undrain' },
    ]);
  });

  it.each([
    ['{ at: 1m }', 'E0410 15:5 the event does nothing'],
    [
      '{ at: 1m, fail: server/lab/gen2-1, drain: pop/lab }',
      'E0410 15:5 one event has one verb, not fail and drain',
    ],
    ['{ fail: pop/lab }', 'E0413 15:5 the event has no time'],
    ['{ at: 1m, after: a, surge: world }', "E0413 15:15 'at' and 'after' both set the time"],
    ['{ after: b, surge: world, name: b }', 'E0412 15:14 the event begins after itself'],
    ['{ after: aa, surge: world }', "E0307 15:14 unknown event 'aa' | did you mean 'a'?"],
    ['{ after: a + 30, surge: world }', "E0206 15:14 'a + 30' is not NAME or NAME + DURATION"],
    ['{ at: 1m, name: a, surge: world }', "E0411 15:21 another event is called 'a'"],
    [
      '{ at: 1m, fail: server/lab/gen4-1 }',
      "E0306 15:21 unknown server 'server/lab/gen4-1' | did you mean 'server/lab/gen2-1'?",
    ],
    [
      '{ at: 1m, fail: server/lba/gen2-1 }',
      "E0306 15:21 unknown pop 'server/lba/gen2-1' | did you mean 'server/lab/gen2-1'?",
    ],
    ['{ at: 1m, fail: lab }', "E0306 15:21 'lab' needs its kind | did you mean 'pop/lab'?"],
    ['{ at: 1m, fail: link/a-b }', "E0306 15:21 unknown link 'link/a-b' | there are none"],
    [
      '{ at: 1m, drain: class/page }',
      'E0410 15:22 drain is not for a class | it is for: pop, server',
    ],
    ['{ at: 1m, degrade: pop/lab }', 'E0410 15:15 degrade: in what way?'],
    ['{ at: 1m, drain: pop/lab, mode: power }', "E0410 15:31 'mode' belongs to fail, not to drain"],
    [
      '{ at: 1m, fail: pop/lab, mode: powr }',
      "E0311 15:36 'powr' is not a 'mode' | did you mean 'power'?",
    ],
    ['{ at: 1m, surge: world, factor: 3 }', "E0205 15:37 '3' needs a unit | x3?"],
    ['{ at: 1m, set: { balancer.policy: maglev } }', "E0313 15:22 'balancer.policy' cannot be set"],
    [
      '{ at: 1m, set: { dns.tl: 1s } }',
      "E0313 15:22 'dns.tl' cannot be set while the clock runs | did you mean 'dns.ttl'?",
    ],
    [
      '{ at: 1m, restart: pop/lab, drain: pop/lab }',
      "E0206 15:40 beside 'restart', 'drain' is how long before it | drain: 30s",
    ],
    ['{ at: 1m, add: pop/lab }', 'E0410 15:20 add is not for a pop | it is for: server'],
    ['{ at: 1m, reweight: server/lab/0 }', "E0209 15:15 'weight' is missing | weight: 4"],
    ['{ at: 1m, purge: pop/lab }', "E0303 15:15 'purge' is not yet supported"],
    ['{ at: 1m, every: 0s, surge: world }', "E0207 15:22 'every' must be above 0"],
  ])('refuses %s', (event, expected) => {
    const errors = refused(event);
    // The story is the last line, whatever stands above it.
    const wanted = expected.replace(/ 15:/, ` ${POP.split('\n').length + 2}:`);
    expect(
      errors.some((error) => error.startsWith(wanted)),
      errors.join('\n'),
    ).toBe(true);
  });

  it('more than a million events are refused', () => {
    const text = `${POP}events: [{ at: 0s, every: 1us, surge: world }]\n`;
    expect(errorsOf(text)[0]!.code).toBe('E0407');
  });
});

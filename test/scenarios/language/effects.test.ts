import { describe, expect, it } from 'vitest';
import { play, warnings } from '../balancing/play.ts';
import { errorsOf, LAB, shown } from './texts.ts';

const WORLD = `version: 1
include: [{ preset: topology/global-8 }]
traffic: { rate: 30/s }
origins: { main: { near: iad } }
run: { duration: 5s, warmup: 0s, replications: 1 }
`;

describe('a key that would do nothing to its target is refused', () => {
  it.each([
    ['degrade: pop/fra, latency: x2', "'latency' does nothing to a pop"],
    ['degrade: link/fra-iad, errors: 5%', "'errors' does nothing to a link"],
    ['degrade: origin/main, loss: 5%', "'loss' does nothing to an origin"],
    ['degrade: region/de-fra, errors: 5%', "'errors' does nothing to a region"],
    ['degrade: [server/fra/0, link/fra-iad], loss: 5%', "'loss' does nothing to a server"],
    ['fail: link/fra-iad, mode: error', "'mode' does nothing to a link"],
    ['drain: server/fra/0, withdraw: gradual 3s', "'withdraw' does nothing to a server"],
    ['fail: pop/fra, times: 3', "'times' needs 'every'"],
    ['fail: pops/*, batch: 1, every: 1s, times: 3', "'batch' takes each target once"],
  ])('%s', (event, message) => {
    const text = `${WORLD}events: [{ at: 1s, ${event} }]\n`;
    expect(errorsOf(text).map((error) => `${error.line} ${error.message}`)).toEqual([
      `6 ${message}`,
    ]);
  });

  it('but what does something is not', () => {
    const events = [
      'degrade: region/de-fra, loss: 5%',
      'degrade: pop/fra, loss: 5%, bandwidth: x0.5, errors: 1%',
      'degrade: link/fra-iad, loss: 5%, bandwidth: x0.5, latency: x2',
      'degrade: origin/main, errors: 1%, service_time: x2',
      'fail: pop/fra, every: 1s, times: 3, for: 100ms',
    ];
    const text = `${WORLD}events: [${events.map((event) => `{ at: 1s, ${event} }`).join(', ')}]\n`;
    expect(shown(errorsOf(text))).toEqual([]);
  });
});

describe('degradations', () => {
  const errorsWith = (events: string) =>
    play(`network: { pops: { lab: { servers: 1 } } }
traffic: { arrivals: constant 100/s }
run: { duration: 10s, warmup: 0s, replications: 1 }
events: [${events}]
`)['default']!.metrics['errors']!;

  it('end when their target recovers', () => {
    for (const target of ['pop/lab', 'server/lab/0']) {
      const events = `{ at: 2s, degrade: ${target}, errors: 100% }, { at: 5s, recover: ${target} }`;
      // three of ten seconds
      expect(Math.abs(errorsWith(events) - 300)).toBeLessThanOrEqual(1);
    }
  });

  it('of one event that repeats before it ends lie on top of each other', () => {
    // From 1 s to 4 s, from 3 s to 6 s: five seconds in all, none of them free of errors.
    const event = '{ at: 1s, degrade: pop/lab, errors: 100%, for: 3s, every: 2s, times: 2 }';
    expect(Math.abs(errorsWith(event) - 500)).toBeLessThanOrEqual(1);
  });
});

describe('a cache that nothing could ever be in is warned of', () => {
  const text = LAB.slice(LAB.indexOf('network:'));
  it.each([
    ['cache: { capacity: 5 objects }\n', 'no origin to fetch from'],
    ['cache: { capacity: 5 objects }\norigins: { main: {} }\n', 'no class has objects'],
    ['cache: { objects: 9 }\norigins: { main: {} }\n', null],
  ])('%s', (lines, message) => {
    const found = warnings(text + lines).filter((warning) => warning.startsWith('W0111'));
    expect(found.length).toBe(message === null ? 0 : 1);
    if (message !== null) expect(found[0]).toContain(message);
  });
});

it('an event that begins when the run is over is warned of', () => {
  const text = `${LAB.slice(LAB.indexOf('network:')).replace('30m', '10m')}events:
  - { at: 10m, name: late, fail: pop/lab }
  - { at: 599s, name: last, fail: pop/lab }
`;
  const late = warnings(text).filter((warning) => warning.startsWith('W0112'));
  expect(late).toEqual(["W0112 'late' begins when the run is over: it never happens"]);
});

it('groups of servers have names of their own', () => {
  const groups = '[{ count: 2, type: a }, { count: 1, type: b }, { count: 1, type: a }]';
  const found = errorsOf(LAB.replace('servers: 1,', `servers: ${groups},`));
  expect(shown(found)).toEqual(["E0401 5:86 another group of 'lab' is called 'a'"]);
});

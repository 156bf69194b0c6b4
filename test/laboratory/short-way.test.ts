import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policies } from '../../balancer/index.ts';
import { decodeScenario, expand, requestRun } from '../../scenarios/index.ts';
import { isLaboratory } from '../../sim/laboratory/is-laboratory.ts';
import { createSimulation, type WorldSpec } from '../../sim/index.ts';

/** The world of a scenario's only strategy; the test fails where the text is refused. */
function worldOf(text: string): WorldSpec {
  const decoded = decodeScenario('laboratory.yaml', text);
  if (!decoded.ok) throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  const expanded = expand(decoded.value);
  if (!expanded.ok) throw new Error(expanded.diagnostics.map(({ message }) => message).join('\n'));
  return requestRun(decoded.value, expanded.value).plans[0]!.world;
}

interface Lab {
  readonly pops: readonly { servers: number; concurrency: number; queue: number | null }[];
  readonly balancers: number;
  readonly services: readonly string[];
  readonly ratePerSecond: number;
  readonly policy: string;
}

/** Of one, two and three classes. */
const SHARES = [['100%'], ['40%', '60%'], ['20%', '30%', '50%']];

function textOf({ pops, balancers, services, ratePerSecond, policy }: Lab): string {
  const popLines = pops.map(
    ({ servers, concurrency, queue }, index) =>
      `    p${index}: { servers: ${servers}, concurrency: ${concurrency}, ` +
      `balancers: ${balancers}${queue === null ? '' : `, queue: ${queue}`} }`,
  );
  const classLines = services.map(
    (service, index) =>
      `    c${index}: { service_time: ${service}, share: ${SHARES[services.length - 1]![index]} }`,
  );
  return [
    'version: 1',
    'name: laboratory',
    'network:',
    '  pops:',
    ...popLines,
    'traffic:',
    `  arrivals: poisson ${ratePerSecond}/s`,
    '  classes:',
    ...classLines,
    `balancer: { policy: ${policy} }`,
    'run: { duration: 3s, warmup: 500ms, seed: 1, replications: 1 }',
  ].join('\n');
}

const service = fc.constantFrom(
  'exponential mean=4ms',
  '3ms',
  'lognormal mean=4ms p99=30ms',
  'uniform low=1ms high=9ms',
);
const pop = fc.record({
  servers: fc.integer({ min: 1, max: 5 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  queue: fc.constantFrom(null, 0, 3),
});
const labs = fc.record({
  pops: fc.array(pop, { minLength: 1, maxLength: 3 }),
  balancers: fc.integer({ min: 1, max: 2 }),
  services: fc.array(service, { minLength: 1, maxLength: 3 }),
  ratePerSecond: fc.integer({ min: 50, max: 1500 }),
  policy: fc.constantFrom(...policies.map(({ name }) => name)),
});

describe('the short way of laboratories', () => {
  it('gives what the general way gives, to the bit', () => {
    let shortCount = 0;
    const rejected = { count: 0 };
    fc.assert(
      fc.property(labs, (lab) => {
        const world = worldOf(textOf(lab));
        if (!isLaboratory(world)) return;
        shortCount++;
        const short = createSimulation(world, 'seed', 0).run();
        const general = createSimulation(world, 'seed', 0, { general: true }).run();
        rejected.count += short.metrics['rejected'] ?? 0;
        expect(short).toEqual(general);
        expect(short.metrics['requests']).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 20_261_127 },
    );
    // most policies ask for nothing but picks, and some queues are short
    expect(shortCount).toBeGreaterThan(100);
    expect(rejected.count).toBeGreaterThan(0);
  });

  it.each([
    ['a client that gives up', '', 'timeout: 20ms'],
    ['clients that try again', '', 'timeout: 20ms, retry: { max: 1 }'],
    ['processor sharing', 'discipline: ps', ''],
    ['servers that crash', 'queue: 3, crash_when_full: 10s', ''],
  ])('is not taken with %s', (_, popKeys, trafficKeys) => {
    const text = [
      'version: 1',
      'name: laboratory',
      `network: { pops: { lab: { servers: 1, concurrency: 1, ${popKeys} } } }`,
      'traffic:',
      '  arrivals: poisson 80/s',
      '  classes: { page: { service_time: exponential mean=1ms } }',
      ...trafficKeys.split(/, (?!max)/).map((key) => `  ${key}`),
      'run: { duration: 1s, warmup: 0s, seed: 1, replications: 1 }',
    ].join('\n');
    expect(isLaboratory(worldOf(text))).toBe(false);
  });

  it('is not taken where somebody looks on', () => {
    const world = worldOf(
      textOf({
        pops: [{ servers: 1, concurrency: 1, queue: null }],
        balancers: 1,
        services: ['3ms'],
        ratePerSecond: 80,
        policy: 'random',
      }),
    );
    expect(isLaboratory(world)).toBe(true);
    const lines: string[] = [];
    let endedCount = 0;
    const watched = createSimulation(world, 'seed', 0, {
      trace: (line) => lines.push(line),
      observers: [{ requestEnded: () => endedCount++ }],
    }).run();
    expect(watched).toEqual(createSimulation(world, 'seed', 0).run());
    expect(lines).toHaveLength(watched.eventCount);
    // arrivals outside the measured window end too
    expect(endedCount).toBeGreaterThan(watched.metrics['requests']!);
  });
});

import { expect, test } from 'vitest';
import { createSimulation, type EntityRef, type EventAction } from '../../../sim/index.ts';
import { twoPops } from '../two-pops.ts';

const SECOND = 1e9;

/** The same 20 s without the degradation and with it. */
function during(target: EntityRef, action: EventAction) {
  const event = { name: 'worse', atNs: 0, untilNs: 20 * SECOND, targets: [target], action };
  const options = { ratePerSecond: 40, serviceNs: 10e6, durationNs: 20 * SECOND };
  const plain = createSimulation(twoPops(options), 'worse', 0).run();
  const worse = createSimulation(twoPops({ ...options, events: [event] }), 'worse', 0).run();
  return { plain, worse };
}

test('a degraded POP: all its servers are slow, the other POP is as before', () => {
  const action = { verb: 'degrade', serviceTimeFactor: 3 } as const;
  const { plain, worse } = during({ kind: 'pop', pop: 'ams' }, action);
  const busy = (result: typeof plain, pop: string) => result.pops[pop]!['utilisation']!;
  expect(busy(worse, 'ams') / busy(plain, 'ams')).toBeCloseTo(3, 1);
  expect(busy(worse, 'fra')).toBe(busy(plain, 'fra'));
});

test('loss at a POP’s egress or on a region’s access network slows transfers there alone', () => {
  const action = { verb: 'degrade', lossRatio: 0.2 } as const;
  const region = Object.keys(during({ kind: 'world' }, action).plain.regions)[0]!;
  const ofRegion = during({ kind: 'region', region }, action);
  for (const [name, metrics] of Object.entries(ofRegion.worse.regions)) {
    const before = ofRegion.plain.regions[name]!['latency_mean_s']!;
    if (name === region) expect(metrics['latency_mean_s']!).toBeGreaterThan(before * 1.2);
    else expect(metrics['latency_mean_s']! / before).toBeCloseTo(1, 1);
  }
  const ofPop = during({ kind: 'pop', pop: 'fra' }, action);
  const before = ofPop.plain.pops['fra']!['latency_mean_s']!;
  expect(ofPop.worse.pops['fra']!['latency_mean_s']!).toBeGreaterThan(before * 1.2);
});

import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { PeakEwma } from '../../../balancer/averages/peak-ewma.ts';
import {
  createBalancer,
  policies,
  type Balancer,
  type BackendIndex,
} from '../../../balancer/index.ts';
import { expOfNegative } from '../../../balancer/numbers/exp.ts';
import { readVectors } from '../read-vectors.ts';

const SECOND = 1e9;

test('e^x is within 2 units in the last place for x in [−708, 0]', () => {
  let worst = 0;
  for (let i = 0; i <= 50_000; i++) {
    const x = -708 * (i / 50_000) ** 3;
    worst = Math.max(worst, Math.abs(expOfNegative(x) / Math.exp(x) - 1));
  }
  expect(worst).toBeLessThanOrEqual(2 * Number.EPSILON);
  expect(expOfNegative(0)).toBe(1);
  expect(expOfNegative(-Infinity)).toBe(0);
});

describe('the average: Linkerd’s own tests', () => {
  type Step = [verb: string, value: number, seconds: number];
  interface EwmaCase {
    readonly steps?: readonly Step[];
    readonly value?: number;
    readonly between?: readonly [number, number];
  }
  const { linkerd } = readVectors<{ linkerd: { decay_s: number; cases: EwmaCase[] } }>(
    'balancing/lb-peak-ewma.json',
  );
  test.each(linkerd.cases.filter(({ steps }) => steps))('$steps', ({ steps, value, between }) => {
    const ewma = new PeakEwma(linkerd.decay_s * SECOND);
    ewma.reserve(1);
    let readNs = 0;
    for (const [verb, first, second] of steps!) {
      // `get_at` has its time where the others have their value.
      readNs = (verb === 'get_at' ? first : second) * SECOND;
      if (verb === 'add') ewma.add(0, first, readNs);
      if (verb === 'add_peak') ewma.addPeak(0, first, readNs);
    }
    const read = ewma.read(0, readNs);
    if (value !== undefined) expect(Math.abs(read - value)).toBeLessThan(1e-12);
    if (between) expect(read > between[0] && read < between[1]).toBe(true);
  });

  test('reads change nothing, and late samples are dropped', () => {
    const ewma = new PeakEwma(10 * SECOND);
    ewma.reserve(1);
    expect(ewma.hasSample(0)).toBe(false);
    ewma.addPeak(0, 5, SECOND);
    ewma.read(0, 100 * SECOND);
    ewma.addPeak(0, 50, 0.5 * SECOND);
    expect(ewma.read(0, SECOND)).toBe(5);
  });
});

describe('the policy', () => {
  const clock = { nowNs: 0 };

  function balancerOf(count: number, options = {}): Balancer {
    const definition = policies.find(({ name }) => name === 'peak-ewma')!;
    const policy = definition.create(options, { random: seedrandom.alea('ewma') });
    const balancer = createBalancer({ policy, clock });
    for (let i = 0; i < count; i++) balancer.add({ id: `b${i}` });
    return balancer;
  }

  /** Requests one after another; each backend answers in its time. Shares of the requests. */
  function serve(balancer: Balancer, latencyMs: readonly number[], failing = -1): number[] {
    const counts = latencyMs.map(() => 0);
    for (let request = 0; request < 4000; request++) {
      const backend = balancer.pick(0, 0);
      balancer.start(backend);
      clock.nowNs += latencyMs[backend]! * 1e6;
      const outcome = backend === failing ? 'connect-error' : 'success';
      balancer.finish(backend, outcome, latencyMs[backend]! * 1e6);
      counts[backend]!++;
    }
    return counts.map((count) => count / 4000);
  }

  test('a node without history is tried once and then waited for', () => {
    const balancer = balancerOf(2);
    balancer.pick(0, 0);
    balancer.start(0 as BackendIndex);
    balancer.finish(0 as BackendIndex, 'success', 20e6);
    clock.nowNs += 1;
    // 30 ms assumed of backend 1 against 20 ms × 1 and, with two under way, 20 ms × 3.
    expect(balancer.pick(0, 0)).toBe(0);
    balancer.start(0 as BackendIndex);
    balancer.start(0 as BackendIndex);
    expect(balancer.pick(0, 0)).toBe(1);
    balancer.start(1 as BackendIndex);
    expect(balancer.pick(0, 0)).toBe(0);
  });

  test('the slow one of four is avoided whenever it is drawn', () => {
    const [, , , slow] = serve(balancerOf(4), [10, 10, 10, 300]);
    expect(slow).toBeLessThan(0.05);
  });

  test('a backend that fails in 1 ms is shunned, and by the originals’ rule swamped', () => {
    // The well ones need longer than the 30 ms assumed of a new one, so that each is tried.
    const [, , , shunned] = serve(balancerOf(4), [40, 40, 40, 1], 3);
    expect(shunned).toBeGreaterThan(0);
    expect(shunned).toBeLessThan(0.05);
    const original = balancerOf(4, { failure_latency: '0s' });
    const [, , , swamped] = serve(original, [40, 40, 40, 1], 3);
    // Drawn in half of the picks and the best whenever drawn.
    expect(swamped).toBeGreaterThan(0.45);
  });
});

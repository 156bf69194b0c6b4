import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  createFallRiseTracker,
  type BackendIndex,
  type ProbeOutcome,
} from '../../../balancer/index.ts';
import { readVectors } from '../read-vectors.ts';

interface HealthCase {
  readonly id: string;
  readonly inputs: { readonly p_fail: number; readonly fall: number; readonly rise: number };
  readonly expected: { E_probes: number; frac_down: number; flaps_per_1000_probes: number };
}

const cases = readVectors<HealthCase[]>('queueing/health-check.json');
const BACKEND = 0 as BackendIndex;

test('falls after `fall` failures in a row, rises after `rise` passes in a row', () => {
  const tracker = createFallRiseTracker({ fall: 3, rise: 2 });
  const transitions = [...'ffpfffpfpppf'].map((outcome) =>
    tracker.observe(BACKEND, outcome === 'f' ? 'fail' : 'pass'),
  );
  const expected: (string | undefined)[] = Array.from({ length: 12 }, () => undefined);
  expected[5] = 'down';
  expected[9] = 'up';
  expect(transitions).toEqual(expected);
  expect(tracker.isHealthy(BACKEND)).toBe(true);
  expect(tracker.isHealthy(7 as BackendIndex)).toBe(true);
});

test('a reset forgets, and backends do not disturb one another', () => {
  const tracker = createFallRiseTracker({ fall: 2, rise: 1 });
  const other = 5 as BackendIndex;
  tracker.observe(BACKEND, 'fail');
  tracker.observe(other, 'fail');
  tracker.reset(BACKEND);
  expect(tracker.observe(BACKEND, 'fail')).toBeUndefined();
  expect(tracker.observe(other, 'fail')).toBe('down');
});

test('refuses counts that are no whole numbers from 1', () => {
  expect(() => createFallRiseTracker({ fall: 0, rise: 1 })).toThrow(RangeError);
  expect(() => createFallRiseTracker({ fall: 1, rise: 1.5 })).toThrow(RangeError);
});

describe('expected probes until n failures in a row (Feller I, XIII)', () => {
  // Each run's length has a s.d. near its mean: 30,000 runs leave 0.6 %, four of them.
  const runs = cases.filter(({ id, expected }) => id.startsWith('runs') && expected.E_probes < 1e4);
  test.each(runs)('$id', ({ inputs, expected }) => {
    const random = seedrandom.alea('runs');
    let probes = 0;
    for (let run = 0; run < 30_000; run++) {
      const tracker = createFallRiseTracker({ fall: inputs.fall, rise: 1 });
      for (let isUp = true; isUp; probes++) {
        const outcome = random() < inputs.p_fail ? 'fail' : 'pass';
        isUp = tracker.observe(BACKEND, outcome) === undefined;
      }
    }
    expect(Math.abs(probes / 30_000 / expected.E_probes - 1)).toBeLessThan(0.024);
  });
});

describe('a healthy server whose probes get lost: the exact chain of the tracker', () => {
  const flaps = cases.filter(({ id }) => id.startsWith('flap'));
  test.each(flaps)('$id', ({ inputs, expected }) => {
    const { fractionDown, flapsPerProbe } = solveChain(inputs);
    expect(Math.abs(fractionDown / expected.frac_down - 1)).toBeLessThan(1e-9);
    expect(Math.abs((1000 * flapsPerProbe) / expected.flaps_per_1000_probes - 1)).toBeLessThan(
      1e-9,
    );
  });
});

/**
 * The tracker as a Markov chain whose steps are asked of the tracker itself. Each state (up, down)
 * is entered afresh at a transition, so expected stays U and D give everything. With e(k) the
 * probes still expected after k outcomes against, e(k) = 1 + p·e(k + 1) + (1 − p)·e(0), hence
 * e(0) = Σ pᵏ · (1 + (1 − p)·e(0)) over the k that do not complete a transition.
 */
function solveChain({ p_fail: pFail, fall, rise }: HealthCase['inputs']) {
  const expectedStay = (entry: ProbeOutcome[], against: ProbeOutcome, p: number) => {
    const history = [...entry];
    let reached = 1;
    let sum = 0;
    do {
      sum += reached;
      reached *= p;
      history.push(against);
    } while (lastTransition(history, fall, rise) === undefined);
    return sum / (1 - (1 - p) * sum);
  };
  const up = expectedStay([], 'fail', pFail);
  const down = expectedStay(
    Array.from({ length: fall }, () => 'fail'),
    'pass',
    1 - pFail,
  );
  return { fractionDown: down / (up + down), flapsPerProbe: 1 / (up + down) };
}

function lastTransition(history: readonly ProbeOutcome[], fall: number, rise: number) {
  const tracker = createFallRiseTracker({ fall, rise });
  return history.map((outcome) => tracker.observe(BACKEND, outcome)).at(-1);
}

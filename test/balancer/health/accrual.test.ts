import { describe, expect, test } from 'vitest';
import { HeartbeatHistory } from '../../../balancer/health/heartbeats/heartbeat-history.ts';
import { phi } from '../../../balancer/health/heartbeats/phi-accrual.ts';
import { healthChecks, PhiAccrualDetector, type BackendIndex } from '../../../balancer/index.ts';
import { log10, naturalLog } from '../../../balancer/numbers/log.ts';
import { power } from '../../../balancer/numbers/power.ts';
import { readVectors } from '../read-vectors.ts';

interface Trace {
  readonly name: string;
  readonly threshold?: number;
  readonly acceptable_pause_ms?: number;
  readonly heartbeats_ms: number[];
  readonly available?: [number, boolean][];
  readonly then_heartbeat?: number;
  readonly then?: [number, boolean][];
  readonly phi?: ([number, number, number] | [number, string])[];
}

const vectors = readVectors<{
  phi_mean_1000_sd_100: [number, number][];
  tolerance_phi: number;
  cdf_mean_0_sd_10: [number, number][];
  tolerance_cdf: number;
  cdf_mean_20_sd_3_at_22: number;
  outliers: { t: number; mean: number; sd: number; phi: number; tolerance?: number }[];
  history: { samples: number[]; max?: number; mean: number; variance: number }[];
  traces: Trace[];
}>('balancing/hc-phi-accrual.json');
const BACKEND = 0 as BackendIndex;

describe('phi accrual', () => {
  test('with the defaults, and heartbeats 1 s apart, suspects 4.52 s after the last', () => {
    const definition = healthChecks.find(({ name }) => name === 'phi-accrual')!;
    if (definition.kind !== 'heartbeats') throw new Error('phi-accrual is of heartbeats');
    const detector = definition.create({}, { random: () => 0 });
    const backend = 0 as BackendIndex;
    for (let beat = 0; beat <= 100; beat++) detector.heartbeat(backend, beat * 1e9);
    expect(detector.isAvailable(backend, 104.51e9)).toBe(true);
    expect(detector.isAvailable(backend, 104.53e9)).toBe(false);
  });

  test('phi and the distribution function', () => {
    // φ is −log₁₀ of what is above.
    const normalCdf = (t: number, mean: number, sd: number) => 1 - 10 ** -phi(t, mean, sd);
    for (const [t, expected] of vectors.phi_mean_1000_sd_100) {
      expect(Math.abs(phi(t, 1000, 100) - expected)).toBeLessThanOrEqual(vectors.tolerance_phi);
    }
    for (const [t, expected] of vectors.cdf_mean_0_sd_10) {
      expect(Math.abs(normalCdf(t, 0, 10) - expected)).toBeLessThanOrEqual(vectors.tolerance_cdf);
    }
    expect(normalCdf(22, 20, 3)).toBeCloseTo(vectors.cdf_mean_20_sd_3_at_22, 3);
    for (const { t, mean, sd, phi: expected, tolerance = 1e-9 } of vectors.outliers) {
      expect(Math.abs(phi(t, mean, sd) - expected)).toBeLessThanOrEqual(tolerance);
    }
  });

  test.each(vectors.history)('history of $samples', ({ samples, max = 20, mean, variance }) => {
    const history = new HeartbeatHistory(max);
    for (const sample of samples) history.add(sample);
    expect(history.mean).toBeCloseTo(mean, 5);
    expect(history.variance).toBeCloseTo(variance, 5);
  });

  test.each(vectors.traces)('$name', (trace) => {
    const detector = new PhiAccrualDetector({
      threshold: trace.threshold ?? 8,
      maxSampleSize: 1000,
      minStdDevNs: 100e6,
      acceptablePauseNs: (trace.acceptable_pause_ms ?? 0) * 1e6,
      firstHeartbeatNs: 1000e6,
    });
    expect(detector.isAvailable(BACKEND, 0)).toBe(true);
    for (const ms of trace.heartbeats_ms) detector.heartbeat(BACKEND, ms * 1e6);
    const expectAvailable = (at: [number, boolean][] = []) => {
      for (const [ms, isAvailable] of at) {
        expect([ms, detector.isAvailable(BACKEND, ms * 1e6)]).toEqual([ms, isAvailable]);
      }
    };
    expectAvailable(trace.available);
    if (trace.then_heartbeat !== undefined) detector.heartbeat(BACKEND, trace.then_heartbeat * 1e6);
    expectAvailable(trace.then);
    for (const [ms, expected, tolerance] of trace.phi ?? []) {
      const suspicion = detector.suspicion(BACKEND, ms * 1e6);
      if (typeof expected === 'string') expect(suspicion).toBeGreaterThan(15);
      else expect(Math.abs(suspicion - expected)).toBeLessThanOrEqual(tolerance!);
    }
  });
});

test('logarithms and powers agree with the platform to the last digits', () => {
  for (let i = -200; i < 200; i++) {
    const x = (1 + (i + 200) / 331) * 2 ** i;
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(
      2e-16 * Math.abs(Math.log(x)) + 1e-16,
    );
    expect(log10(x)).toBeCloseTo(Math.log10(x), 12);
    expect(power(x, 0.37) / x ** 0.37).toBeCloseTo(1, 12);
  }
  for (let digits = 0; digits < 15; digits++) expect(log10(10 ** digits)).toBe(digits);
});

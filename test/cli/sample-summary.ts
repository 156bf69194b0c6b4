import type { Estimate, StrategySummary, Summary } from '../../sim/report.ts';

export const estimate = (mean: number, halfWidth: number): Estimate => ({
  mean,
  low: mean - halfWidth,
  high: mean + halfWidth,
  replications: 14,
});

const strategy = (p95: Estimate, availability: Estimate): StrategySummary => ({
  settings: {},
  fingerprints: ['0123456789abcdef'],
  metrics: { latency_p95_s: p95, availability, latency_p99_s: null },
  pops: { fra: { requests: estimate(1000, 10) } },
  servers: {},
  classes: {},
  links: {},
  origins: {},
  regions: {},
  prefixes: {},
  windows: {},
});

/** The figures of the design's mock-up: two strategies, four thresholds, three comparisons. */
export function sampleSummary(): Summary {
  const threshold = (text: string, name: string, value: Estimate | null) => ({
    text,
    strategy: name,
    value,
  });
  const slow = 'p95(latency) < 320ms during fra-down';
  const recovery = 'recovery_time(p95(latency) within 10%) after fra-down < 120s';
  return {
    format: 1,
    scenario: { name: 'anycast-pop-failure', sha256: '00' },
    run: {
      seed: '1',
      replications: 14,
      duration_s: 5400,
      warmup_s: 200,
      fidelity: 'request',
      partial: false,
    },
    baseline: 'anycast',
    gate: ['anycast'],
    strategies: {
      anycast: strategy(estimate(0.0612, 0.0019), estimate(0.99982, 0.00004)),
      'geo-dns': strategy(estimate(0.074, 0.0022), estimate(0.99961, 0.00009)),
    },
    comparisons: [
      {
        metric: 'latency_p95_s',
        strategy: 'geo-dns',
        baseline: 'anycast',
        relative_difference: { mean: 0.209, low: 0.17, high: 0.25, replications: 14 },
        difference: estimate(0.0128, 0.002),
        p_adjusted: 0.001,
        verdict: 'worse',
        better_in: 0,
        variance_reduction: 4,
      },
      {
        metric: 'latency_p95_s',
        during: 'fra-down',
        strategy: 'geo-dns',
        baseline: 'anycast',
        relative_difference: { mean: 0.984, low: 0.85, high: 1.12, replications: 14 },
        difference: null,
        p_adjusted: 0.001,
        verdict: 'worse',
        better_in: 0,
        variance_reduction: 4,
      },
      {
        metric: 'availability',
        strategy: 'geo-dns',
        baseline: 'anycast',
        relative_difference: null,
        difference: estimate(-0.00021, 0.0001),
        p_adjusted: 0.2,
        verdict: 'no difference shown',
        better_in: 3,
        variance_reduction: null,
      },
    ],
    rankings: [],
    thresholds: [
      { ...threshold(slow, 'anycast', estimate(0.187, 0.011)), result: 'pass' },
      { ...threshold(slow, 'geo-dns', estimate(0.371, 0.024)), result: 'fail' },
      {
        ...threshold('availability >= 99.95%', 'anycast', estimate(0.99982, 4e-5)),
        result: 'pass',
      },
      {
        ...threshold('availability >= 99.95%', 'geo-dns', estimate(0.99961, 9e-5)),
        result: 'pass',
      },
      { ...threshold(recovery, 'anycast', estimate(96, 9)), result: 'pass' },
      {
        ...threshold(recovery, 'geo-dns', estimate(118, 17)),
        result: 'inconclusive',
        reason: 'straddles the limit',
      },
      { ...threshold('hit_ratio >= 80%', 'anycast', null), result: 'no data' },
    ],
    notes: ['warm start: 3 min 20 s simulated before 0:00'],
  };
}

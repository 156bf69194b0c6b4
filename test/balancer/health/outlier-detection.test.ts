import { describe, expect, test } from 'vitest';
import { outlierThreshold } from '../../../balancer/health/traffic/success-rates.ts';
import { readVectors } from '../read-vectors.ts';
import { Trial } from './traffic-trial.ts';

const SECOND_NS = 1e9;

describe('outlier detection', () => {
  const vectors = readVectors<{
    envoy_success_rate: { success_rates: number[]; threshold: number; requests_per_host: number };
    envoy_timeline: { checks: [number, string][]; ejected_at_ms: number };
    envoy_max_ejection: {
      cases: { hosts: number; ejected: number; percent: number; ejects: boolean }[];
    };
    grpc_cases: Record<string, number | string>[];
  }>('balancing/hc-outlier-detection.json');

  test('success rate: 90 − 1.9 · 20 = 52, and who is at 50 goes', () => {
    const {
      success_rates: rates,
      threshold,
      requests_per_host: requests,
    } = vectors.envoy_success_rate;
    expect(outlierThreshold(rates, 1.9)).toBe(threshold);
    const options = { max_ejection_percent: 100, consecutive_5xx: 1000 };
    const trial = new Trial('envoy-outliers', options, rates.length);
    rates.forEach((rate, host) => {
      for (let i = 0; i < requests; i++) {
        trial.finish(host, (i * rate) % 100 < rate ? 'success' : 'server-error', 1);
      }
    });
    expect(trial.reported).toEqual([]);
    trial.advance(10 * SECOND_NS);
    expect(trial.reported).toEqual(['0 down']);
  });

  test('the timeline: out at 10 s for 30 s', () => {
    const { checks, ejected_at_ms: ejectedMs } = vectors.envoy_timeline;
    const trial = new Trial('envoy-outliers', { max_ejection_percent: 100 }, 1);
    trial.finish(0, 'server-error', ejectedMs * 1e6, 5);
    for (const [ms, state] of checks) {
      trial.advance(ms * 1e6);
      expect([ms, trial.isUsable(0)]).toEqual([ms, state === 'un-ejected']);
    }
  });

  test.each(vectors.envoy_max_ejection.cases)(
    'Envoy: $ejected of $hosts out, $percent %: ejects $ejects',
    ({ hosts, ejected, percent, ejects }) => {
      const trial = new Trial('envoy-outliers', { max_ejection_percent: percent }, hosts);
      for (let host = 0; host <= ejected; host++) trial.finish(host, 'timeout', 1, 5);
      expect(trial.isUsable(ejected)).toBe(!ejects);
      const old = { max_ejection_percent: percent, always_eject_one_host: true };
      const first = new Trial('envoy-outliers', old, hosts);
      first.finish(0, 'timeout', 1, 5);
      expect(first.isUsable(0)).toBe(false);
    },
  );

  test.each(vectors.grpc_cases)('gRPC: $name', (written) => {
    const {
      failing,
      enforcement,
      max_ejection_percent: most,
      ejections,
    } = {
      ...vectors.grpc_cases[0],
      ...written,
    } as Record<string, number>;
    const trial = new Trial(
      'grpc-outliers',
      {
        max_ejection_percent: most,
        failure_percentage: {
          threshold: 50,
          enforcement_percentage: enforcement! / 100,
          minimum_hosts: 3,
          request_volume: 3,
        },
      },
      3,
    );
    for (let host = 0; host < 3; host++) {
      trial.finish(host, host < failing! ? 'server-error' : 'success', 1, 5);
    }
    trial.advance(10 * SECOND_NS);
    expect(trial.reported).toHaveLength(ejections!);
  });

  test('at the threshold exactly: Envoy ejects, gRPC does not', () => {
    const at50 = { minimum_hosts: 1, request_volume: 2, threshold: 50 };
    const grpc = new Trial('grpc-outliers', { failure_percentage: at50 }, 2);
    const envoy = new Trial(
      'envoy-outliers',
      {
        max_ejection_percent: 50,
        enforcing_failure_percentage: 1,
        failure_percentage_threshold: 50,
        failure_percentage_minimum_hosts: 1,
        failure_percentage_request_volume: 2,
      },
      2,
    );
    for (const trial of [grpc, envoy]) {
      trial.finish(0, 'timeout', 1);
      trial.finish(0, 'success', 1);
      trial.advance(10 * SECOND_NS);
    }
    expect(grpc.reported).toEqual([]);
    expect(envoy.reported).toEqual(['0 down']);
  });

  test('back-off: out for 30 s, then 60 s; forgotten by a step per quiet interval', () => {
    const trial = new Trial('envoy-outliers', { max_ejection_percent: 100 }, 1);
    const returnsAfter = (fromS: number) => {
      trial.finish(0, 'timeout', fromS * SECOND_NS, 5);
      let atS = fromS;
      while (!trial.isUsable(0)) trial.advance(++atS * SECOND_NS);
      return atS - fromS;
    };
    expect(returnsAfter(0)).toBe(30);
    expect(returnsAfter(30)).toBe(60);
    // Two quiet intervals take both steps away.
    trial.advance(110 * SECOND_NS);
    expect(returnsAfter(110)).toBe(30);
  });

  test('a base longer than the maximum is the maximum', () => {
    const options = { max_ejection_percent: 100, base_ejection_time: '10m' };
    const trial = new Trial('envoy-outliers', options, 1);
    trial.finish(0, 'timeout', 0, 5);
    trial.advance(590 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(false);
    trial.advance(600 * SECOND_NS);
    expect(trial.isUsable(0)).toBe(true);
  });

  test('gateway failures: a 500 is none; a success ends both rows', () => {
    const options = {
      max_ejection_percent: 100,
      consecutive_5xx: 100,
      consecutive_gateway_failure: 3,
      enforcing_consecutive_gateway_failure: 1,
    };
    const trial = new Trial('envoy-outliers', options, 1);
    trial.finish(0, 'rejected', 1, 2);
    trial.finish(0, 'server-error', 1);
    trial.finish(0, 'connect-error', 1, 2);
    trial.finish(0, 'success', 1);
    trial.finish(0, 'timeout', 1, 2);
    expect(trial.isUsable(0)).toBe(true);
    trial.finish(0, 'rejected', 1);
    expect(trial.isUsable(0)).toBe(false);
  });
});

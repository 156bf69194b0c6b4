import { z } from 'zod';
import { aboveZero, duration, probability } from '../../options.ts';
import { defineHealth } from '../health-definition.ts';
import { OutlierTracker } from './outlier-detection.ts';

const row = () => z.int().min(1);

/** Envoy's `outlier_detection` with the defaults of `outlier_detection.proto`. */
export const envoyOutliers = defineHealth({
  name: 'envoy-outliers',
  summary: 'Ejects who fails 5 times in a row or falls out of the success rates of the others.',
  kind: 'traffic',
  options: z.strictObject({
    interval: aboveZero(duration()).prefault('10s'),
    base_ejection_time: duration().prefault('30s'),
    max_ejection_time: duration().prefault('300s').describe('or the base, if that is longer'),
    max_ejection_time_jitter: duration().prefault('0s'),
    max_ejection_percent: z.number().min(0).max(100).default(10),
    always_eject_one_host: z
      .boolean()
      .default(false)
      .describe('as releases before 1.28 did (envoy#27909)'),
    consecutive_5xx: row().default(5),
    enforcing_consecutive_5xx: probability().default(1),
    consecutive_gateway_failure: row().default(5),
    enforcing_consecutive_gateway_failure: probability().default(0),
    enforcing_success_rate: probability().default(1),
    success_rate_minimum_hosts: z.int().min(1).default(5),
    success_rate_request_volume: z.int().min(0).default(100),
    success_rate_stdev_factor: z.int().min(0).default(1900).describe('thousandths'),
    enforcing_failure_percentage: probability().default(0),
    failure_percentage_threshold: z.number().min(0).max(100).default(85),
    failure_percentage_minimum_hosts: z.int().min(1).default(5),
    failure_percentage_request_volume: z.int().min(0).default(50),
  }),
  create: (options, { random }) =>
    new OutlierTracker(
      {
        product: 'envoy',
        intervalNs: options.interval,
        baseEjectionNs: options.base_ejection_time,
        maxEjectionNs: options.max_ejection_time,
        maxEjectionJitterNs: options.max_ejection_time_jitter,
        maxEjectionPercent: options.max_ejection_percent,
        alwaysEjectOne: options.always_eject_one_host,
        consecutive5xx: options.consecutive_5xx,
        enforcingConsecutive5xx: options.enforcing_consecutive_5xx,
        consecutiveGatewayFailure: options.consecutive_gateway_failure,
        enforcingConsecutiveGatewayFailure: options.enforcing_consecutive_gateway_failure,
        successRate: {
          enforcing: options.enforcing_success_rate,
          minimumHosts: options.success_rate_minimum_hosts,
          requestVolume: options.success_rate_request_volume,
          deviations: options.success_rate_stdev_factor / 1000,
        },
        failurePercentage: {
          enforcing: options.enforcing_failure_percentage,
          minimumHosts: options.failure_percentage_minimum_hosts,
          requestVolume: options.failure_percentage_request_volume,
          threshold: options.failure_percentage_threshold,
        },
      },
      random,
    ),
});

const grpcAlgorithm = {
  enforcement_percentage: probability().default(1),
  minimum_hosts: z.int().min(1).default(5),
};

/** gRPC's outlier detection (A50); both algorithms are off until they are given. */
export const grpcOutliers = defineHealth({
  name: 'grpc-outliers',
  summary: 'Ejects once an interval by success rate or failure percentage (gRPC A50).',
  kind: 'traffic',
  options: z.strictObject({
    interval: aboveZero(duration()).prefault('10s'),
    base_ejection_time: duration().prefault('30s'),
    max_ejection_time: duration().prefault('300s'),
    max_ejection_percent: z.number().min(0).max(100).default(10),
    success_rate: z
      .strictObject({
        ...grpcAlgorithm,
        request_volume: z.int().min(0).default(100),
        stdev_factor: z.int().min(0).default(1900).describe('thousandths'),
      })
      .optional(),
    failure_percentage: z
      .strictObject({
        ...grpcAlgorithm,
        request_volume: z.int().min(0).default(50),
        threshold: z.number().min(0).max(100).default(85),
      })
      .optional(),
  }),
  create: ({ success_rate: rate, failure_percentage: failures, ...options }, { random }) =>
    new OutlierTracker(
      {
        product: 'grpc',
        intervalNs: options.interval,
        baseEjectionNs: options.base_ejection_time,
        maxEjectionNs: options.max_ejection_time,
        maxEjectionJitterNs: 0,
        maxEjectionPercent: options.max_ejection_percent,
        alwaysEjectOne: false,
        consecutive5xx: Infinity,
        enforcingConsecutive5xx: 0,
        consecutiveGatewayFailure: Infinity,
        enforcingConsecutiveGatewayFailure: 0,
        successRate: {
          enforcing: rate?.enforcement_percentage ?? 0,
          minimumHosts: rate?.minimum_hosts ?? 0,
          requestVolume: rate?.request_volume ?? 0,
          deviations: (rate?.stdev_factor ?? 0) / 1000,
        },
        failurePercentage: {
          enforcing: failures?.enforcement_percentage ?? 0,
          minimumHosts: failures?.minimum_hosts ?? 0,
          requestVolume: failures?.request_volume ?? 0,
          threshold: failures?.threshold ?? 100,
        },
      },
      random,
    ),
});

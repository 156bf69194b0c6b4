import { z } from 'zod';
import { duration } from '../../options.ts';
import { defineHealth } from '../health-definition.ts';
import { PhiAccrualDetector } from './phi-accrual.ts';

/**
 * The failure detector of Akka's and Pekko's clusters; defaults of their `reference.conf`
 * (`cluster.failure-detector`). Regular heartbeats 1 s apart are missed 4.5 s after the latest.
 */
export const phiAccrual = defineHealth({
  name: 'phi-accrual',
  summary: 'Suspects by how unlikely the present silence is after the intervals seen so far.',
  kind: 'heartbeats',
  options: z.strictObject({
    threshold: z.number().gt(0).default(8).describe('8: one error in 10⁸'),
    max_sample_size: z.int().min(1).default(1000),
    min_std_deviation: duration().prefault('100ms'),
    acceptable_pause: duration().prefault('3s').describe('silence tolerated beyond the mean'),
    first_heartbeat: duration().prefault('1s').describe('interval assumed at first'),
  }),
  create: (options) =>
    new PhiAccrualDetector({
      threshold: options.threshold,
      maxSampleSize: options.max_sample_size,
      minStdDevNs: options.min_std_deviation,
      acceptablePauseNs: options.acceptable_pause,
      firstHeartbeatNs: options.first_heartbeat,
    }),
});

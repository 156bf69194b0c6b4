import { z } from 'zod';
import { durationDistribution, sizeDistribution } from './distributions.ts';
import { arrivals, clients, popularity } from './traffic-sentences.ts';
import { oneOrMore, record } from './pieces.ts';
import { bandwidth, count, duration, durationRange, onOff, rate, share } from './quantities.ts';

/** Requests of one kind. Shares that are not given divide what is left of 100 %. */
export const classSettings = z.strictObject({
  share: share().optional().describe('of all requests'),
  service_time: durationDistribution().optional().describe('work at a server; default none'),
  size: sizeDistribution().optional().describe('of the response; default 0B'),
  ttl: duration().optional().describe('freshness in caches; default 1h'),
  objects: count(1).optional().describe('distinct objects of this class'),
  popularity: popularity().optional().describe('zipf A | uniform; default zipf 0.9'),
  cacheable: onOff().optional().describe('off: every request goes to the origin'),
  pass: share().optional().describe('share of requests that no cache may answer; default 0%'),
  origin: z.string().optional().describe('where its misses go; default the first by name'),
});

export type ClassSettings = z.output<typeof classSettings>;

const dayCurve = z.union([
  z.enum(['flat', 'daily', 'peak']),
  z.strictObject({
    kind: z.enum(['flat', 'daily', 'peak']),
    amplitude: share().default(0.6).describe('of the mean rate'),
    peak_hour: z.number().min(0).max(24).default(20.5).describe('local time of the busiest hour'),
    start_utc: z.number().min(0).max(24).default(0).describe('UTC hour at 0:00 of the scenario'),
  }),
]);

const FAILURES = ['timeout', 'reset', 'connect_error', '503', '504', '5xx'] as const;

/** YAML reads `503` as a number. */
export const failureReason = z
  .union([z.enum(FAILURES), z.literal(503), z.literal(504)])
  .transform((reason) => String(reason) as (typeof FAILURES)[number]);

export const retrySettings = z.strictObject({
  on: oneOrMore(failureReason).optional().describe('default [timeout, reset, connect_error]'),
  max: count(0, 10).default(1).describe('attempts beyond the first'),
  backoff: durationRange().optional().describe('wait before a retry, drawn evenly; default 0s'),
  budget: share().optional().describe('retries ÷ requests allowed; default unlimited'),
});

export const trafficSettings = z.strictObject({
  rate: rate().optional().describe('mean requests a second, worldwide; Poisson per region'),
  arrivals: arrivals().optional().describe('poisson 80/s | constant 80/s | trace file=…'),
  day_curve: dayCurve.optional().describe('flat (default) | daily | peak'),
  protocol: z
    .strictObject({
      h1: share().optional(),
      h2: share().optional(),
      h3: share().optional(),
    })
    .optional()
    .describe('shares of connections; h1 and h2 take 2 round trips, h3 one; default h2'),
  clients: clients().optional().describe('distinct clients a region: 1000 per region (default)'),
  keep_alive: duration().optional().describe('idle connections are kept; default 60s'),
  access: bandwidth().optional().describe('rate of a client; default 50Mbps'),
  handshake_work: duration().optional().describe('server time of a new connection; default 0s'),
  timeout: z
    .union([z.literal('none'), durationDistribution()])
    .optional()
    .describe(
      'a duration bounds the attempt; any other law is patience in the queue; default none',
    ),
  retry: z.union([z.literal('off'), retrySettings]).optional(),
  classes: record(classSettings).optional(),
  keys: z
    .strictObject({
      count: count(1),
      popularity: popularity().optional(),
    })
    .optional()
    .describe('what hashing policies hash, where classes have no objects'),
  objects: count(1).optional().describe('for classes that do not say'),
  popularity: popularity().optional().describe('for classes that do not say'),
  size: sizeDistribution().optional().describe('for classes that do not say'),
  service_time: durationDistribution().optional().describe('for classes that do not say'),
  ttl: duration().optional().describe('for classes that do not say'),
});

export type TrafficSettings = z.output<typeof trafficSettings>;

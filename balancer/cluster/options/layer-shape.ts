import { z } from 'zod';
import type { Quantities } from './quantities.ts';

/**
 * The keys under `balancer:` for what stands around a policy, with their ranges and defaults. Each
 * is checked by itself here; which of them exclude each other says `layerContradictions`.
 */
export function layerShape(quantities: Quantities) {
  const { duration, count, numberAbove, share } = quantities;
  return {
    subset: z
      .strictObject({
        kind: z
          .enum(['deterministic', 'random', 'rocksteadier', 'aperture', 'load-band'])
          .default('deterministic'),
        size: count(1).describe('servers that an instance sees; of load-band: uses at least'),
      })
      .optional()
      .describe(
        'each instance sees, probes and uses part of the servers; ' +
          'load-band: uses as its load needs',
      ),
    ...zoneShape(quantities),
    slow_start: z
      .union([
        duration(),
        z.strictObject({
          window: duration(),
          aggression: numberAbove(0)
            .default(1)
            .describe('1 is linear; above, faster at first (Envoy)'),
          min_weight: share().default(0.1).describe('least part of the weight'),
        }),
      ])
      .optional()
      .describe('a server that joined or recovered gets more and more'),
    retries: retryShape(quantities)
      .optional()
      .describe('by the balancer, before the client hears of the failure'),
    circuit_breaker: z
      .strictObject({
        requests: count(1).default(1024).describe('in flight, an instance'),
        pending: count(0).default(1024).describe('waiting for a connection, an instance'),
        retries: count(0).default(3).describe('retries of the balancer in flight'),
      })
      .optional()
      .describe('what exceeds a limit is refused with 503 (Envoy)'),
    connections: z
      .strictObject({
        max: count(1).describe('requests in flight to a server, from each instance'),
        timeout: duration().optional().describe('of waiting; default none'),
      })
      .optional()
      .describe('the next request waits in the balancer (HAProxy maxconn)'),
    affinity: z
      .union([
        z.enum(['cookie', 'client']),
        z.strictObject({
          by: z.enum(['cookie', 'client']),
          ttl: duration().optional(),
          drain: z
            .enum(['keep', 'move'])
            .default('keep')
            .describe('clients of a drained server stay (HAProxy), or move at once'),
        }),
      ])
      .optional()
      .describe('a client stays with its server: by a cookie, or a table of its address'),
  };
}

/** Layers that divide the servers. */
function zoneShape({ count, numbersAbove, onOff, share }: Quantities) {
  const overprovisioning = count(100, 1000)
    .default(140)
    .describe('per cent: 140 keeps full load down to 71 % of the servers (Envoy)');
  const instances = () => z.array(z.string()).min(1).describe('zone of each balancer, in turn');
  return {
    priorities: z
      .union([onOff(), z.strictObject({ overprovisioning, panic_threshold: share().default(0.5) })])
      .optional()
      .describe(
        'servers of priority 0 first, more as they are lost (Envoy); see servers[].priority',
      ),
    zone_aware: z
      .strictObject({
        instances: instances(),
        min_cluster_size: count(1).default(6).describe('fewer servers, and zones are ignored'),
      })
      .optional()
      .describe('stays in the own zone as far as its servers can take it (Envoy)'),
    locality_weighted: z
      .strictObject({
        weights: numbersAbove(0).describe('by zone; 1 for others'),
        overprovisioning,
      })
      .optional()
      .describe('turns among zones by weight × health (Envoy)'),
    locality_failover: z
      .strictObject({
        instances: instances(),
        overprovisioning,
        panic_threshold: share().default(0.5),
      })
      .optional()
      .describe('the own zone alone, until too few of its servers are well (Istio)'),
  };
}

function retryShape({ duration, count, share, failureReasons }: Quantities) {
  const budget = z.union([
    z.literal('off'),
    share(),
    z.strictObject({
      active: share().default(0.2).describe('retries in flight ÷ requests in flight (Envoy)'),
      min_concurrency: count(0).default(3).describe('allowed always'),
    }),
    z.strictObject({
      deposit: share().describe('of a retry that each request pays for (Finagle, Linkerd: 20%)'),
      per_second: count(0).default(10).describe('free retries a second'),
      ttl: duration().default(10_000_000_000).describe('of a deposit'),
    }),
  ]);
  return z.strictObject({
    on: failureReasons()
      .optional()
      .describe('default [connect_error, 503], with per_try_timeout also timeout'),
    max: count(1, 10).default(1),
    avoid_previous: count(0, 10)
      .default(1)
      .describe('redraws to avoid servers tried before (Envoy’s previous_hosts)'),
    per_try_timeout: duration()
      .optional()
      .describe('after which the balancer waits no longer for a server; default none'),
    budget: budget
      .optional()
      .describe('a share of active requests (Envoy 20%), or deposits; default off'),
  });
}

/** The keys as decoded: durations in ns, shares as ratios. */
export type Layers = {
  readonly [Key in keyof ReturnType<typeof layerShape>]?: z.output<
    ReturnType<typeof layerShape>[Key]
  >;
};

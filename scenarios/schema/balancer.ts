import { z } from 'zod';
import { failureReason } from './traffic.ts';
import { oneOrMore, record } from './pieces.ts';
import { count, duration, numberAbove, onOff, share } from './quantities.ts';

/** What stands around a policy under `balancer:`; each key alone, and together. */

const overprovisioning = count(100, 1000)
  .default(140)
  .describe('per cent: 140 keeps full load down to 71 % of the servers (Envoy)');

const slowStart = z.strictObject({
  window: duration(),
  aggression: numberAbove(0).default(1).describe('1 is linear; above, faster at first (Envoy)'),
  min_weight: share().default(0.1).describe('least part of the weight'),
});

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

const directorShape = {
  type: z.enum(['random', 'fallback', 'hash', 'client', 'chash']),
  quorum: share().optional().describe('of the weight that must be well; default any'),
  vnodes_per_node: count(1, 1_000_000).optional().describe('of chash; default 256'),
  seed: count(0).optional().describe('of the ring of chash; default 0'),
};

const rebuild = z.strictObject({
  time: duration().default(0).describe('of every build'),
  per_server: duration().default(0).describe('more, for each server that may be picked'),
  per_pair: duration().default(0).describe('more, times the square of their number'),
  update_merge_window: duration()
    .default(0)
    .describe('updates within it are delivered together (Envoy: 1s); default each at once'),
  merge: z
    .enum(['health', 'all'])
    .default('health')
    .describe('what the window holds; health: not who joins, leaves or drains (Envoy)'),
  coalesce: z
    .union([onOff(), z.literal('lossy')])
    .default(true)
    .describe(
      'updates during a build share the next one; off: a build each, in turn; lossy: are lost ' +
        'until another comes (envoy#45055)',
    ),
});

const transportKind = z.enum([
  'none',
  'connection-table',
  'second-chance',
  'previous',
  'beamer',
  'jet',
  'cheetah',
]);

/** A director below another; its members are decoded one by one. */
export const nestedDirector = z.strictObject({
  ...directorShape,
  weight: numberAbove(0).default(1).describe('in the director above'),
  members: z.array(z.unknown()).min(1),
});

export const balancerLayers = z.strictObject({
  director: z
    .strictObject({
      ...directorShape,
      members: z
        .array(z.unknown())
        .min(1)
        .default(['*'])
        .describe('servers by patterns of names, or directors with a weight; default all'),
    })
    .optional()
    .describe('instead of a policy: a director of Fastly’s, with quorum'),
  hash_key: z.enum(['object', 'client']).optional().describe('what hashing policies hash'),
  subset: z
    .strictObject({
      kind: z
        .enum(['deterministic', 'random', 'rocksteadier', 'aperture', 'load-band'])
        .default('deterministic'),
      size: count(1).describe('servers that an instance sees; of load-band: uses at least'),
    })
    .optional()
    .describe(
      'each instance sees, probes and uses part of the servers; load-band: uses as its load needs',
    ),
  priorities: z
    .union([onOff(), z.strictObject({ overprovisioning, panic_threshold: share().default(0.5) })])
    .optional()
    .describe('servers of priority 0 first, more as they are lost (Envoy); see servers[].priority'),
  zone_aware: z
    .strictObject({
      instances: z.array(z.string()).min(1).describe('zone of each balancer, in turn'),
      min_cluster_size: count(1).default(6).describe('fewer servers, and zones are ignored'),
    })
    .optional()
    .describe('stays in the own zone as far as its servers can take it (Envoy)'),
  locality_weighted: z
    .strictObject({
      weights: record(numberAbove(0)).describe('by zone; 1 for others'),
      overprovisioning,
    })
    .optional()
    .describe('turns among zones by weight × health (Envoy)'),
  locality_failover: z
    .strictObject({
      instances: z.array(z.string()).min(1).describe('zone of each balancer, in turn'),
      overprovisioning,
      panic_threshold: share().default(0.5),
    })
    .optional()
    .describe('the own zone alone, until too few of its servers are well (Istio)'),
  slow_start: z
    .union([duration(), slowStart])
    .optional()
    .describe('a server that joined or recovered gets more and more'),
  retries: z
    .strictObject({
      on: oneOrMore(failureReason)
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
    })
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
  transport: z
    .union([
      transportKind,
      z.strictObject({
        kind: transportKind,
        capacity: count(1)
          .optional()
          .describe('connections that an instance remembers: connection-table, jet'),
        daisy_chain: duration()
          .optional()
          .describe('of beamer: packets are passed on so long after a change; default 4m'),
      }),
    ])
    .optional()
    .describe('an L4 balancer: a connection whose server changes breaks, unless it is kept'),
  rebuild: z
    .union([duration(), rebuild])
    .optional()
    .describe('building the table takes time; picks use the old one meanwhile; default none'),
  load_information: z
    .strictObject({
      board: duration()
        .optional()
        .describe('loads as servers told them at most so long ago; else own requests, at once'),
      reports: duration()
        .optional()
        .describe('servers report so often; 1s under wrr-utilisation-grpc and heat-weighted'),
      probe_round_trip: duration().optional().describe('of a load probe; 500us under prequal'),
    })
    .optional(),
});

export type BalancerLayers = z.output<typeof balancerLayers>;

/** Keys that stand beside `policy` under `balancer:`. */
export const LAYER_KEYS: readonly string[] = Object.keys(balancerLayers.shape);

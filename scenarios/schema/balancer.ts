import { z } from 'zod';
import { aboveZero, layerShape } from '../../balancer/index.ts';
import { failureReason } from './traffic.ts';
import { oneOrMore, record } from './pieces.ts';
import { count, duration, numberAbove, onOff, share } from './quantities.ts';

/** What stands around a policy under `balancer:`; each key alone, and together. */

/** The keys of the library, with the quantities and messages of scenarios. */
const layers = layerShape({
  duration,
  share,
  count,
  numberAbove,
  onOff,
  failureReasons: () => oneOrMore(failureReason),
  numbersAbove: (least) => record(numberAbove(least)),
});

const directorShape = {
  type: z.enum(['random', 'fallback', 'hash', 'client', 'chash']),
  quorum: aboveZero(share()).optional().describe('of the weight that must be well; default any'),
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
    .describe('what the window holds; health: changes of health and weight only (Envoy)'),
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
  ...layers,
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
      board: aboveZero(duration())
        .optional()
        .describe('loads as servers told them at most so long ago; else own requests, at once'),
      reports: aboveZero(duration())
        .optional()
        .describe('servers report so often; 1s under wrr-utilisation-grpc and heat-weighted'),
      probe_round_trip: duration().optional().describe('of a load probe; 500us under prequal'),
    })
    .optional(),
});

export type BalancerLayers = z.output<typeof balancerLayers>;

/** Keys that stand beside `policy` under `balancer:`. */
export const LAYER_KEYS: readonly string[] = Object.keys(balancerLayers.shape);

import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { autoscaleSettings } from './autoscale.ts';
import { durationDistribution } from './distributions.ts';
import { entityName, record } from './pieces.ts';
import { bandwidth, count, duration, numberAbove, share } from './quantities.ts';

const asNumber = z.string().regex(/^AS\d+$/, 'an AS is written AS1299');
const metroCode = z.string().regex(/^[a-z]{3}$/, 'a metro is an airport code like fra');

/** Servers of one kind in a POP; they are called `TYPE-0` … `TYPE-(count − 1)`. */
const serverGroup = z.strictObject({
  count: count(1, LIMITS.servers).describe('how many'),
  type: entityName().describe('their names are TYPE-0 … TYPE-(count − 1)'),
  cores: count(1).optional().describe('default of concurrency'),
  weight: numberAbove(0).default(1).describe('share of the traffic under weighted policies'),
  zone: entityName().optional().describe('where they stand; for zone-aware balancers'),
  priority: count(0, 127).optional().describe('0 (default) is used first; for priorities'),
  concurrency: count(1)
    .optional()
    .describe('requests served at once; default: cores, else the POP’s'),
  speed: numberAbove(0).default(1).describe('service times are divided by this'),
});

/** What may be said of a POP. Everything is optional: a preset or `'*'` may have said it. */
export const popSettings = z.strictObject({
  location: z
    .tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])
    .optional()
    .describe('latitude and longitude, degrees; needed for a POP that no preset has'),
  servers: z
    .union([count(1, LIMITS.servers), z.array(serverGroup).min(1)])
    .optional()
    .describe('N servers called 0 … N − 1, or a list of groups; default 1'),
  concurrency: count(1).optional().describe('requests that a server serves at once; default 1'),
  speed: numberAbove(0).optional().describe('service times are divided by this; default 1'),
  queue: z
    .union([count(0), z.literal('unlimited')])
    .optional()
    .describe('waiting requests a server; the next is rejected with 503; default unlimited'),
  crash_when_full: duration()
    .optional()
    .describe('a server whose queue is full dies, out of memory, for so long; default it rejects'),
  discipline: z
    .enum(['fifo', 'ps'])
    .optional()
    .describe('fifo: first come first served (default); ps: processor sharing'),
  egress: bandwidth().optional().describe('to clients; default unlimited'),
  balancers: count(1, 1024)
    .optional()
    .describe('balancing instances, each with its own view of load and health; default 1'),
  autoscale: autoscaleSettings
    .optional()
    .describe('servers are started and stopped by load (Kubernetes’ HPA); default all are up'),
  service_time: durationDistribution().optional().describe('overrides that of the classes here'),
  transit: z.array(asNumber).optional().describe('providers of a new POP'),
});

export type PopSettings = z.output<typeof popSettings>;

/** A link between two POPs, both directions alike. */
export const linkSettings = z.strictObject({
  between: z.tuple([z.string(), z.string()]).describe('two POPs; events call it link/A-B'),
  latency: duration().optional().describe('one way; default: by distance'),
  bandwidth: bandwidth().optional().describe('default 100Gbps'),
  loss: share().optional().describe('share of packets lost; default 0%'),
  buffer: duration().optional().describe('queueing time at full rate; default 50ms'),
});

export type LinkSettings = z.output<typeof linkSettings>;

/** Clients of an imported AS graph. */
const asPlacement = z.strictObject({
  as: asNumber.describe('the AS that serves them'),
  at: z
    .union([metroCode, z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)])])
    .describe('code of their metro (fra), or latitude and longitude: the nearest metro'),
  weight: numberAbove(0).default(1).describe('relative number of clients'),
  access: z.enum(['fibre', 'cable', 'dsl']).optional().describe('default: that of the import'),
});

export type AsPlacement = z.output<typeof asPlacement>;

/** A map from a file; paths are relative to the scenario and stay in its folder. */
export const importSettings = z.strictObject({
  graphml: z
    .string()
    .optional()
    .describe('a GraphML file (Topology Zoo): nodes with Latitude and Longitude are POPs'),
  json: z.string().optional().describe('a map in the JSON form of the topology library'),
  as_relationships: z
    .string()
    .optional()
    .describe('a CAIDA AS-relationship file (serial-1 or -2, plain, .gz or .bz2)'),
  regions: record(asPlacement)
    .optional()
    .describe('clients of an AS graph, by name: their AS and where they are'),
  ases: z
    .record(asNumber, z.array(metroCode).min(1))
    .optional()
    .describe('metros where an AS of the graph is; default: wherever a packet meets it'),
  without_coordinates: z
    .enum(['refuse', 'leave-out'])
    .default('refuse')
    .describe('GraphML nodes that have no place'),
  bandwidth: bandwidth().optional().describe('GraphML links that say none; default 10Gbps'),
  access: z
    .enum(['fibre', 'cable', 'dsl'])
    .default('fibre')
    .describe('of the clients that a map without regions gets, one region a POP'),
});

export type ImportSettings = z.output<typeof importSettings>;

export const networkSettings = z.strictObject({
  world: z.string().optional().describe('a built-in world; normally set by a topology/ preset'),
  import: importSettings.optional(),
  pops: record(popSettings).optional().describe("by name; '*' holds settings of all"),
  links: z.array(linkSettings).optional(),
});

export type NetworkSettings = z.output<typeof networkSettings>;

import { meanOf } from '../../kernel/moments.ts';
import type { RecordedLink, RecordedPop, RecordedWorld } from '../../recording.ts';
import type { Tables } from '../../tables.ts';
import type { DistributionSpec, WorldSpec } from '../../world.ts';
import { coloursOf } from './palette.ts';
import { Places } from './places.ts';

/** The world as a recording shows it: what has a name, where it is, what it can take. */
export function describeWorld(tables: Tables, prefixes: readonly string[]): RecordedWorld {
  const { world, regionNames, routing } = tables;
  const places = new Places(world);
  return {
    pops: popsOf(tables, places),
    servers: world.pops.flatMap(({ servers }, pop) =>
      servers.map(({ name, weight, concurrency, speed }) => {
        return { name, pop, weight, concurrency, speed };
      }),
    ),
    links: linksOf(tables),
    regions: regionNames.map((name) => places.region(name)),
    origins: world.origins.map(({ name, near, serverCount }) => ({
      name,
      near_pop: near === null ? -1 : tables.pops.names.indexOf(near),
      server_count: serverCount,
    })),
    prefixes,
    classes: world.classes.map(({ name }) => name),
    routing: routing === null ? null : world.routing.strategy.name,
    balancer: world.balancer.policy.name,
    has_geography: world.network !== undefined,
  };
}

function popsOf({ world, pops }: Tables, places: Places): readonly RecordedPop[] {
  const described = world.pops.map(({ name }) => places.pop(name));
  const colours = coloursOf(described);
  const shields = world.cache?.shield?.pops ?? [];
  return world.pops.map((spec, pop) => {
    const { servers, serviceTime, egressBps } = spec;
    const workNs = serviceTime === undefined ? meanWorkNs(world) : meanOf(serviceTime);
    const slots = servers.reduce((sum, { concurrency }) => sum + concurrency, 0);
    const speed = servers.reduce((sum, server) => sum + server.concurrency * server.speed, 0);
    const capacity = (speed * 1e9) / workNs;
    return {
      ...described[pop]!,
      first_server: pops.firstServer(pop),
      server_count: servers.length,
      concurrency: slots,
      capacity_per_s: Number.isFinite(capacity) && capacity > 0 ? capacity : null,
      egress_bps: Number.isFinite(egressBps) ? egressBps : null,
      is_shield: shields.includes(spec.name),
      colour: colours[pop]!,
    };
  });
}

function meanWorkNs({ classes }: WorldSpec): number {
  const mean = (spec: DistributionSpec, share: number): number => meanOf(spec) * share;
  return classes.reduce((sum, { serviceTime, share }) => sum + mean(serviceTime, share), 0);
}

function linksOf({ backbone }: Tables): readonly RecordedLink[] {
  return backbone.linkNames.map((name, link) => {
    const bandwidthBps = backbone.pipes.bandwidthBps(link * 2);
    return {
      name,
      kind: 'backbone',
      a: backbone.endOf(link * 2 + 1),
      b: backbone.endOf(link * 2),
      bandwidth_bps: Number.isFinite(bandwidthBps) ? bandwidthBps : null,
      rtt_s: (2 * backbone.pipes.latencyNs(link * 2)) / 1e9,
    };
  });
}

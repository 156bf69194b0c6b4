import {
  AperturePolicy,
  type Balancer,
  createBalancer,
  DirectorPolicy,
  hash32,
  inLayers,
  ObservedBalancer,
  type PolicyDefinition,
  type LayerPlace,
  type PolicyPorts,
  type RandomSource,
} from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { RandomStreams } from '../../kernel/random.ts';
import type { ObserverHub } from '../../metrics/observer-hub.ts';
import type { AroundSpec, PopSpec, WorldSpec } from '../../world.ts';
import { directorOf } from './directors.ts';
import { createLoadAsker } from './load-asker.ts';
import { BoardPolicy, LoadBoard } from './load-board.ts';
import type { ServerLoads } from './server-loads.ts';
import { asBuilt, buildTimeNs } from './table-building.ts';

export interface InstanceParts {
  readonly world: WorldSpec;
  readonly definition: PolicyDefinition;
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  /** What the servers of the POP tell of themselves; null where nobody asks. */
  readonly loads: ServerLoads | null;
  /** Whether a backend of the POP would answer a load probe. */
  readonly answers: (backend: number) => boolean;
  readonly observers: ObserverHub;
  /** The POP, and the balancer over all instances. */
  readonly place: { readonly pop: number; readonly balancer: number };
}

/** One balancing instance of a POP: the policy in its layers, over all servers of the POP. */
export function createInstance(parts: InstanceParts, pop: PopSpec, instance: number): Balancer {
  const { world, definition, kernel, streams, loads } = parts;
  const { policy: named, panicThreshold = 0, around } = world.balancer;
  const entity = `${pop.name}/${instance}`;
  const stream = streams.stream('policy', entity);
  const bare = createPorts(parts, () => balancer);
  const ports: PolicyPorts = { ...bare, random: () => stream.uniform() };
  const board = loads === null ? null : createBoard(parts, pop, entity);
  const makePolicy = () => {
    const made =
      around?.director === undefined
        ? definition.create(named.options, ports)
        : new DirectorPolicy(directorOf(around.director, pop), ports.random);
    const informed = board === null ? made : new BoardPolicy(made, board);
    const { loadBand } = around ?? {};
    return loadBand === undefined
      ? informed
      : new AperturePolicy(informed, hash32(entity), loadBand);
  };
  const layerDraws = around === undefined ? null : streams.stream('balancer-layers', entity);
  const policyInLayers =
    layerDraws === null
      ? makePolicy()
      : inLayers(
          makePolicy,
          around!,
          placeOf(pop, instance, () => layerDraws.uniform()),
        );
  const rebuild = around?.rebuild;
  const built =
    rebuild === undefined ? null : asBuilt(policyInLayers, { ...parts, ...parts.place });
  const plain = createBalancer({
    policy: built ?? policyInLayers,
    clock: kernel,
    // Priorities decide for themselves who panics.
    panicThreshold: decidesPanic(around) ? 0 : panicThreshold,
  });
  const balancer: Balancer = isListenedTo(world) ? new ObservedBalancer(plain) : plain;
  for (const { name, weight } of pop.servers) balancer.add({ id: `${pop.name}/${name}`, weight });
  if (balancer instanceof ObservedBalancer) loads?.hear(balancer);
  built?.begin(balancer.pool, kernel, {
    ...rebuild!,
    buildNs: (serverCount) => buildTimeNs(rebuild!, serverCount),
  });
  return balancer;
}

function placeOf(pop: PopSpec, instance: number, random: RandomSource): LayerPlace {
  const { servers, balancerCount: instanceCount } = pop;
  return {
    priorityOf: (backend) => servers[backend]!.priority ?? 0,
    zoneOf: (backend) => servers[backend]!.zone ?? '',
    zones: servers.map(({ zone = '' }) => zone),
    instance,
    instanceCount,
    random,
  };
}

function decidesPanic({ priorities, zones }: AroundSpec = {}): boolean {
  return priorities !== undefined || zones?.kind === 'locality-failover';
}

/** Whether anything learns from the requests that balancers send. */
function isListenedTo({ passive, health, balancer }: WorldSpec): boolean {
  const asks = balancer.around?.loads !== undefined;
  return passive !== undefined || health?.rule !== undefined || asks;
}

function createPorts(parts: InstanceParts, balancer: () => Balancer): Omit<PolicyPorts, 'random'> {
  const { world, kernel, loads, answers } = parts;
  const roundTripNs = world.balancer.around?.loads?.probeRoundTripNs ?? null;
  if (roundTripNs === null || loads === null) return {};
  const asker = createLoadAsker(kernel, loads, answers, roundTripNs);
  return {
    loadProber: {
      probe: (backend) => asker.ask(backend, (report) => balancer().report(backend, report)),
    },
  };
}

/** Written anew at intervals; each instance has a phase of its own. */
function createBoard(
  { world, kernel, streams, loads }: InstanceParts,
  pop: PopSpec,
  entity: string,
): LoadBoard | null {
  const boardNs = world.balancer.around?.loads?.boardNs ?? null;
  if (boardNs === null) return null;
  const board = new LoadBoard(pop.servers.length, (backend) => loads!.inFlight(backend));
  const refresh = () => {
    board.refresh();
    kernel.after(boardNs, refresh);
  };
  kernel.after(Math.floor(streams.stream('load-board', entity).uniform() * boardNs), refresh);
  return board;
}

import type { BackendIndex } from '../backend-pool.ts';
import { createBalancer, type Balancer } from '../balancer.ts';
import { Backpressure } from '../c3/backpressure.ts';
import type { AwaitedPicks } from '../dispatching/awaited-picks.ts';
import type { ClientCookies } from '../dispatching/client-memory.ts';
import { createDispatcher } from '../dispatching/create-dispatcher.ts';
import type { DispatchEnds } from '../dispatching/dispatch-ends.ts';
import { hash32 } from '../hashes/xxhash.ts';
import { ObservedBalancer } from '../health/observed-balancer.ts';
import { createActiveView } from '../health/views/active-view.ts';
import type { HealthView, ViewPorts } from '../health/views/health-view.ts';
import { PassiveView } from '../health/views/passive-view.ts';
import { AperturePolicy } from '../layers/aperture-policy.ts';
import { policies } from '../policies/index.ts';
import type { Policy } from '../policy.ts';
import type { LoadAsker, Prober, RandomSource, Timers } from '../ports.ts';
import { SyncPrequal } from '../prequal/sync-prequal.ts';
import { Cluster, type Member } from './cluster.ts';
import {
  readClusterOptions,
  type ClusterOptions,
  type ClusterSettings,
} from './options/cluster-options.ts';
import { Place, type Instance } from './place.ts';
import { inLayers } from './policy-layers.ts';
import { Roster } from './roster.ts';

/** What a cluster draws for; one stream for each, so that draws of one do not move another's. */
export type DrawPurpose = 'policy' | 'layers' | 'probes' | 'passive' | 'probed-picks';

export interface ClusterPorts {
  readonly timers: Timers;
  readonly random: (purpose: DrawPurpose) => RandomSource;
  /** What is done with requests. */
  readonly ends: DispatchEnds;
  /** For `health.active`. */
  readonly prober?: Prober;
  /** For `balancer.affinity: cookie`. */
  readonly cookies?: ClientCookies;
  /** For `prequal`, which without it goes by what the balancer itself sees. */
  readonly loadAsker?: LoadAsker;
  /** One alone when absent. */
  readonly instance?: Instance;
  /** An active or passive check changed its mind. */
  readonly onHealthChange?: (id: string, isWell: boolean) => void;
}

/**
 * One balancer with all that its options ask for, in the order in which a request meets it:
 * breaker, affinity, priorities, zones, subset, policy, queue for connections, retries; and the
 * health checks that tell who is well. The simulator's balancers are made of the same parts.
 *
 * Throws when options are wrong (an Error, or a ZodError with every problem of a section), or ask
 * for a port that is not there.
 */
export function createCluster(
  options: ClusterOptions,
  members: readonly Member[],
  ports: ClusterPorts,
): Cluster {
  const settings = readClusterOptions(options);
  const { timers, instance = { index: 0, count: 1, name: '' } } = ports;
  const place = new Place(instance, zonesOf(settings, members));
  const policy = layeredPolicy(settings, place, ports, () => balancer);
  const plain = createBalancer({
    policy,
    clock: timers,
    // Priorities decide for themselves who panics; options refuse both.
    panicThreshold: settings.panicThreshold,
  });
  const hears = settings.passive !== undefined || settings.active?.rule !== undefined;
  const observed = hears ? new ObservedBalancer(plain) : null;
  const balancer: Balancer = observed ?? plain;
  const roster = new Roster(balancer.pool, timers, settings.slowStart);
  const dispatcher = createDispatcher(
    settings,
    {
      balancer,
      timers,
      awaited: awaitedPicks(settings, balancer, ports),
      isMember: (backend) => roster.has(backend),
      ...(ports.cookies === undefined ? {} : { cookies: ports.cookies }),
    },
    ports.ends,
  );
  const views = healthViews(settings, observed, { balancer, roster, ports });
  const { subset } = settings;
  return new Cluster({ balancer, dispatcher, roster, views, place, subset }, members);
}

/** Zones that layers know from the beginning; null when none of them asks. */
function zonesOf({ zones }: ClusterSettings, members: readonly Member[]): string[] | null {
  if (zones === undefined) return null;
  const named = members.map(({ zone = '' }) => zone);
  return [...new Set([...zones.instances, ...Object.keys(zones.weights), ...named])];
}

function layeredPolicy(
  settings: ClusterSettings,
  place: Place,
  { random, loadAsker }: ClusterPorts,
  balancer: () => Balancer,
): Policy {
  const { name, options } = settings.policy;
  const definition = policies.find((policy) => policy.name === name)!;
  const draws = random('policy');
  const loadProber = loadAsker && {
    probe: (backend: BackendIndex) =>
      loadAsker.ask(backend, (report) => balancer().report(backend, report)),
  };
  const makePolicy = () => {
    const made = definition.create(options, {
      random: draws,
      ...(loadProber === undefined ? {} : { loadProber }),
    });
    const { loadBand } = settings;
    if (loadBand === undefined) return made;
    return new AperturePolicy(made, hash32(place.name), loadBand);
  };
  return inLayers(makePolicy, settings, {
    priorityOf: place.priorityOf,
    zoneOf: place.zoneOf,
    zones: place.zones ?? [],
    instance: place.instance,
    instanceCount: place.instanceCount,
    random: random('layers'),
  });
}

/** Where the pick itself takes time. */
function awaitedPicks(
  { policy: { name, options } }: ClusterSettings,
  balancer: Balancer,
  { timers, random, loadAsker }: ClusterPorts,
): AwaitedPicks | null {
  if (name === 'c3' && options['rate_control'] === true) return new Backpressure(balancer, timers);
  if (name !== 'prequal' || options['mode'] !== 'sync' || loadAsker === undefined) return null;
  const draws = random('probed-picks');
  return new SyncPrequal(options, { balancer, timers, random: draws, asker: loadAsker });
}

function healthViews(
  { active, passive }: ClusterSettings,
  observed: ObservedBalancer | null,
  { balancer, roster, ports }: { balancer: Balancer; roster: Roster; ports: ClusterPorts },
): HealthView[] {
  const { timers, random, prober, onHealthChange } = ports;
  const portsFor = (purpose: DrawPurpose): ViewPorts => ({
    pool: balancer.pool,
    timers,
    random: random(purpose),
    onChange: (backend, isWell) => {
      if (isWell) roster.recovered(backend);
      onHealthChange?.(balancer.pool.id(backend), isWell);
    },
  });
  const views: HealthView[] = [];
  if (active !== undefined) {
    if (prober === undefined) throw new Error('active health checks need a prober');
    views.push(createActiveView(active, prober, observed, portsFor('probes')));
  }
  if (passive !== undefined) views.push(new PassiveView(passive, observed!, portsFor('passive')));
  return views;
}

import type {
  ActiveCheckSettings,
  DispatchSettings,
  LayerSettings,
  LoadBandSettings,
  SlowStartSettings,
  SubsetSettings,
} from '../balancer/index.ts';
import type { DistributionSpec, PolicySpec } from './world.ts';

/** How balancers choose and what they know; see `WorldSpec`. */

export interface BalancerSpec {
  readonly policy: PolicySpec;
  /** What hashing policies hash. */
  readonly hashKey: 'object' | 'client';
  /** Share of healthy servers below which health is ignored; 0 (the default) = never. */
  readonly panicThreshold?: number;
  /** What stands around the policy; absent = nothing. */
  readonly around?: AroundSpec;
}

export interface HealthSpec extends ActiveCheckSettings {
  /** A check of the library's catalogue, or `swim`. */
  readonly rule?: PolicySpec;
  /** Work of a probe at the server, which queues as a request does; absent = probes are free. */
  readonly probeWork?: DistributionSpec;
}

/** Who watches an origin's servers, and how. */
export interface ObserversSpec {
  /** One view for each POP, for each of its balancer instances, or for each of its servers. */
  readonly per: 'pop' | 'balancer' | 'server';
  readonly health: HealthSpec | null;
  readonly passive?: PolicySpec;
}

/** Layers around a policy, from the outside in; each absent one costs nothing. */
export interface AroundSpec extends DispatchSettings, LayerSettings {
  /** Instead of the policy: a tree of Fastly's directors. */
  readonly director?: DirectorTree;
  /** Each instance sees part of the servers only. */
  readonly subset?: SubsetSettings;
  /** Each instance uses as many of the servers that it sees as its load needs (Finagle). */
  readonly loadBand?: Pick<LoadBandSettings, 'minAperture'>;
  readonly slowStart?: SlowStartSettings;
  readonly transport?: TransportSpec;
  readonly loads?: LoadsSpec;
  /** Requests wait while the policy would rather not pick (C3's rate control). */
  readonly holdsBack?: true;
  readonly rebuild?: RebuildSpec;
}

/** A director and its members: servers of the POP by a pattern of their names, or directors. */
export interface DirectorTree {
  readonly type: 'random' | 'fallback' | 'hash' | 'client' | 'chash';
  readonly quorum?: number;
  readonly vnodesPerNode?: number;
  readonly seed?: number;
  readonly weight?: number;
  readonly members: readonly (string | DirectorTree)[];
}

/** What happens to a client's open connection when the table points elsewhere. */
export interface TransportSpec {
  /**
   * `none`: it breaks. `connection-table`: each instance remembers; breaks when another instance
   * is reached. `second-chance`: the server tried next for the key takes the packet if it holds the
   * connection (GLB). `previous`: who owned the key before does (Faild). `beamer`: the same, for
   * some time after the change. `jet`: each instance remembers connections that a server who may
   * join would take. `cheetah`: the client carries a cookie that names the server.
   */
  readonly kind:
    | 'none'
    | 'connection-table'
    | 'second-chance'
    | 'previous'
    | 'beamer'
    | 'jet'
    | 'cheetah';
  /** Of the connection table and of JET's, least recently used first out; Infinity. */
  readonly capacity: number;
  /** Of Beamer: packets are passed on so long after a change. */
  readonly chainNs: number;
}

/**
 * What it costs a balancer to bring its table in line with its servers; absent = nothing. The time
 * of a build is fixed + perServer × n + perPair × n² for n servers that may be picked.
 */
export interface RebuildSpec {
  readonly timeNs: number;
  readonly perServerNs: number;
  readonly perPairNs: number;
  /** Updates within it are delivered together (Envoy's `update_merge_window`); 0: each at once. */
  readonly mergeWindowNs: number;
  /** Which updates wait for the window; `health`: not who joins, leaves or drains (Envoy). */
  readonly merges: 'health' | 'all';
  /** Updates that come during a build are built together after it; else each in its turn. */
  readonly coalesces: boolean;
  /** Updates that come during a build are lost until the next (envoy#45055); absent: no. */
  readonly losesUpdates?: boolean;
}

/** What balancers know of servers' load beyond their own requests. */
export interface LoadsSpec {
  /**
   * Requests in flight as every server tells of itself, at this age at most; null: each instance
   * knows its own requests only, at once.
   */
  readonly boardNs: number | null;
  /** Servers report throughput and utilisation to all instances so often; null: never. */
  readonly reportNs: number | null;
  /** Round trip of a load probe (Prequal); null: the policy answers itself. */
  readonly probeRoundTripNs: number | null;
  /** Each request waits for the answers to probes of its own (Prequal’s `mode: sync`). */
  readonly awaitsProbes: boolean;
}

import type { Kernel } from './kernel/kernel.ts';
import type { ObserverHub } from './metrics/observer-hub.ts';
import type { Backbone } from './network/backbone.ts';
import type { Membership } from './pop/balancing/membership.ts';
import type { PopLoads } from './pop/balancing/pop-loads.ts';
import type { Caches } from './pop/caches.ts';
import type { Fetches } from './pop/fetches.ts';
import type { ProbeVisits } from './pop/health/probe-visits.ts';
import type { KeyMoves } from './pop/key-moves.ts';
import type { Origins } from './pop/origins.ts';
import type { Pops } from './pop/pops.ts';
import type { Shields } from './pop/shields.ts';
import type { Stations } from './pop/stations.ts';
import type { Requests } from './requests.ts';
import type { Routing } from './routing/routing.ts';
import type { Arrivals } from './traffic/arrivals.ts';
import type { Connections } from './traffic/connections.ts';
import type { ObjectCatalogue } from './traffic/object-catalogue.ts';
import type { WorldSpec } from './world.ts';

/** All state of a simulation: the tables that its handlers read and write. */
export interface Tables {
  readonly world: WorldSpec;
  readonly kernel: Kernel;
  readonly requests: Requests;
  readonly arrivals: Arrivals;
  readonly catalogue: ObjectCatalogue;
  readonly pops: Pops;
  readonly membership: Membership;
  readonly popLoads: PopLoads;
  readonly keyMoves: KeyMoves;
  /** One station for each server of the world. */
  readonly stations: Stations;
  readonly probeVisits: ProbeVisits;
  readonly caches: Caches;
  readonly fetches: Fetches;
  readonly shields: Shields;
  readonly origins: Origins;
  readonly backbone: Backbone;
  /** null in a laboratory: requests arrive at their POP with no network between. */
  readonly routing: Routing | null;
  readonly connections: Connections;
  readonly regionNames: readonly string[];
  /** Round trip of each region's access network, ns. */
  readonly accessRttNs: Float64Array;
  /** Loss on each region's access network, set by events. */
  readonly regionLossRatio: Float64Array;
  readonly observers: ObserverHub;
}

import type { Requests } from '../requests.ts';
import type { WorldSpec } from '../world.ts';
import { BalancerCollector } from './collectors/balancer-collector.ts';
import { CacheCollector } from './collectors/cache-collector.ts';
import { ControlPlaneCollector } from './collectors/control-plane-collector.ts';
import { HealthCollector } from './collectors/health-collector.ts';
import { KeyMovesCollector } from './collectors/key-moves-collector.ts';
import { OriginCollector } from './collectors/origin-collector.ts';
import { ProbesCollector } from './collectors/probes-collector.ts';
import { RequestsCollector } from './collectors/requests-collector.ts';
import { TableCollector } from './collectors/table-collector.ts';
import { TimelineCollector } from './collectors/timeline-collector.ts';
import type { EntityNames } from './entity-names.ts';
import type { Observer } from './observer.ts';
import { StorySegments } from './story-segments.ts';
import { WindowWatch } from './windows/window-watch.ts';

/** All that listens during a run whose result is to be summarized. */
export interface Collectors {
  readonly segments: StorySegments;
  readonly requests: RequestsCollector;
  readonly cache: CacheCollector;
  readonly origin: OriginCollector;
  readonly controlPlane: ControlPlaneCollector;
  readonly health: HealthCollector;
  readonly keyMoves: KeyMovesCollector;
  readonly probes: ProbesCollector;
  readonly balancers: BalancerCollector;
  readonly tables: TableCollector;
  readonly timeline: TimelineCollector | null;
  /** Only where a threshold asks for entities in a part of the story. */
  readonly windows: WindowWatch | null;
  /** The same, for the hub. */
  readonly observers: readonly Observer[];
}

/** @param clockZeroNs what the kernel's clock shows at 0:00 of the story */
export function createCollectors(
  world: WorldSpec,
  names: EntityNames,
  table: Requests,
  clockZeroNs = 0,
): Collectors {
  const segments = new StorySegments(world);
  const { timelineNs } = world.record;
  const requests = new RequestsCollector(table, names, segments, world.record, clockZeroNs);
  const timeline =
    timelineNs > 0
      ? new TimelineCollector(table, names, world.time, timelineNs, clockZeroNs)
      : null;
  const cache = new CacheCollector(names, segments, clockZeroNs);
  const origin = new OriginCollector(names, segments, clockZeroNs);
  const controlPlane = new ControlPlaneCollector(names, segments, clockZeroNs);
  const health = new HealthCollector(world, names, clockZeroNs);
  const keyMoves = new KeyMovesCollector(segments, clockZeroNs);
  const probes = new ProbesCollector(names, segments, clockZeroNs);
  const balancers = new BalancerCollector(segments, clockZeroNs);
  const tables = new TableCollector(segments, clockZeroNs);
  const observers: Observer[] = [
    requests,
    cache,
    origin,
    controlPlane,
    health,
    keyMoves,
    probes,
    balancers,
    tables,
  ];
  if (timeline !== null) observers.push(timeline);
  const windows =
    world.record.entityWindows === undefined
      ? null
      : new WindowWatch(world, table, names, segments, clockZeroNs);
  if (windows !== null) observers.push(...windows.observers);
  return {
    segments,
    requests,
    cache,
    origin,
    controlPlane,
    health,
    keyMoves,
    probes,
    balancers,
    tables,
    timeline,
    windows,
    observers,
  };
}

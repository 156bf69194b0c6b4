import type { Requests } from '../../requests.ts';
import type { WorldSpec } from '../../world.ts';
import { HealthCollector } from '../collectors/health-collector.ts';
import type { EntityNames } from '../entity-names.ts';
import type { Observer } from '../observer.ts';
import type { StorySegments } from '../story-segments.ts';
import { type AskedStretch, AskedWindows } from './asked-windows.ts';
import { WindowDoings } from './window-doings.ts';
import { WindowRequests } from './window-requests.ts';

/** All that listens because a threshold asks for entities in a part of the story. */
export class WindowWatch {
  readonly asked: AskedWindows;
  readonly requests: WindowRequests;
  readonly doings: WindowDoings;
  /** Verdicts of health checks, a collector for each stretch. */
  readonly health: readonly HealthCollector[];
  readonly observers: readonly Observer[];

  constructor(
    world: WorldSpec,
    table: Requests,
    names: EntityNames,
    segments: StorySegments,
    clockZeroNs: number,
  ) {
    const asked = new AskedWindows(world.record.entityWindows ?? [], names, segments);
    const { boundariesNs } = segments;
    this.asked = asked;
    this.requests = new WindowRequests(asked, table, names, segments, world.record, clockZeroNs);
    this.doings = new WindowDoings(asked, names, segments, clockZeroNs);
    this.health = asked.stretches.map(
      (stretch) =>
        new HealthCollector(
          world,
          names,
          clockZeroNs,
          stretch.segments.map((segment) => ({
            fromNs: boundariesNs[segment]!,
            untilNs: boundariesNs[segment + 1]!,
          })),
        ),
    );
    this.observers = [this.requests, this.doings, ...this.health];
  }

  /** Null where nobody asks for this part of this event. */
  healthIn(event: string, part: AskedStretch['part']): HealthCollector | null {
    const index = this.asked.stretches.findIndex(
      (stretch) => stretch.event === event && stretch.part === part,
    );
    return this.health[index] ?? null;
  }
}

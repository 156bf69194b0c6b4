import type { EntityWindowSpec, WindowedKind } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';
import type { StorySegments } from '../story-segments.ts';

/** A part of the story around a named event, of which figures of entities are kept. */
export interface AskedStretch {
  readonly event: string;
  readonly part: EntityWindowSpec['part'];
  readonly segments: readonly number[];
}

/** One entity in one stretch: a row of what is counted of its kind. */
export interface AskedRow {
  readonly entity: number;
  /** Index in `stretches`. */
  readonly stretch: number;
}

const NAMES_OF = {
  pop: 'pops',
  server: 'servers',
  class: 'classes',
  region: 'regions',
  link: 'links',
  origin: 'origins',
  prefix: 'prefixes',
} as const satisfies Readonly<Record<WindowedKind, keyof EntityNames>>;

/**
 * The pairs of entity and stretch that thresholds ask for. Only these are counted; who counts is
 * registered only where there are any.
 */
export class AskedWindows {
  readonly stretches: readonly AskedStretch[];
  private readonly rows: Readonly<Record<WindowedKind, readonly AskedRow[]>>;
  private readonly segmentCount: number;

  constructor(asked: readonly EntityWindowSpec[], names: EntityNames, segments: StorySegments) {
    const stretches: AskedStretch[] = [];
    const rows: Record<WindowedKind, AskedRow[]> = {
      pop: [],
      server: [],
      class: [],
      region: [],
      link: [],
      origin: [],
      prefix: [],
    };
    for (const { kind, name, part, event } of asked) {
      const stretch = indexOfStretch(stretches, { part, event }, segments);
      if (stretch < 0 || kind === 'world') continue;
      names[NAMES_OF[kind]].forEach((known, entity) => {
        const isWanted = name === null || name === known;
        const isNew = !rows[kind].some((row) => row.entity === entity && row.stretch === stretch);
        if (isWanted && isNew) rows[kind].push({ entity, stretch });
      });
    }
    this.stretches = stretches;
    this.rows = rows;
    this.segmentCount = segments.count;
  }

  rowsOf(kind: WindowedKind): readonly AskedRow[] {
    return this.rows[kind];
  }

  /** Which rows of a kind an entity's doings in a segment count in. */
  rowsAt(kind: WindowedKind): RowsBySegment {
    const table: (number[] | undefined)[][] = [];
    this.rows[kind].forEach(({ entity, stretch }, row) => {
      const ofEntity = (table[entity] ??= Array.from({ length: this.segmentCount }));
      for (const segment of this.stretches[stretch]!.segments) {
        (ofEntity[segment] ??= []).push(row);
      }
    });
    return (entity, segment) => table[entity]?.[segment] ?? NONE;
  }
}

export type RowsBySegment = (entity: number, segment: number) => readonly number[];

const NONE: readonly number[] = [];

/** Of a stretch, added where it is new; -1 where the story has no such event. */
function indexOfStretch(
  stretches: AskedStretch[],
  { part, event }: Pick<EntityWindowSpec, 'part' | 'event'>,
  segments: StorySegments,
): number {
  const known = stretches.findIndex((other) => other.part === part && other.event === event);
  if (known >= 0) return known;
  const window = segments.windows.find(({ name }) => name === event);
  if (window === undefined) return -1;
  return stretches.push({ event, part, segments: segments[part](window) }) - 1;
}

import { WHOLE, type ScreenTransform } from '../../charts/screen-transform.ts';
import type { RecordedWorld } from '../../../sim/recording.ts';
import type { Size } from '../../observe-size.ts';
import { moved } from './schematic-camera.ts';

/** Layers from the left: clients, the POP, its servers. Pixels. */
export interface LabPlaces {
  readonly clients: readonly [x: number, y: number];
  readonly pop: readonly [x: number, y: number];
  readonly servers: readonly (readonly [x: number, y: number])[];
  /** Largest radius of a server that leaves its neighbours alone. */
  readonly serverRadius: number;
  /** Whether there is room for figures beside the names. */
  readonly hasNotes: boolean;
}

const MARGIN = { top: 34, bottom: 54 } as const;
/** Between neighbours, pixels. */
const SPACING = { least: 13, most: 64 } as const;
/** Between servers of different types, as a share of the spacing. */
const GROUP_GAP = 0.6;

/** So many gaps between types are reckoned with. */
const MANY_TYPES = 6;

/** Between columns, pixels: names, figures and the lines that pass. */
const NOTES_ROOM = 300;

export function labPlaces(
  { servers }: RecordedWorld,
  { width, height }: Size,
  transform: ScreenTransform = WHOLE,
): LabPlaces {
  const { columns, perColumn, steps, spacing, middle } = columnsOf(servers, height);
  const top = middle - (spacing * (steps.at(-1) ?? 0)) / 2;
  const first = width * (columns > 1 ? 0.44 : 0.6);
  const between = columns > 1 ? (width * 0.9 - first) / (columns - 1 || 1) : 0;
  const toScreen = moved(transform);
  const { k } = transform;
  return {
    clients: toScreen([width * 0.12, middle]),
    pop: toScreen([width * (columns > 1 ? 0.27 : 0.34), middle]),
    servers: servers.map((_, i) =>
      toScreen([
        first + between * Math.floor(i / perColumn),
        top + spacing * (steps[i % perColumn] ?? 0),
      ]),
    ),
    serverRadius: Math.min(Math.max((k * spacing) / 2 - 3, 3), 16),
    hasNotes: columns === 1 ? k * width > 480 : k > 1 && k * between > NOTES_ROOM,
  };
}

/** How servers stand in columns as high as the window. */
function columnsOf(servers: RecordedWorld['servers'], height: number) {
  const room = Math.max(height - MARGIN.top - MARGIN.bottom, SPACING.least);
  const types = new Set(servers.map(({ name }) => typeOf(name))).size;
  const gaps = GROUP_GAP * Math.min(types - 1, MANY_TYPES);
  const rows = Math.max(Math.floor(room / SPACING.least - gaps) + 1, 1);
  const columns = Math.ceil(servers.length / rows);
  const perColumn = Math.ceil(servers.length / Math.max(columns, 1));
  const steps = offsets(servers.slice(0, perColumn).map(({ name }) => typeOf(name)));
  const spacing = Math.min(room / Math.max(steps.at(-1) ?? 1, 1), SPACING.most);
  return { columns, perColumn, steps, spacing, middle: MARGIN.top + room / 2 };
}

/** Positions in steps, with a gap where the type changes. */
function offsets(types: readonly string[]): readonly number[] {
  let at = 0;
  return types.map((type, i) => {
    if (i > 0) at += type === types[i - 1] ? 1 : 1 + GROUP_GAP;
    return at;
  });
}

/** `gen3` of `gen3-7`. */
const typeOf = (name: string): string => name.replace(/-?\d+$/, '');

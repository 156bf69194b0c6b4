import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { Comparison } from '../sim/report.ts';
import type { Report } from './data/report.ts';
import type { LiveProgress } from './data/follow-run.ts';
import type { RecordingPlayer } from './data/recording-player.ts';
import { resolveTheme, type Theme, type ThemeChoice } from './theme.ts';

/** What the page shows, as signals: read `.value` inside an effect to be told of changes. */
export const VIEW_IDS = [
  'map',
  'schematic',
  'timeline',
  'compare',
  'pop',
  'balancer',
  'requests',
  'report',
  'playground',
] as const;
export type ViewId = (typeof VIEW_IDS)[number];

export const SELECTION_KINDS = [
  'pop',
  'server',
  'link',
  'region',
  'origin',
  'event',
  'request',
] as const;

/** An entity by its name in scenarios: `pop/fra`, `server/fra/gen3-7`. */
export interface Selection {
  readonly kind: (typeof SELECTION_KINDS)[number];
  readonly name: string;
}

/** Part of the story that time charts are restricted to; seconds on the scenario's clock. */
export interface TimeWindow {
  readonly from_s: number;
  readonly until_s: number;
}

/** Where the map looks: zoom 1 is the whole world; degrees. */
export interface Camera {
  readonly zoom: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** Where the schematic looks: zoom 1 is all of it; its centre as shares of width and height. */
export interface PlaneCamera {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** A quantile that latencies are shown by. */
export const LATENCY_MEASURES = ['p50', 'p95', 'p99'] as const;
export type LatencyMeasure = (typeof LATENCY_MEASURES)[number];

/** What stands for the load of a server in the heat map of the balancer. */
export const SERVER_LOADS = ['utilisation', 'in_flight', 'requests'] as const;
export type ServerLoad = (typeof SERVER_LOADS)[number];

/** In which order sampled requests are listed. */
export const REQUEST_ORDERS = ['sent', 'slowest', 'attempts'] as const;
export type RequestOrder = (typeof REQUEST_ORDERS)[number];

/** How Compare puts two maps: next to each other, or one over the other with a divider. */
export const ARRANGEMENTS = ['beside', 'swipe'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** The entities whose figures the report lists: members of a strategy in `summary.json`. */
export const ENTITY_LISTS = [
  'pops',
  'servers',
  'classes',
  'links',
  'origins',
  'regions',
  'prefixes',
] as const;
export type EntityList = (typeof ENTITY_LISTS)[number];

/** The steps of `[` and `]`: seconds of the story a second. */
export const SPEEDS = [0.25, 1, 4, 10, 30, 60, 150, 600] as const;

/** What the URL holds: plain values, so that a link shows the same again. */
export interface Settings {
  readonly view: Signal<ViewId>;
  readonly strategy: Signal<string>;
  readonly versus: Signal<string | null>;
  /** Whether Compare and the map show differences (`v`). */
  readonly isDifference: Signal<boolean>;
  readonly time_s: Signal<number>;
  readonly window: Signal<TimeWindow | null>;
  readonly selection: Signal<Selection | null>;
  readonly camera: Signal<Camera | null>;
  /** Of the schematic; null = all of it. */
  readonly plane: Signal<PlaneCamera | null>;
  readonly measure: Signal<LatencyMeasure>;
  readonly theme: Signal<ThemeChoice>;
  readonly hasLabels: Signal<boolean>;
  /** An expression: entities it matches are not drawn. */
  readonly hidden: Signal<string>;
  /** Entities kept in the side panel, as `pop/fra`. */
  readonly pinned: Signal<readonly string[]>;
  /** Whether the table twin is shown in place of the picture. */
  readonly isTable: Signal<boolean>;
  readonly speed: Signal<number>;
  readonly arrangement: Signal<Arrangement>;
  /** Where the divider of Compare's two maps stands, 0 = left … 1 = right. */
  readonly swipeShare: Signal<number>;
  readonly entityList: Signal<EntityList>;
  readonly serverLoad: Signal<ServerLoad>;
  /** Words that sampled requests have to match. */
  readonly requestFilter: Signal<string>;
  readonly requestOrder: Signal<RequestOrder>;
  /** What was changed in the playground, packed; empty = nothing. */
  readonly packedEdits: Signal<string>;
}

export interface Store extends Settings {
  readonly report: Signal<Report>;
  readonly isPlaying: Signal<boolean>;
  /**
   * The time that figures and marks are shown for: `time_s`, but ten times a second at most while
   * the story plays. Cursors and particles move with `time_s`.
   */
  readonly calmTime_s: Signal<number>;
  /** Recordings that have been loaded, by strategy; null = there is none. */
  readonly recordings: Signal<ReadonlyMap<string, RecordingPlayer | null>>;
  /** Of `strategy` and `versus`; undefined while it loads. */
  readonly recording: ReadonlySignal<RecordingPlayer | null | undefined>;
  readonly versusRecording: ReadonlySignal<RecordingPlayer | null | undefined>;
  /** Against others than the report's baseline, by that other one; null = none to be had. */
  readonly otherComparisons: Signal<ReadonlyMap<string, readonly Comparison[] | null>>;
  readonly span: ReadonlySignal<TimeWindow>;
  readonly systemIsDark: Signal<boolean>;
  readonly shownTheme: ReadonlySignal<Theme>;
  readonly isMotionReduced: Signal<boolean>;
  /** The entity under the pointer. */
  readonly hovered: Signal<Selection | null>;
  /** The instant under the pointer of a time chart: a line in every chart. */
  readonly hoverTime_s: Signal<number | null>;
  /** While the pointer holds the scrubber: motion pauses. */
  readonly isScrubbing: Signal<boolean>;
  /** null = the run has ended. */
  readonly live: Signal<LiveProgress | null>;
}

export function createStore(loaded: Report): Store {
  const report = signal(loaded);
  const strategy = signal(loaded.summary.baseline);
  const versus = signal<string | null>(null);
  const recordings = signal<ReadonlyMap<string, RecordingPlayer | null>>(new Map());
  const theme = signal<ThemeChoice>('auto');
  const systemIsDark = signal(false);
  return {
    report,
    view: signal<ViewId>('map'),
    strategy,
    versus,
    isDifference: signal(false),
    time_s: signal(0),
    window: signal<TimeWindow | null>(null),
    selection: signal<Selection | null>(null),
    camera: signal<Camera | null>(null),
    plane: signal<PlaneCamera | null>(null),
    measure: signal<LatencyMeasure>('p95'),
    theme,
    hasLabels: signal(true),
    hidden: signal(''),
    pinned: signal<readonly string[]>([]),
    isTable: signal(false),
    speed: signal(10),
    arrangement: signal<Arrangement>('beside'),
    swipeShare: signal(0.5),
    entityList: signal<EntityList>('pops'),
    serverLoad: signal<ServerLoad>('utilisation'),
    requestFilter: signal(''),
    requestOrder: signal<RequestOrder>('sent'),
    packedEdits: signal(''),
    isPlaying: signal(false),
    calmTime_s: signal(0),
    recordings,
    recording: computed(() => recordings.value.get(strategy.value)),
    versusRecording: computed(() =>
      versus.value === null ? null : recordings.value.get(versus.value),
    ),
    otherComparisons: signal<ReadonlyMap<string, readonly Comparison[] | null>>(new Map()),
    span: computed(() => spanOf(report.value, recordings.value)),
    systemIsDark,
    shownTheme: computed(() => resolveTheme(theme.value, systemIsDark.value)),
    isMotionReduced: signal(false),
    hovered: signal<Selection | null>(null),
    hoverTime_s: signal<number | null>(null),
    isScrubbing: signal(false),
    live: signal<LiveProgress | null>(null),
  };
}

/** From the start of the story, or of what was measured, to its end. */
function spanOf(
  report: Report,
  recordings: ReadonlyMap<string, RecordingPlayer | null>,
): TimeWindow {
  const ends = report.timelines.flatMap((timeline) =>
    timeline === null ? [] : [timeline.start_s + timeline.requests.length * timeline.bucket_s],
  );
  for (const player of recordings.values()) if (player) ends.push(player.index.duration_s);
  return {
    from_s: 0,
    until_s: ends.length === 0 ? report.summary.run.duration_s : Math.max(...ends),
  };
}

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  return a?.kind === b?.kind && a?.name === b?.name;
}

export const selectionPath = ({ kind, name }: Selection): string => `${kind}/${name}`;

/** The reverse of `selectionPath`; null where the kind is unknown. */
export function parseSelection(path: string): Selection | null {
  const slash = path.indexOf('/');
  const kind = SELECTION_KINDS.find((known) => known === path.slice(0, slash));
  const name = path.slice(slash + 1);
  return kind === undefined || name === '' ? null : { kind, name };
}

import {
  ARRANGEMENTS,
  ENTITY_LISTS,
  LATENCY_MEASURES,
  parseSelection,
  REQUEST_ORDERS,
  selectionPath,
  SERVER_LOADS,
  VIEW_IDS,
  type Arrangement,
  type Camera,
  type EntityList,
  type LatencyMeasure,
  type PlaneCamera,
  type RequestOrder,
  type Selection,
  type ServerLoad,
  type TimeWindow,
  type ViewId,
} from './store.ts';
import type { ThemeChoice } from './theme.ts';

/**
 * The state that a link carries, as the part of the URL after `#`:
 *
 *   v=map&run=anycast&vs=geo-dns&t=372&win=300-900&sel=pop/fra&z=4.2,50.1,8.7&m=p95&theme=dark
 *
 * What has its default value is left out. `parseUrlState(formatUrlState(state))` is `state`,
 * exactly: numbers are written in full. What cannot be read is left at its default.
 */
export interface UrlState {
  readonly view: ViewId;
  /** null = the report's baseline. */
  readonly strategy: string | null;
  readonly versus: string | null;
  readonly isDifference: boolean;
  readonly time_s: number;
  readonly window: TimeWindow | null;
  readonly selection: Selection | null;
  readonly camera: Camera | null;
  readonly plane: PlaneCamera | null;
  readonly measure: LatencyMeasure;
  readonly theme: ThemeChoice;
  readonly hasLabels: boolean;
  readonly hidden: string;
  readonly pinned: readonly string[];
  readonly isTable: boolean;
  readonly speed: number;
  readonly arrangement: Arrangement;
  /** Share of the width, 0 … 1. */
  readonly swipeShare: number;
  readonly entityList: EntityList;
  readonly serverLoad: ServerLoad;
  readonly requestFilter: string;
  readonly requestOrder: RequestOrder;
  readonly packedEdits: string;
  /** Start playing at once; the page never writes it. */
  readonly isPlaying: boolean;
}

export const DEFAULT_URL_STATE: UrlState = {
  view: 'map',
  strategy: null,
  versus: null,
  isDifference: false,
  time_s: 0,
  window: null,
  selection: null,
  camera: null,
  plane: null,
  measure: 'p95',
  theme: 'auto',
  hasLabels: true,
  hidden: '',
  pinned: [],
  isTable: false,
  speed: 10,
  arrangement: 'beside',
  swipeShare: 0.5,
  entityList: 'pops',
  serverLoad: 'utilisation',
  requestFilter: '',
  requestOrder: 'sent',
  packedEdits: '',
  isPlaying: false,
};

export function formatUrlState(state: UrlState): string {
  const { window, camera, plane, selection } = state;
  const pairs: readonly (readonly [key: string, value: string | null])[] = [
    ['v', state.view],
    ['run', state.strategy],
    ['vs', state.versus],
    ['diff', state.isDifference ? '1' : null],
    ['t', state.time_s === 0 ? null : String(state.time_s)],
    ['win', window === null ? null : `${window.from_s}-${window.until_s}`],
    ['sel', selection === null ? null : selectionPath(selection)],
    ['z', camera === null ? null : [camera.zoom, camera.latitude, camera.longitude].join(',')],
    ['sz', plane === null ? null : [plane.zoom, plane.x, plane.y].join(',')],
    ['m', state.measure === 'p95' ? null : state.measure],
    ['theme', state.theme === 'auto' ? null : state.theme],
    ['labels', state.hasLabels ? null : '0'],
    ['hide', state.hidden === '' ? null : state.hidden],
    ['pin', state.pinned.length === 0 ? null : state.pinned.map(escapeComma).join(',')],
    ['table', state.isTable ? '1' : null],
    ['speed', state.speed === 10 ? null : String(state.speed)],
    ['arr', state.arrangement === 'beside' ? null : state.arrangement],
    ['swipe', state.swipeShare === 0.5 ? null : String(state.swipeShare)],
    ['rows', state.entityList === 'pops' ? null : state.entityList],
    ['load', state.serverLoad === 'utilisation' ? null : state.serverLoad],
    ['q', state.requestFilter === '' ? null : state.requestFilter],
    ['edit', state.packedEdits === '' ? null : state.packedEdits],
    ['order', state.requestOrder === 'sent' ? null : state.requestOrder],
  ];
  return pairs
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${encode(value)}`]))
    .join('&');
}

export function parseUrlState(hash: string): UrlState {
  const values = new Map<string, string>();
  for (const pair of hash.replace(/^#/, '').split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) values.set(pair.slice(0, equals), decode(pair.slice(equals + 1)));
  }
  const text = (key: string): string | null => values.get(key) ?? null;
  const initial = DEFAULT_URL_STATE;
  return {
    view: oneOf(VIEW_IDS, text('v')) ?? initial.view,
    strategy: text('run'),
    versus: text('vs'),
    isDifference: text('diff') === '1',
    time_s: finite(text('t')) ?? initial.time_s,
    window: parseWindow(text('win')),
    selection: parseSelection(text('sel') ?? ''),
    camera: parseCamera(text('z')),
    plane: parsePlane(text('sz')),
    measure: oneOf(LATENCY_MEASURES, text('m')) ?? initial.measure,
    theme: oneOf(['light', 'dark', 'auto'] as const, text('theme')) ?? initial.theme,
    hasLabels: text('labels') !== '0',
    hidden: text('hide') ?? '',
    pinned: (text('pin') ?? '').split(',').filter(Boolean).map(decode),
    isTable: text('table') === '1',
    speed: positive(text('speed')) ?? initial.speed,
    arrangement: oneOf(ARRANGEMENTS, text('arr')) ?? initial.arrangement,
    swipeShare: share(text('swipe')) ?? initial.swipeShare,
    entityList: oneOf(ENTITY_LISTS, text('rows')) ?? initial.entityList,
    serverLoad: oneOf(SERVER_LOADS, text('load')) ?? initial.serverLoad,
    requestFilter: text('q') ?? '',
    requestOrder: oneOf(REQUEST_ORDERS, text('order')) ?? initial.requestOrder,
    packedEdits: text('edit') ?? '',
    isPlaying: text('play') === '1',
  };
}

function parseWindow(text: string | null): TimeWindow | null {
  const match = /^(-?[\d.e+]+(?:e-\d+)?)-(-?[\d.e+]+(?:e-\d+)?)$/.exec(text ?? '');
  const from_s = finite(match?.[1] ?? null);
  const until_s = finite(match?.[2] ?? null);
  return from_s === null || until_s === null || until_s <= from_s ? null : { from_s, until_s };
}

function parseCamera(text: string | null): Camera | null {
  const [zoom, latitude, longitude] = zoomAndPlace(text) ?? [0, 0, 0];
  return zoom > 0 ? { zoom, latitude, longitude } : null;
}

function parsePlane(text: string | null): PlaneCamera | null {
  const [zoom, x, y] = zoomAndPlace(text) ?? [0, 0, 0];
  return zoom > 0 ? { zoom, x, y } : null;
}

function zoomAndPlace(text: string | null): readonly [number, number, number] | null {
  const parts = (text ?? '').split(',').flatMap((part) => finite(part) ?? []);
  return parts.length === 3 ? [parts[0]!, parts[1]!, parts[2]!] : null;
}

function finite(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function positive(text: string | null): number | null {
  const value = finite(text);
  return value !== null && value > 0 ? value : null;
}

function share(text: string | null): number | null {
  const value = finite(text);
  return value !== null && value >= 0 && value <= 1 ? value : null;
}

function oneOf<Value extends string>(known: readonly Value[], text: string | null): Value | null {
  return known.find((value) => value === text) ?? null;
}

/** Readable where a URL allows it: `/`, `,` and `:` stay. Lone surrogates cannot be written. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A comma within an item of a list; `%` first, so that decoding once gives the item back. */
function escapeComma(text: string): string {
  return text.replaceAll('%', '%25').replaceAll(',', '%2C');
}

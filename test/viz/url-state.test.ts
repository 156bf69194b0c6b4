import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ARRANGEMENTS,
  ENTITY_LISTS,
  LATENCY_MEASURES,
  REQUEST_ORDERS,
  SELECTION_KINDS,
  SERVER_LOADS,
  VIEW_IDS,
} from '../../viz/store.ts';
import {
  DEFAULT_URL_STATE,
  formatUrlState,
  parseUrlState,
  type UrlState,
} from '../../viz/url-state.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const time = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
/** Any text that a URL can hold: lone surrogates are no characters. */
const text = fc.string({ unit: 'binary' });
const name = fc.string({ unit: 'binary', minLength: 1 });

const states: fc.Arbitrary<UrlState> = fc
  .record({
    view: fc.constantFrom(...VIEW_IDS),
    strategy: fc.option(text),
    versus: fc.option(text),
    isDifference: fc.boolean(),
    time_s: time,
    window: fc.option(
      fc.tuple(time, time).map(([a, b]) => ({
        from_s: Math.min(a, b),
        until_s: Math.max(a, b) + 1,
      })),
    ),
    selection: fc.option(fc.record({ kind: fc.constantFrom(...SELECTION_KINDS), name })),
    camera: fc.option(
      fc.record({
        zoom: fc.double({ min: 0.001, max: 1e3, noNaN: true }),
        latitude: finite,
        longitude: finite,
      }),
    ),
    plane: fc.option(
      fc.record({
        zoom: fc.double({ min: 0.001, max: 1e3, noNaN: true }),
        x: finite,
        y: finite,
      }),
    ),
    measure: fc.constantFrom(...LATENCY_MEASURES),
    theme: fc.constantFrom('auto' as const, 'light' as const, 'dark' as const),
    hasLabels: fc.boolean(),
    hidden: text,
    pinned: fc.array(name),
    isTable: fc.boolean(),
    speed: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
    swipeShare: fc.double({ min: 0, max: 1, noNaN: true }),
    arrangement: fc.constantFrom(...ARRANGEMENTS),
    entityList: fc.constantFrom(...ENTITY_LISTS),
    serverLoad: fc.constantFrom(...SERVER_LOADS),
    requestFilter: text,
    requestOrder: fc.constantFrom(...REQUEST_ORDERS),
    packedEdits: text,
  })
  .map((state) => ({ ...DEFAULT_URL_STATE, ...state, isPlaying: false }));

describe('url state', () => {
  it('comes back from its text exactly', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseUrlState(formatUrlState(state))).toEqual(state);
      }),
    );
  });

  it('reads as the design has it', () => {
    const hash =
      'v=map&run=anycast&vs=geo-dns&t=372&win=300-900&sel=pop/fra&z=4.2,50.1,8.7' +
      '&sz=3,0.25,0.5&m=p99&theme=dark';
    const state = parseUrlState(`#${hash}`);
    expect(state).toEqual({
      ...DEFAULT_URL_STATE,
      strategy: 'anycast',
      versus: 'geo-dns',
      time_s: 372,
      window: { from_s: 300, until_s: 900 },
      selection: { kind: 'pop', name: 'fra' },
      camera: { zoom: 4.2, latitude: 50.1, longitude: 8.7 },
      plane: { zoom: 3, x: 0.25, y: 0.5 },
      measure: 'p99',
      theme: 'dark',
    });
    expect(formatUrlState(state)).toBe(hash);
  });

  it('leaves out what is as it is by default', () => {
    expect(formatUrlState(DEFAULT_URL_STATE)).toBe('v=map');
  });

  it.each([
    '',
    '#',
    't=x&win=9-3&z=0,1,2&sz=2,1&sel=moon/x&v=x&m=p1&speed=-1&theme=pink',
    '%E0%A4%A=1',
  ])('keeps the defaults for what it cannot read: %s', (hash) => {
    expect(parseUrlState(hash)).toEqual(DEFAULT_URL_STATE);
  });
});

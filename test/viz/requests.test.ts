import { describe, expect, it } from 'vitest';
import type { RecordedRequest, RecordedWorld } from '../../sim/recording.ts';
import {
  chooseRequests,
  matchesFilter,
  namesOf,
  toggleWord,
} from '../../viz/views/requests/request-filter.ts';
import { wholeOf } from '../../viz/views/requests/waterfall.ts';

const world = {
  pops: [{ name: 'fra' }, { name: 'ams' }],
  servers: [
    { name: '0', pop: 0 },
    { name: '1', pop: 1 },
  ],
  classes: ['page', 'image'],
  regions: [{ name: 'de-ber' }],
} as unknown as RecordedWorld;

function request(id: string, more: Partial<RecordedRequest>): RecordedRequest {
  return {
    id,
    region: 0,
    client: 1,
    class: 0,
    object: 7,
    size_bytes: 100,
    sent_s: 10,
    latency_s: 0.2,
    outcome: 'completed',
    cache: 'hit',
    pop: 0,
    server: 0,
    attempts: [],
    segments: [],
    ...more,
  };
}

const hit = request('aa', {});
const late = request('bb', {
  sent_s: 70,
  latency_s: 5,
  outcome: 'timeout',
  cache: 'none',
  server: -1,
});
const lost = request('cc', {
  sent_s: 80,
  latency_s: null,
  outcome: 'unfinished',
  pop: -1,
  server: -1,
});
const miss = request('dd', { sent_s: 90, cache: 'miss', class: 1, pop: 1, server: 1 });
const all = [hit, late, lost, miss];

describe('filter of requests', () => {
  const ids = (filter: string): string[] =>
    all.filter((one) => matchesFilter(namesOf(one, world), filter)).map(({ id }) => id);

  it('asks that a field begins with a text', () => {
    expect(ids('pop:fra')).toEqual(['aa', 'bb']);
    expect(ids('server:ams/1')).toEqual(['dd']);
    expect(ids('OUTCOME:Time')).toEqual(['bb']);
    expect(ids('pop:ra')).toEqual([]);
  });

  it('lets a word without a field begin any of them, and a dash turn it round', () => {
    expect(ids('timeout')).toEqual(['bb']);
    expect(ids('de-')).toEqual(['aa', 'bb', 'cc', 'dd']);
    expect(ids('-cache:hit')).toEqual(['bb', 'dd']);
    expect(ids('pop:fra -timeout')).toEqual(['aa']);
    expect(ids('  ')).toEqual(['aa', 'bb', 'cc', 'dd']);
  });

  it('takes a word in and out', () => {
    expect(toggleWord('pop:fra', 'cache:hit')).toBe('pop:fra cache:hit');
    expect(toggleWord('pop:fra cache:hit', 'pop:fra')).toBe('cache:hit');
  });
});

describe('order of requests', () => {
  const choose = (order: 'sent' | 'slowest' | 'attempts', window = null as never) =>
    chooseRequests(all, world, { filter: '', order, window }).map(({ id }) => id);

  it('is that of sending, or by latency with those that never ended first', () => {
    expect(choose('sent')).toEqual(['aa', 'bb', 'cc', 'dd']);
    expect(choose('slowest')).toEqual(['cc', 'bb', 'aa', 'dd']);
    expect(choose('attempts')).toEqual(['aa', 'bb', 'cc', 'dd']);
  });

  it('keeps to the window, and leaves what it was given as it was', () => {
    const window = { from_s: 60, until_s: 85 };
    const chosen = chooseRequests(all, world, { filter: '', order: 'slowest', window });
    expect(chosen.map(({ id }) => id)).toEqual(['cc', 'bb']);
    expect(all.map(({ id }) => id)).toEqual(['aa', 'bb', 'cc', 'dd']);
  });
});

describe('the whole of a request', () => {
  it('is its latency, else the end of its last segment, and never 0', () => {
    const segment = {
      kind: 'silence',
      attempt: 0,
      start_s: 1,
      duration_s: 2,
      where: null,
    } as const;
    expect(wholeOf(hit)).toBe(0.2);
    expect(wholeOf({ ...lost, segments: [segment] })).toBe(3);
    expect(wholeOf(lost)).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import {
  BackendTable,
  BuiltPolicy,
  createBalancer,
  policies,
  TableBuilder,
  UpdateMerger,
  type BackendIndex,
  type BuildSettings,
} from '../../../balancer/index.ts';
import { FakeTimers } from '../fake-timers.ts';

const MS = 1e6;
const SETTINGS: BuildSettings = {
  buildNs: () => 100 * MS,
  mergeWindowNs: 0,
  merges: 'health',
  coalesces: true,
};
const backend = (slot: number) => slot as BackendIndex;

describe('a window merges updates as Envoy’s does', () => {
  const deliveries = (updates: readonly (readonly [number, boolean])[]) => {
    const timers = new FakeTimers();
    const atMs: number[] = [];
    const merger = new UpdateMerger(timers, 1000 * MS, () => atMs.push(timers.nowNs / MS));
    for (const [ms, mayWait] of updates) {
      timers.runUntil(ms * MS);
      merger.update(mayWait);
    }
    timers.runUntil(1e12);
    return atMs;
  };

  it('the first goes on at once, those within a window of it together a window later', () => {
    const all = [0, 200, 300].map((ms) => [ms, true] as const);
    expect(deliveries(all)).toEqual([0, 1200]);
    expect(deliveries([...all, [2300, true]])).toEqual([0, 1200, 2300]);
    // Later than a window after the last delivery, though another has been waiting since 200.
    expect(deliveries([...all, [1100, true]])).toEqual([0, 1100]);
  });

  it('one that may not wait takes the waiting ones with it', () => {
    expect(
      deliveries([
        [0, true],
        [200, true],
        [500, false],
        [600, true],
      ]),
    ).toEqual([0, 500, 1600]);
  });

  it('updates of one instant are one', () => {
    expect(
      deliveries([
        [5, true],
        [5, true],
      ]),
    ).toEqual([5, 5]);
  });
});

/** When tables were ready, how many backends each was of, and when the table lacked what. */
function build(settings: Partial<BuildSettings>, changesMs: readonly number[]) {
  const timers = new FakeTimers();
  const pool = new BackendTable();
  for (let i = 0; i < 10; i++) pool.add({ id: String(i) });
  const tables: [number, number][] = [];
  const lags: [number, number | null][] = [];
  let busyMs = 0;
  const listener = {
    buildBegan: () => (busyMs -= timers.nowNs / MS),
    buildEnded: () => (busyMs += timers.nowNs / MS),
    tableLacks: (sinceNs: number | null) =>
      lags.push([timers.nowNs / MS, sinceNs === null ? null : sinceNs / MS]),
  };
  new TableBuilder(pool, timers, { ...SETTINGS, ...settings }, listener, ({ eligibleCount }) =>
    tables.push([timers.nowNs / MS, eligibleCount]),
  );
  changesMs.forEach((ms, i) => {
    if (ms * MS > timers.nowNs) timers.runUntil(ms * MS);
    pool.setEnabled(backend(i), false);
  });
  timers.runUntil(1e11);
  return { tables, lags, busyMs };
}

describe('tables are built one after the other', () => {
  it('changes of one instant in one build; the first table is free', () => {
    const { tables, busyMs } = build({}, [10, 10]);
    expect(tables).toEqual([
      [0, 10],
      [110, 8],
    ]);
    expect(busyMs).toBe(100);
  });

  it('coalesced: what comes during a build is built once after it', () => {
    const { tables, lags, busyMs } = build({}, [10, 20, 30, 40]);
    expect(tables.slice(1)).toEqual([
      [110, 9],
      [210, 6],
    ]);
    // The first lacks what came at 10; when it is done, what came at 20.
    expect(lags).toEqual([
      [10, 10],
      [110, 20],
      [210, null],
    ]);
    expect(busyMs).toBe(200);
  });

  it('else each in its turn: four builds, and the last is 270 ms behind its change', () => {
    const { tables, lags, busyMs } = build({ coalesces: false }, [10, 20, 30, 40]);
    expect(tables.slice(1)).toEqual([
      [110, 9],
      [210, 8],
      [310, 7],
      [410, 6],
    ]);
    expect(lags.map(([, since]) => since)).toEqual([10, 20, 30, 40, null]);
    expect(busyMs).toBe(400);
  });

  it('lossy: what comes during a build is lacking until an update finds none under way', () => {
    const { tables, lags } = build({ losesUpdates: true }, [10, 20, 30, 400]);
    expect(tables.slice(1)).toEqual([
      [110, 9],
      [500, 6],
    ]);
    expect(lags).toEqual([
      [10, 10],
      [110, 20],
      [500, null],
    ]);
  });

  it('a window holds health only, or all', () => {
    const changes = [10, 200, 400];
    expect(build({ mergeWindowNs: 1000 * MS }, changes).tables).toHaveLength(4);
    expect(build({ mergeWindowNs: 1000 * MS, merges: 'all' }, changes).tables).toEqual([
      [0, 10],
      [110, 9],
      [1300, 7],
    ]);
  });

  it('the time of a build is that of the backends it is of', () => {
    const { tables } = build({ buildNs: (count) => count * count * MS }, [10]);
    expect(tables).toEqual([
      [0, 10],
      [91, 9],
    ]);
  });
});

describe('a policy of built tables', () => {
  it.each(['maglev', 'ring-hash', 'round-robin'])(
    '%s picks those who have left until the next table is there, and says so',
    (name) => {
      const timers = new FakeTimers();
      let stale = 0;
      const inner = policies
        .find((policy) => policy.name === name)!
        .create({}, { random: () => 0.5 });
      const policy = new BuiltPolicy(inner, {
        buildBegan: () => {},
        buildEnded: () => {},
        tableLacks: () => {},
        stalePick: () => stale++,
      });
      const balancer = createBalancer({ policy, clock: timers });
      for (let i = 0; i < 3; i++) balancer.add({ id: String(i) });
      policy.begin(balancer.pool, timers, SETTINGS);
      timers.runUntil(MS);
      const picked = () =>
        new Set(Array.from({ length: 300 }, (_, i) => balancer.pick((i * 0x9e3779b1) >>> 0, 0)));
      expect(picked().size).toBe(3);
      balancer.pool.setHealthy(backend(1), false);
      timers.runUntil(100 * MS);
      expect(picked().has(backend(1))).toBe(true);
      expect(stale).toBeGreaterThan(50);
      stale = 0;
      timers.runUntil(102 * MS);
      expect([...picked()].sort()).toEqual([0, 2]);
      expect(stale).toBe(0);
    },
  );
});

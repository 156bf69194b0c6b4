import { describe, expect, test } from 'vitest';
import { LruByMap } from './lru.ts';
import { Agenda, type Process } from './processes.ts';
import { FifoStation, SharingStation, type Station } from './stations.ts';

test('processes: equal times in order of planning, a moment wakes those who listen', () => {
  const agenda = new Agenda(0);
  const told: string[] = [];
  function* sleeper(name: string, delayNs: number): Process {
    yield agenda.wait(delayNs);
    told.push(`${name} at ${agenda.nowNs}`);
  }
  agenda.start(sleeper('a', 5));
  agenda.start(sleeper('b', 3));
  agenda.start(sleeper('c', 5)).listen(() => told.push('c ended'));
  agenda.run(4);
  expect(told).toEqual(['b at 3']);
  agenda.run(9);
  expect(told).toEqual(['b at 3', 'a at 5', 'c at 5', 'c ended']);
});

/** When each job left, and how long it waited. */
function ends(agenda: Agenda, station: Station, works: readonly (readonly [number, number])[]) {
  const told: (readonly [number, number | string] | 'refused')[] = [];
  works.forEach(([atNs, workNs], job) => {
    agenda.at(atNs, () => {
      const entered = station.submit(workNs);
      if (entered === null) told[job] = 'refused';
      else entered.done.listen((waited) => (told[job] = [agenda.nowNs, waited]));
    });
  });
  agenda.run(1000);
  return told;
}

describe('stations', () => {
  test('FIFO, two slots at double speed, one place to wait', () => {
    const agenda = new Agenda(0);
    const station = new FifoStation(agenda, { concurrency: 2, speed: 2, queueLimit: 1 });
    // 20, 40 take 10 and 20 ns; the third waits from 2 to 10; the fourth finds no place.
    const works = [
      [0, 20],
      [0, 40],
      [2, 8],
      [3, 8],
    ] as const;
    expect(ends(agenda, station, works)).toEqual([[10, 0], [20, 0], [14, 8], 'refused']);
  });

  test('PS: two jobs of 10 share one processor from 4 on', () => {
    const agenda = new Agenda(0);
    const station = new SharingStation(agenda, { concurrency: 1, speed: 1, queueLimit: Infinity });
    // First: 4 alone, 6 left at half speed → 16. Second: 6 of 10 attained by then → 20.
    expect(
      ends(agenda, station, [
        [0, 10],
        [4, 10],
      ]),
    ).toEqual([
      [16, 6],
      [20, 6],
    ]);
  });
});

test('LRU: a hit saves, the oldest goes, by objects and by bytes', () => {
  const byObjects = new LruByMap(Infinity, 2);
  byObjects.store(1, 1, 100);
  byObjects.store(2, 1, 100);
  expect(byObjects.lookUp(1, 0)).toBe('fresh');
  byObjects.store(3, 1, 100);
  expect([1, 2, 3].map((object) => byObjects.lookUp(object, 100))).toEqual([
    'stale',
    'nothing',
    'stale',
  ]);
  const byBytes = new LruByMap(10, Infinity);
  byBytes.store(1, 6, 100);
  byBytes.store(2, 6, 100);
  byBytes.store(3, 11, 100);
  expect([1, 2, 3].map((object) => byBytes.lookUp(object, 0))).toEqual([
    'nothing',
    'fresh',
    'nothing',
  ]);
});

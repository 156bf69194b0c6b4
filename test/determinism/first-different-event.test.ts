import { expect, it } from 'vitest';
import {
  decodeScenario,
  expand,
  firstDifferentEvent,
  requestRun,
  verifyDeterminism,
  type Replay,
} from '../../scenarios/index.ts';
import { labText } from '../cli/cli-process.ts';

const line = (i: number): string => `${i}ms Arrival all`;

/** Of `count` events; every second replay tells another story from `differsAt` on. */
function replays(count: number, differsAt: number, otherCount = count): Replay {
  let turn = 0;
  return (see) => {
    const isOther = turn++ % 2 === 1;
    for (let i = 0; i < (isOther ? otherCount : count); i++) {
      see(isOther && i >= differsAt ? `${line(i)} ?` : line(i));
    }
  };
}

it.each([0, 1, 1023, 1024, 1025, 5000, 9999])('finds that event %i differs', async (index) => {
  expect(await firstDifferentEvent(replays(10_000, index))).toEqual({
    index,
    lines: [line(index), `${line(index)} ?`],
  });
});

it.each([1, 2047, 2048, 2049, 9999])('finds that a replay ends after %i events', async (count) => {
  expect(await firstDifferentEvent(replays(10_000, Infinity, count))).toEqual({
    index: count,
    lines: [line(count), null],
  });
});

it('finds nothing where all agree', async () => {
  expect(await firstDifferentEvent(replays(5000, Infinity))).toBeNull();
});

it('names the event of a defect in the simulator', async () => {
  const decoded = decodeScenario('lab.yaml', labText());
  if (!decoded.ok) throw new Error('invalid');
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error('no plans');
  const report = await verifyDeterminism(requestRun(decoded.value, plans.value), {
    workers: 2,
    packageVersion: '0',
    replicationModule: new URL('./unsteady-replication.ts', import.meta.url),
  });
  const difference = report.firstDifference;
  if (difference?.kind !== 'replication') throw new Error('no replication differs');
  expect(difference.replication).toBe(0);
  const timerMs = difference
    .event!.lines.filter((each) => each !== null)
    .filter((each) => each.includes('TimerFired'))
    .map((each) => Number.parseFloat(each));
  expect(timerMs.length).toBeGreaterThan(0);
  for (const atMs of timerMs) {
    expect(atMs).toBeGreaterThanOrEqual(1000);
    expect(atMs).toBeLessThan(1001);
  }
});

import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../sim/kernel/event-kind.ts';
import { Kernel } from '../../../sim/kernel/kernel.ts';
import { NO_OWNER } from '../../../sim/pop/owners.ts';
import { Stations, type StationSpec } from '../../../sim/pop/stations.ts';
import { NO_VISIT } from '../../../sim/pop/visits.ts';

/** One server, and the log of who was done when: `owner@ns`. */
function station(spec: Partial<StationSpec>) {
  const kernel = new Kernel();
  const full = { concurrency: 1, speed: 1, queueLimit: Infinity, discipline: 'fifo', ...spec };
  const stations = new Stations([full as StationSpec], kernel, EventKind.ServiceEnded);
  const ends: string[] = [];
  kernel.on(EventKind.ServiceEnded, (subject, detail) => {
    const visit = stations.end(subject, detail);
    if (visit !== NO_VISIT) ends.push(`${stations.visits.owner[visit]}@${kernel.nowNs}`);
  });
  const submitAt = (atNs: number, owner: number, workNs: number) =>
    kernel.after(atNs - kernel.nowNs, () => stations.submit(0, owner, workNs));
  return { kernel, stations, ends, submitAt };
}

describe('a FIFO station', () => {
  it('serves first come first served with one slot', () => {
    const { kernel, ends, submitAt } = station({});
    submitAt(0, 1, 100);
    submitAt(10, 2, 50);
    submitAt(20, 3, 5);
    kernel.run(1000);
    expect(ends).toEqual(['1@100', '2@150', '3@155']);
  });

  it('serves as many at once as it has slots, at its speed', () => {
    const { kernel, ends, submitAt } = station({ concurrency: 2, speed: 2 });
    submitAt(0, 1, 100);
    submitAt(0, 2, 100);
    submitAt(0, 3, 100);
    kernel.run(1000);
    expect(ends).toEqual(['1@50', '2@50', '3@100']);
  });

  it('turns away what does not fit in the queue', () => {
    const { kernel, stations } = station({ queueLimit: 1 });
    expect(stations.submit(0, 1, 10)).not.toBe(NO_VISIT);
    expect(stations.submit(0, 2, 10)).not.toBe(NO_VISIT);
    expect(stations.submit(0, 3, 10)).toBe(NO_VISIT);
    kernel.run(10);
    expect(stations.submit(0, 4, 10)).not.toBe(NO_VISIT);
  });

  it('skips a visit that was abandoned in the queue, and makes room at once', () => {
    const { kernel, stations, ends } = station({ queueLimit: 1 });
    stations.submit(0, 1, 10);
    const waiting = stations.submit(0, 2, 10);
    stations.abandon(waiting);
    expect(stations.submit(0, 3, 10)).not.toBe(NO_VISIT);
    kernel.run(100);
    expect(ends).toEqual(['1@10', '3@20']);
  });

  it('finishes abandoned work in service for nobody', () => {
    const { kernel, stations, ends } = station({});
    stations.abandon(stations.submit(0, 1, 10));
    stations.submit(0, 2, 10);
    kernel.run(100);
    expect(ends).toEqual([`${NO_OWNER}@10`, '2@20']);
  });

  it('loses everything in a crash, and serves on', () => {
    const { kernel, stations, ends } = station({});
    stations.submit(0, 1, 10);
    stations.submit(0, 2, 10);
    const lost: number[] = [];
    stations.crash(0, (owner) => lost.push(owner));
    expect(lost).toEqual([1, 2]);
    expect(stations.insideCount(0)).toBe(0);
    stations.submit(0, 3, 10);
    kernel.run(100);
    expect(ends).toEqual(['3@10']);
  });

  it('measures busy and inside time exactly', () => {
    const { kernel, stations, submitAt } = station({});
    submitAt(0, 1, 100);
    submitAt(50, 2, 100);
    kernel.run(1000);
    stations.gauges.stopMeasuring(1000);
    expect(stations.gauges.busySlotNs(0)).toBe(200);
    expect(stations.gauges.insideArea(0)).toBe(100 + 150);
    expect(stations.gauges.slotNs(0)).toBe(1000);
  });
});

describe('a processor-sharing station', () => {
  it('divides its processor among everybody inside', () => {
    // 1 alone for 10 ns; then both at half speed: 2 (work 10) is done at 30, 1 (work 30) at 40.
    const { kernel, ends, submitAt } = station({ discipline: 'ps' });
    submitAt(0, 1, 30);
    submitAt(10, 2, 10);
    kernel.run(1000);
    expect(ends).toEqual(['2@30', '1@40']);
  });

  it('shares only when there are more visits than processors', () => {
    const { kernel, ends, submitAt } = station({ discipline: 'ps', concurrency: 2 });
    submitAt(0, 1, 40);
    submitAt(0, 2, 20);
    submitAt(10, 3, 10);
    // Until 10 full speed; then three on two processors, rate 2/3: 2 and 3 have 10 left each.
    kernel.run(1000);
    expect(ends).toEqual(['2@25', '3@25', '1@45']);
  });
});

import { expect, test } from 'vitest';
import type { Observer } from '../../../sim/metrics/observer.ts';
import { ObserverHub } from '../../../sim/metrics/observer-hub.ts';
import type { RequestIndex } from '../../../sim/requests.ts';

const request = 7 as RequestIndex;

test('each event reaches those who listen for it, in order, with its arguments', () => {
  const heard: string[] = [];
  const listener = (name: string): Observer => ({
    requestEnded: (...args) => heard.push(`${name} ended ${args}`),
  });
  const deaf: Observer = {};
  const hub = new ObserverHub([
    listener('a'),
    deaf,
    listener('b'),
    { dnsQueried: (...args) => heard.push(`dns ${args}`) },
    listener('c'),
    listener('d'),
  ]);
  hub.requestEnded(request, 1, 99);
  hub.dnsQueried(3, 5);
  expect(heard).toEqual([
    'a ended 7,1,99',
    'b ended 7,1,99',
    'c ended 7,1,99',
    'd ended 7,1,99',
    'dns 3,5',
  ]);
});

test('an observer keeps its own `this`', () => {
  class Counter implements Observer {
    count = 0;
    bgpUpdateSent(count: number): void {
      this.count += count;
    }
  }
  const counter = new Counter();
  new ObserverHub([counter]).bgpUpdateSent(4, 0);
  expect(counter.count).toBe(4);
});

test('every method may be called when nobody listens', () => {
  const hub = new ObserverHub([]);
  hub.requestEnded(request, 0, 0);
  hub.attemptFailed(request, 'timeout', 0);
  hub.cacheLookedUp(0, 0, 'edge', 1, 0, 0);
  hub.originFetchStarted(0, 0, 0);
  hub.originFetchEnded(0, 0, false, 0, 0, 0);
  hub.connectionBroken(0, 0, 1, 0);
  hub.connectionOpened(0, 0, 0);
  hub.routeChanged(0, 0, 0, 1, 0);
  hub.bgpUpdateSent(1, 0);
  hub.dnsQueried(0, 0);
  hub.serverHealthChanged(0, true, 0);
});

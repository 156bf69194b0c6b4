import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { ConnectionQueue, NO_REQUEST, type BackendIndex } from '../../../balancer/index.ts';

test('a connection queue starts, queues, refuses, and goes on in order', () => {
  const queue = new ConnectionQueue({ perBackend: 2, queue: 2 });
  const backend = 0 as BackendIndex;
  const became = [1, 2, 3, 4, 5].map((request) => queue.arrive(request, backend));
  expect(became).toEqual(['started', 'started', 'queued', 'queued', 'refused']);
  expect(queue.finish(backend)).toBe(3);
  expect(queue.abandon(3)).toBe(false);
  expect(queue.arrive(6, backend)).toBe('queued');
  expect(queue.abandon(4)).toBe(true);
  expect(queue.takeAll(backend)).toEqual([6]);
  expect([queue.finish(backend), queue.finish(backend)]).toEqual([NO_REQUEST, NO_REQUEST]);
  expect([queue.underWay(backend), queue.waiting(backend)]).toEqual([0, 0]);
  expect(() => queue.finish(backend)).toThrow('under way');
});

test('a connection queue behaves as plain lists do, whoever gives up', () => {
  const queue = new ConnectionQueue({ perBackend: 3, queue: 5 });
  const random = seedrandom.alea('queues');
  const lists = new Map<number, { underWay: number; waiting: number[] }>();
  const listOf = (backend: number) => {
    const list = lists.get(backend) ?? { underWay: 0, waiting: [] };
    lists.set(backend, list);
    return list;
  };
  for (let request = 0; request < 20_000; request++) {
    const backend = Math.floor(random() * 40) as BackendIndex;
    const list = listOf(backend);
    const draw = random();
    if (draw < 0.5) {
      const isFree = list.underWay < 3 && list.waiting.length === 0;
      const expected = isFree ? 'started' : list.waiting.length < 5 ? 'queued' : 'refused';
      expect(queue.arrive(request, backend)).toBe(expected);
      if (isFree) list.underWay++;
      else if (expected === 'queued') list.waiting.push(request);
    } else if (draw < 0.8) {
      if (list.underWay === 0) continue;
      const next = list.waiting.shift();
      if (next === undefined) list.underWay--;
      expect(queue.finish(backend)).toBe(next ?? NO_REQUEST);
    } else {
      const [gone] = list.waiting.splice(Math.floor(random() * list.waiting.length), 1);
      expect(queue.abandon(gone ?? request)).toBe(gone !== undefined);
    }
    expect(queue.waiting(backend)).toBe(list.waiting.length);
  }
});

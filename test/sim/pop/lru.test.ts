import fc from 'fast-check';
import { LRUCache } from 'lru-cache';
import { describe, expect, it } from 'vitest';
import { LruCache } from '../../../sim/pop/eviction/lru.ts';
import { Found } from '../../../sim/pop/object-cache.ts';

const unbounded = { bytes: Infinity, objects: Infinity };

describe('LRU', () => {
  it('evicts the object that was not asked for the longest', () => {
    const cache = new LruCache({ ...unbounded, objects: 2 });
    cache.store(1, 10, Infinity);
    cache.store(2, 10, Infinity);
    cache.lookUp(1, 0);
    cache.store(3, 10, Infinity);
    expect([1, 2, 3].map((object) => cache.lookUp(object, 0))).toEqual([
      Found.Fresh,
      Found.Nothing,
      Found.Fresh,
    ]);
  });

  it('is stale from the instant at which the lifetime ends, and knows when that was', () => {
    const cache = new LruCache(unbounded);
    cache.store(7, 1, 100);
    expect(cache.lookUp(7, 99)).toBe(Found.Fresh);
    expect(cache.lookUp(7, 100)).toBe(Found.Stale);
    expect(cache.expiresNs(7)).toBe(100);
    expect(cache.expiresNs(8)).toBe(-Infinity);
  });

  it('does not keep an object larger than itself', () => {
    const cache = new LruCache({ bytes: 100, objects: Infinity });
    cache.store(1, 60, Infinity);
    cache.store(2, 101, Infinity);
    expect(cache.objectCount).toBe(1);
    expect(cache.lookUp(1, 0)).toBe(Found.Fresh);
  });

  it('holds the same objects as lru-cache after any sequence of uses', () => {
    const step = fc.record({
      object: fc.nat(40),
      size: fc.integer({ min: 1, max: 30 }),
      kind: fc.constantFrom('use', 'use', 'remove'),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 400 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, bytes) => {
          const cache = new LruCache({ bytes, objects: Infinity });
          const reference = new LRUCache<number, number>({
            maxSize: bytes,
            sizeCalculation: (size) => size,
          });
          for (const { object, size, kind } of steps) {
            if (kind === 'remove') {
              cache.remove(object);
              reference.delete(object);
            } else if (cache.lookUp(object, 0) === Found.Nothing) {
              expect(reference.get(object)).toBeUndefined();
              cache.store(object, size, Infinity);
              reference.set(object, size);
            } else {
              expect(reference.get(object)).toBeDefined();
            }
            expect(cache.bytes).toBe(reference.calculatedSize);
            expect(cache.bytes).toBeLessThanOrEqual(bytes);
            expect(cache.objectCount).toBe(reference.size);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

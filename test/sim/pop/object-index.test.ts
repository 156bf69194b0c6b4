import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ObjectIndex } from '../../../sim/pop/object-index.ts';

describe('object index', () => {
  it('agrees with a Map after any sequence of insertions and deletions', () => {
    const step = fc.record({ object: fc.nat(60), insert: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        const index = new ObjectIndex(4);
        const reference = new Map<number, number>();
        steps.forEach(({ object, insert }, slot) => {
          if (insert && !reference.has(object)) {
            index.insert(object, slot);
            reference.set(object, slot);
          } else if (!insert && reference.has(object)) {
            index.delete(object);
            reference.delete(object);
          }
        });
        for (let object = 0; object <= 60; object++) {
          expect(index.get(object)).toBe(reference.get(object) ?? -1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is empty after clear', () => {
    const index = new ObjectIndex(8);
    index.insert(3, 1);
    index.clear();
    expect(index.get(3)).toBe(-1);
    index.insert(3, 2);
    expect(index.get(3)).toBe(2);
  });
});

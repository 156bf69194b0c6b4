import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBalancer } from '../../../balancer/index.ts';
import { TablePolicy } from '../../../balancer/tables/table-policy.ts';

/** A table that tells the slot: as many backends as slots, each in its own. */
function slotOf(size: number, high: number, low: number): number {
  const policy = new TablePolicy((backends) => Int32Array.from(backends, ({ backend }) => backend));
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < size; i++) balancer.add({ id: `${i}` });
  return balancer.pickWords(high, low, 0);
}

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('the slot is the remainder of the hash, at multiples of the size too', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      word,
      fc.integer({ min: -2, max: 2 }),
      (size, key, off) => {
        const multiple = key - (key % size) + off;
        for (const hash of [key, Math.min(Math.max(multiple, 0), 2 ** 32 - 1), 2 ** 32 - 1]) {
          expect(slotOf(size, hash, -1)).toBe(hash % size);
        }
      },
    ),
    { numRuns: 200, seed: 3 },
  );
});

test('of all 64 bits where a key has them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), word, word, (size, high, low) => {
      const exact = ((BigInt(high) << 32n) | BigInt(low)) % BigInt(size);
      expect(slotOf(size, high, low)).toBe(Number(exact));
    }),
    { numRuns: 100, seed: 4 },
  );
});

test('every multiple of Maglev’s sizes', () => {
  for (const size of [65_537, 655_373, 5_000_011]) {
    const perSlot = (1 - 2 ** -52) / size;
    for (let multiple = size; multiple < 2 ** 32; multiple += size) {
      for (const hash of [multiple - 1, multiple, multiple + 1]) {
        // As the policy does it, without a million backends.
        let slot = hash - Math.floor(hash * perSlot) * size;
        if (slot >= size) slot -= size;
        if (slot !== hash % size) throw new Error(`${hash} modulo ${size} is not ${slot}`);
      }
    }
  }
});

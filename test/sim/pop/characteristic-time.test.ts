import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expm1 } from '../../../sim/kernel/exp.ts';
import { characteristicTime } from '../../../sim/pop/characteristic-time.ts';

const sizeAt = (rates: Float64Array, sizes: Float64Array, time: number): number =>
  rates.reduce((sum, rate, i) => sum - sizes[i]! * expm1(-rate * time), 0);

const catalogues = fc.record({
  rates: fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 }),
  // runs of like rates, as popularity laws have them
  isSorted: fc.boolean(),
  size: fc.integer({ min: 1, max: 1e6 }),
  share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
});

it('is what plain bisection over all objects finds, bit for bit', () => {
  fc.assert(
    fc.property(catalogues, ({ rates: drawn, isSorted, size, share }) => {
      const rates = Float64Array.from(isSorted ? drawn.toSorted((a, b) => b - a) : drawn);
      const sizes = rates.map((_, i) => 1 + ((i * 7919) % size));
      const capacity = sizes.reduce((sum, each) => sum + each, 0) * share;
      let high = 1;
      while (sizeAt(rates, sizes, high) < capacity) high *= 2;
      let low = 0;
      while (high - low > high * 1e-4) {
        const middle = (low + high) / 2;
        if (sizeAt(rates, sizes, middle) < capacity) low = middle;
        else high = middle;
      }
      expect(characteristicTime(rates, sizes, capacity)).toBe(high);
    }),
  );
});

it('has no end where everything fits', () => {
  expect(characteristicTime(Float64Array.of(1, 2), Float64Array.of(3, 4), 7)).toBe(Infinity);
});

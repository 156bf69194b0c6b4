import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WarmContents } from '../../../sim/pop/warm-contents.ts';

/** Few values, some apart in their last bits only, so that there are ties of every kind. */
const ages = fc.array(
  fc.oneof(
    fc.constantFrom(1, 1 + 2 ** -52, 1 + 2 ** -21, 2, 1e-300, 1e300),
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  ),
  { maxLength: 3000 },
);

it('lists the longest unused first, of equal ages the lower number first', () => {
  fc.assert(
    fc.property(ages, (drawn) => {
      const contents = new WarmContents();
      drawn.forEach((age, i) => contents.add(10 + 3 * i, age));
      const expected = drawn
        .map((age, i) => ({ age, object: 10 + 3 * i }))
        .sort((a, b) => b.age - a.age || a.object - b.object)
        .map(({ object }) => object);
      expect([...contents.longestUnusedFirst()]).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

import { signal } from '@preact/signals-core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { linkEdits, LINK_CHARS_MAX } from '../../viz/playground/edits-in-link.ts';
import { CAPACITIES, NO_EDITS, withCapacity, type Edits } from '../../viz/playground/edits.ts';
import { packText, unpackText } from '../../viz/playground/packed-text.ts';
import { readEdits } from '../../viz/playground/read-edits.ts';

describe('packed text', () => {
  it('is letters of a link, and the same text again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const packed = await packText(text);
        expect(packed).toMatch(/^[\w-]*$/);
        expect(await unpackText(packed, 1_000)).toBe(text);
      }),
    );
  });

  it('is smaller than what repeats itself', async () => {
    expect((await packText('cut fra-ams, '.repeat(100))).length).toBeLessThan(60);
  });

  it('is not taken out further than one is ready to take', async () => {
    const bomb = await packText('0'.repeat(5_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    await expect(unpackText(bomb, 1_000)).rejects.toThrow(RangeError);
    await expect(unpackText('%%', 1_000)).rejects.toThrow();
    await expect(unpackText('AAAA', 1_000)).rejects.toThrow();
  });
});

const edits: fc.Arbitrary<Edits> = fc.record({
  policy: fc.option(fc.string()),
  capacity: fc.dictionary(fc.string(), fc.constantFrom(...CAPACITIES)),
  cutLinks: fc.array(fc.string()),
});

describe('edits that are read', () => {
  it('are those that were written', () => {
    fc.assert(
      fc.property(edits, (one) => {
        expect({ ...readEdits(JSON.stringify(one)) }).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it.each([
    'null',
    '[',
    '{"policy":7}',
    '{"capacity":{"fra":1e9}}',
    '{"capacity":[1]}',
    '{"cutLinks":"fra-ams"}',
    '{"cutLinks":[1]}',
  ])('are none where the text holds anything else: %s', (text) => {
    expect(readEdits(text)).toBeNull();
  });
});

describe('edits and address', () => {
  const linked = (packed = '') => {
    const parts = { edits: signal(NO_EDITS), isReady: signal(false), packed: signal(packed) };
    return { ...parts, ...linkEdits(parts) };
  };
  const CUT: Edits = { policy: 'maglev', capacity: { fra: 2 }, cutLinks: ['fra-ams'] };

  it('come from the address once the original has run, and go back to it', async () => {
    const first = linked();
    first.isReady.value = true;
    first.edits.value = CUT;
    await vi.waitFor(() => expect(first.packed.value).not.toBe(''));
    const second = linked(first.packed.value);
    expect(second.edits.value).toBe(NO_EDITS);
    second.isReady.value = true;
    await vi.waitFor(() => expect(second.edits.value).toEqual(CUT));
    expect(second.packed.value).toBe(first.packed.value);
    second.edits.value = NO_EDITS;
    await vi.waitFor(() => expect(second.packed.value).toBe(''));
    second.packed.value = first.packed.value;
    await vi.waitFor(() => expect(second.edits.value).toEqual(CUT));
  });

  it('of two edits in a row the last is kept', async () => {
    const { isReady, edits: own, packed } = linked();
    isReady.value = true;
    own.value = CUT;
    own.value = withCapacity(CUT, 'ams', 0.5);
    await vi.waitFor(() => expect(packed.value).not.toBe(''));
    expect(readEdits(await unpackText(packed.value, 1_000))).toEqual(own.value);
  });

  it('says so where there are too many, and takes them up again when there are fewer', async () => {
    const { isReady, edits: own, packed, problem } = linked();
    isReady.value = true;
    // What nothing can compress: digits of a multiplicative sequence.
    const cutLinks = Array.from({ length: 900 }, (_, i) => String((i * 2_654_435_761) % 2 ** 32));
    own.value = { ...NO_EDITS, cutLinks };
    await vi.waitFor(() => expect(problem.value).toMatch(/too many for a link: \d,\d+ letters/));
    expect(problem.value).toContain(LINK_CHARS_MAX.toLocaleString('en'));
    expect(packed.value).toBe('');
    expect(own.value.cutLinks).toHaveLength(900);
    own.value = CUT;
    await vi.waitFor(() => expect(packed.value).not.toBe(''));
    expect(problem.value).toBeNull();
  });

  it('says so where the address holds something else, and leaves the edits', async () => {
    const { isReady, edits: own, problem } = linked('nonsense');
    isReady.value = true;
    await vi.waitFor(() => expect(problem.value).toMatch(/cannot be read/));
    expect(own.value).toEqual(NO_EDITS);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { looksLike, styleOf, type LinkNow } from '../../viz/views/map/link-layer.ts';
import type { MapPalette } from '../../viz/views/map/palette.ts';
import { write, writeText } from '../../viz/views/map/write.ts';

const PALETTE = { trouble: 't', linkIdle: 'i', accent: 'a', linkCasing: 'c' } as MapPalette;
const BANDWIDTHS = [null, 1e9, 1e10, 1e11, 1e12, 1e13];

const halfLine = fc.record({
  bandwidth: fc.nat(BANDWIDTHS.length - 1),
  load: fc.oneof(fc.constantFrom(Number.NaN, 0, 0.004, 1, 1.01), fc.double({ min: 0, max: 1 })),
  isDown: fc.boolean(),
  isSelected: fc.boolean(),
  isQuiet: fc.boolean(),
});

it('half-lines are drawn as one only where they look alike', () => {
  fc.assert(
    fc.property(fc.array(halfLine, { maxLength: 200 }), fc.constantFrom(1, 3, 40), (lines, k) => {
      const styles = new Map<number, unknown>();
      for (const { bandwidth, load, ...flags } of lines) {
        const link = { bandwidth_bps: BANDWIDTHS[bandwidth] };
        const now = { ...flags, link } as LinkNow;
        const number = looksLike(now, load, bandwidth);
        const style = styleOf(now, load, PALETTE, k);
        expect(styles.get(number) ?? style).toEqual(style);
        styles.set(number, style);
      }
    }),
  );
});

it('what is the same as before is not written again', () => {
  const calls: string[] = [];
  const element = {
    setAttribute: (name: string, value: string) => calls.push(`${name}=${value}`),
    set textContent(text: string) {
      calls.push(text);
    },
  } as unknown as Element;
  write(element, 'r', 4);
  write(element, 'r', 4);
  write(element, 'fill', 'red');
  write(element, 'r', 4.5);
  writeText(element, 'fra');
  writeText(element, 'fra');
  writeText(element, '');
  expect(calls).toEqual(['r=4', 'fill=red', 'r=4.5', 'fra', '']);
});

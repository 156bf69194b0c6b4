import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CATCHMENT_COLOURS,
  contrast,
  resolveTheme,
  STATE_MARKS,
  utilisationClass,
  UTILISATION_COLOURS,
  utilisationLetter,
} from '../../viz/theme.ts';

const css = readFileSync(new URL('../../viz/styles/tokens.css', import.meta.url), 'utf8');

/** Custom properties of one theme that are colours `#rrggbb`. */
function tokens(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const colours = tokens(theme);
  const on = (ground: string, ink: string): number => contrast(colours[ground]!, colours[ink]!);

  it.each(['ground', 'panel', 'panel-raised'])('text on %s has 4.5:1 or more', (ground) => {
    for (const ink of ['text', 'text-quiet', 'accent', 'good', 'bad', 'unsure']) {
      expect(on(ground, ink), ink).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('figures in the colours of the two strategies can be read as text', () => {
    expect(on('panel', 'series-1')).toBeGreaterThanOrEqual(4.5);
    expect(on('panel', 'series-2')).toBeGreaterThanOrEqual(4.5);
  });

  it('what is written on the accent can be read', () => {
    expect(on('accent', 'on-accent')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['water', 'land'])('marks on %s have 3:1 or more by their casing', (ground) => {
    for (const ink of ['casing', 'link-casing', 'link-idle']) {
      expect(on(ground, ink), ink).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('colours that mean something', () => {
  it('reckons contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#E69F00', '#ffffff')).toBeCloseTo(2.27, 1);
  });

  it('every state in trouble has a sign of its own', () => {
    const troubled = Object.values(STATE_MARKS).filter(({ isTrouble }) => isTrouble);
    const signs = troubled.map(({ sign }) => sign);
    expect(signs.every((sign) => sign !== '')).toBe(true);
    expect(new Set(signs).size).toBe(signs.length);
  });

  it('has seven catchment colours and nine of utilisation, all different', () => {
    expect(new Set(CATCHMENT_COLOURS).size).toBe(7);
    expect(new Set(UTILISATION_COLOURS).size).toBe(9);
  });

  it('puts utilisation into the classes of PHP Weathermap', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, 'A'],
      [0.005, 'B'],
      [0.01, 'B'],
      [0.1, 'C'],
      [0.25, 'D'],
      [0.4, 'E'],
      [0.55, 'F'],
      [0.7, 'G'],
      [0.85, 'H'],
      [0.851, 'I'],
      [1.01, 'I'],
      [Number.NaN, '–'],
    ];
    for (const [load, letter] of cases) expect(utilisationLetter(load), String(load)).toBe(letter);
    expect(utilisationClass(Number.NaN)).toBe(-1);
  });

  it('follows the system unless told otherwise', () => {
    expect([resolveTheme('auto', true), resolveTheme('auto', false)]).toEqual(['dark', 'light']);
    expect([resolveTheme('light', true), resolveTheme('dark', false)]).toEqual(['light', 'dark']);
  });
});

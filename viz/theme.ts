import { interpolateInferno } from 'd3-scale-chromatic';
import type { EntityState } from '../sim/recording.ts';

/**
 * The colours that mean something. Measured (CIEDE2000 after Machado's simulation of 2009 at full
 * severity, smallest pair of normal, protan, deutan and tritan vision): catchments 10.9, states
 * 10.9 or more, steps of inferno 7.8. What only looks (surfaces, text, land) is a custom property
 * in `styles/tokens.css`, one set a theme.
 */
export type ThemeChoice = 'auto' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

/** Okabe and Ito (2008) without black; `RecordedPop.colour` is a position in it. */
export const CATCHMENT_COLOURS = [
  '#0072B2',
  '#E69F00',
  '#009E73',
  '#CC79A7',
  '#56B4E9',
  '#D55E00',
  '#F0E442',
] as const;

/** Nobody serves the region. */
export const UNREACHABLE_COLOUR = '#6b7280';

export interface StateMark {
  readonly colour: string;
  /** Second channel (WCAG 1.4.1): what is drawn in the POP, and stands in tables. */
  readonly sign: string;
  readonly word: string;
  /** Whether the eye should go there. */
  readonly isTrouble: boolean;
}

export const STATE_MARKS: Readonly<Record<EntityState, StateMark>> = {
  up: { colour: '#0072B2', sign: '', word: 'up', isTrouble: false },
  degraded: { colour: '#E69F00', sign: '△', word: 'degraded', isTrouble: true },
  failing: { colour: '#D55E00', sign: '!', word: 'failing', isTrouble: true },
  draining: { colour: '#CC79A7', sign: '◐', word: 'draining', isTrouble: true },
  withdrawn: { colour: '#CC79A7', sign: '○', word: 'withdrawn', isTrouble: true },
  down: { colour: '#6b7280', sign: '✕', word: 'down', isTrouble: true },
};

/**
 * Upper ends of the classes of utilisation of PHP Weathermap, which operators know: 0, then
 * 0–1–10–25–40–55–70–85–100 %. Class letters A to I.
 */
export const UTILISATION_BREAKS = [0, 0.01, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85] as const;

/** Position of the class, 0 (idle) to 8; -1 without a value. */
export function utilisationClass(utilisation: number): number {
  if (Number.isNaN(utilisation)) return -1;
  if (utilisation <= 0) return 0;
  let rank = 1;
  while (rank < 8 && utilisation > UTILISATION_BREAKS[rank]!) rank++;
  return rank;
}

export function utilisationLetter(utilisation: number): string {
  const rank = utilisationClass(utilisation);
  return rank < 0 ? '–' : 'ABCDEFGHI'[rank]!;
}

/** Grey for exactly 0, then eight steps of inferno; on dark ground they run the same way. */
export const UTILISATION_COLOURS: readonly string[] = [
  '#8b95a1',
  ...Array.from({ length: 8 }, (_, step) => interpolateInferno(0.14 + (0.78 * step) / 7)),
];

export function utilisationColour(utilisation: number): string {
  const rank = utilisationClass(utilisation);
  return rank < 0 ? UNREACHABLE_COLOUR : UTILISATION_COLOURS[rank]!;
}

/** Verdicts and thresholds: colour never alone, the word stands beside it. */
export const OUTCOME_SIGNS: Readonly<Record<string, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  'no data': '–',
};

/** What `auto` is on this machine now. */
export function resolveTheme(choice: ThemeChoice, systemIsDark: boolean): Theme {
  return choice === 'auto' ? (systemIsDark ? 'dark' : 'light') : choice;
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminance(hex: string): number {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(first: string, second: string): number {
  const [darker, lighter] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

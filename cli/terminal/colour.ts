import { Ansis } from 'ansis';

export type ColourChoice = 'auto' | 'always' | 'never';

/** Paints text, or leaves it as it is when colour is off. */
export interface Palette {
  readonly on: boolean;
  good(text: string): string;
  bad(text: string): string;
  unsure(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

/**
 * Whether to colour what goes to `stream`. `auto`: only a terminal, and neither `NO_COLOR`
 * (no-color.org: set and not empty) nor `TERM=dumb`.
 */
export function wantsColour(
  choice: ColourChoice,
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

export function createPalette(on: boolean): Palette {
  // Level 1 is the 16 colours that every terminal and every theme has.
  const ink = new Ansis(on ? 1 : 0);
  return {
    on,
    good: (text) => ink.green(text),
    bad: (text) => ink.red(text),
    unsure: (text) => ink.yellow(text),
    strong: (text) => ink.bold(text),
    faint: (text) => ink.dim(text),
  };
}

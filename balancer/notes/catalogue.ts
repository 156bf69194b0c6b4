import { loadNotes } from './load.ts';
import type { PolicyNotes } from './policy-notes.ts';
import { ringNotes } from './rings.ts';
import { scoreNotes } from './scores.ts';
import { tableNotes } from './tables.ts';
import { turnNotes } from './turns.ts';

/** Notes of the policies of the catalogue, by name. */
export const policyNotes: Readonly<Record<string, PolicyNotes>> = {
  ...turnNotes,
  ...loadNotes,
  ...ringNotes,
  ...tableNotes,
  ...scoreNotes,
};

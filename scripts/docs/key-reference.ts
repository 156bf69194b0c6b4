/** The keys of the dashboard, from the table that they work by. */

import { KEY_BINDINGS, keyLabel } from '../../viz/keys.ts';
import { table, type GeneratedPart } from './generated-part.ts';

export const keyReference: GeneratedPart = {
  page: 'docs/dashboard.md',
  name: 'keys',
  text: () =>
    table(
      ['key', 'what it does', 'group'],
      [
        ['`1` … `9`', 'The views, in the order of the top bar', 'Views'],
        ...KEY_BINDINGS.map(({ key, meaning, group }) => [`\`${keyLabel(key)}\``, meaning, group]),
      ],
    ),
};

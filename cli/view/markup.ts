import { html } from 'hono/html';
import { shorten } from '../terminal/escape.ts';

/** HTML whose parts are already escaped; `html` escapes every plain string put into it. */
export type Markup = ReturnType<typeof html>;

/** Names come from files: escaped by `html`, isolated by <bdi>, cut to what a table can hold. */
export const NAME_LENGTH_MAX = 120;

export function name(text: string): Markup {
  return html`<bdi>${shorten(text, NAME_LENGTH_MAX)}</bdi>`;
}

export interface Cell {
  readonly text: string;
  /** Below the figure, smaller. */
  readonly note?: string;
  /** A class of the stylesheet: `pass`, `worse`. */
  readonly kind?: string;
}

/** A table with names down the left and figures right of them. */
export function table(
  headings: readonly string[],
  rows: readonly { readonly title: string; readonly cells: readonly Cell[] }[],
): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${name(heading)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ title, cells }) =>
            html`<tr>
              <th scope="row">${name(title)}</th>
              ${cells.map(cell)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function cell({ text, note, kind = '' }: Cell): Markup {
  const below = note === undefined ? '' : html`<small>${note}</small>`;
  return html`<td class="${kind.replaceAll(' ', '-')}">${text}${below}</td>`;
}

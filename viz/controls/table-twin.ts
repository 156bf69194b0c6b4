import { html, nothing, type TemplateResult } from 'lit-html';
import { parseSelection } from '../store.ts';
import { cellText, type TableModel } from '../table-model.ts';
import type { Dashboard } from '../view.ts';

/** Rows drawn; exports hold all of them. */
const ROWS_MAX = 500;

/** A table model as a table; a row with a path selects what it stands for. */
export function tableTwin(table: TableModel, { store }: Dashboard): TemplateResult {
  const { caption, columns, rows } = table;
  const more = rows.length - ROWS_MAX;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="figures">
      <caption>${caption}</caption>
      <thead>
        <tr>
          ${columns.map(
            ({ title, isFigure }) =>
              html`<th scope="col" class=${isFigure ? 'figure' : ''}><bdi>${title}</bdi></th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, ROWS_MAX).map(({ cells, path }) => {
          const selection = path === undefined ? null : parseSelection(path);
          return html`<tr>
            ${columns.map((column, i) => {
              const text = shorten(cellText(column, cells[i] ?? null));
              if (i > 0) return html`<td class=${column.isFigure ? 'figure' : ''}>${text}</td>`;
              const select = (): void => void (store.selection.value = selection);
              return html`<th scope="row">
                ${
                  selection === null
                    ? html`<bdi>${text}</bdi>`
                    : html`<button class="link-button" @click=${select}><bdi>${text}</bdi></button>`
                }
              </th>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="quiet">${more} more rows are in the export.</p>` : nothing}
    ${rows.length === 0 ? html`<p class="quiet">Nothing to list.</p>` : nothing}
  </div>`;
}

/** Names come from files: a hostile one is cut to what a table can hold. */
export function shorten(text: string, lengthMax = 120): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1)}…`;
}

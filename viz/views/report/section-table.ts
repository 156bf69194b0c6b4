import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { parseSelection } from '../../store.ts';
import { cellText, tableToMarkdown, type TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import type { ReportSection } from './report-section.ts';

/** Signs at the start of a cell, and the class that colours it; the words stand beside them. */
const SIGN_CLASSES: Readonly<Record<string, string>> = {
  '✓': 'cell-good',
  '✗': 'cell-bad',
  '?': 'cell-unsure',
};

/** More would take seconds to lay out; the exports have all. */
const ROWS_MAX = 400;

export function sectionTable(section: ReportSection, dashboard: Dashboard): TemplateResult {
  const { id, title, note, table, controls } = section;
  return html`<section class="report-section" id="report-${id}">
    <header>
      <h3><bdi>${title}</bdi></h3>
      ${controls ?? nothing}
      <button class="copy-button" @click=${() => void copyTable(table, dashboard)}>
        Copy as Markdown table
      </button>
    </header>
    <div class="report-scroll" tabindex="0" role="region" aria-label=${title}>
      <table class="report-table">
        <thead>
          <tr>
            ${table.columns.map(
              (column) =>
                html`<th scope="col" class=${column.isFigure ? 'figure' : ''}>
                  <bdi>${shorten(column.title, 40)}</bdi>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${table.rows.slice(0, ROWS_MAX).map((row) => rowOf(row, table, dashboard))}
        </tbody>
      </table>
    </div>
    <p class="quiet small-print">${note}${hiddenRows(table)}</p>
  </section>`;
}

function rowOf(
  { cells, path }: TableModel['rows'][number],
  { columns }: TableModel,
  { store }: Dashboard,
): TemplateResult {
  const selection = path === undefined ? null : parseSelection(path);
  return html`<tr>
    ${columns.map((column, i) => {
      const text = shorten(cellText(column, cells[i] ?? null), 120);
      if (i === 0) {
        const select = (): void => {
          store.selection.value = selection;
          if (selection?.kind === 'pop' || selection?.kind === 'server') store.view.value = 'pop';
          else store.view.value = 'map';
        };
        return html`<th scope="row">
          ${
            selection === null
              ? html`<bdi>${text}</bdi>`
              : html`<button class="link-button" @click=${select}><bdi>${text}</bdi></button>`
          }
        </th>`;
      }
      const sign = SIGN_CLASSES[text.charAt(0)] ?? '';
      return html`<td class="${column.isFigure ? 'figure' : ''} ${sign}"><bdi>${text}</bdi></td>`;
    })}
  </tr>`;
}

const hiddenRows = ({ rows }: TableModel): string =>
  rows.length > ROWS_MAX ? ` ${rows.length - ROWS_MAX} more rows are in the copy.` : '';

async function copyTable(table: TableModel, { announce }: Dashboard): Promise<void> {
  try {
    await navigator.clipboard.writeText(tableToMarkdown(table));
    announce('Table copied as Markdown');
  } catch (error) {
    announce(`Not copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

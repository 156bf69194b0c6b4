import { html } from 'lit-html';
import { tableToCsv, tableToJson, tableToMarkdown } from '../table-model.ts';
import { currentLink } from '../url-binding.ts';
import type { Dashboard, MountedView, View } from '../view.ts';
import { download, rasterise } from './download.ts';
import { createModal, modalHeader } from './modal.ts';

export interface Shown {
  readonly view: View;
  readonly mounted: MountedView | null;
}

/** `e`: exactly what is shown, as a picture, as data, as text for a pull request, or as a link. */
export function createExportMenu(
  parent: HTMLElement,
  dashboard: Dashboard,
  shown: () => Shown,
): () => void {
  const modal = createModal(parent, 'Export', 'export-menu');
  const { store, announce } = dashboard;
  const fileName = (ending: string): string => {
    const { name } = store.report.peek().summary.scenario;
    const parts = [name, store.strategy.peek(), shown().view.id];
    return `${parts
      .join('-')
      .replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')
      .slice(0, 100)}.${ending}`;
  };
  const table = () => shown().view.table(dashboard);
  const picture = (): string | undefined => shown().mounted?.svg?.();
  const copy = async (text: string, what: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied`);
  };
  const choices: readonly (readonly [title: string, note: string, run: () => unknown])[] = [
    ['SVG', 'picture, scalable', () => download(fileName('svg'), picture()!, 'image/svg+xml')],
    ['PNG', 'picture, at twice its size', () => savePng(fileName('png'), picture()!)],
    ['CSV', 'the table twin', () => download(fileName('csv'), tableToCsv(table()), 'text/csv')],
    [
      'JSON',
      'the table twin',
      () => download(fileName('json'), tableToJson(table()), 'application/json'),
    ],
    ['Copy as Markdown table', 'for a pull request', () => copy(tableToMarkdown(table()), 'Table')],
    ['Copy link', 'shows exactly this', () => copy(currentLink(store), 'Link')],
  ];
  const choose = async (run: () => unknown): Promise<void> => {
    modal.close();
    try {
      await run();
    } catch (error) {
      announce(`Export failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return () => {
    const isDrawn = shown().mounted?.svg !== undefined;
    modal.open(html`${modalHeader('Export what is shown', () => modal.close())}
      <div class="menu-list">
        ${choices.map(
          ([title, note, run], i) =>
            html`<button
              class="menu-item"
              ?disabled=${i < 2 && !isDrawn}
              @click=${() => void choose(run)}
            >
              ${title}<span class="quiet">${note}</span>
            </button>`,
        )}
      </div>`);
  };
}

async function savePng(name: string, svg: string): Promise<void> {
  download(name, await rasterise(svg), 'image/png');
}

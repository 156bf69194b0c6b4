import { html } from 'lit-html';
import { KEY_BINDINGS, keyLabel } from '../keys.ts';
import type { View } from '../view.ts';
import { createModal, modalHeader } from './modal.ts';

/** The list of keys that `?` opens, from the same table that the keys work by. */
export function createKeyList(parent: HTMLElement, views: readonly View[]): () => void {
  const modal = createModal(parent, 'Keys', 'key-list');
  const groups = [...new Set(KEY_BINDINGS.map(({ group }) => group))];
  const row = (key: string, meaning: string) =>
    html`<div class="key-row"><dt><kbd>${keyLabel(key)}</kbd></dt><dd>${meaning}</dd></div>`;
  return () =>
    modal.open(html`${modalHeader('Keys', () => modal.close())}
      <div class="key-groups" tabindex="0" role="group" aria-label="Keys by group">
        ${groups.map(
          (group) =>
            html`<section>
              <h3>${group}</h3>
              <dl>
                ${group === 'Views' ? views.map(({ title }, i) => row(String(i + 1), title)) : ''}
                ${KEY_BINDINGS.filter((binding) => binding.group === group).map(
                  ({ key, meaning }) => row(key, meaning),
                )}
              </dl>
            </section>`,
        )}
      </div>`);
}

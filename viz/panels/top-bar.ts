import { html, nothing, type TemplateResult } from 'lit-html';
import { icon, type IconName } from '../controls/icons.ts';
import { shorten } from '../controls/table-twin.ts';
import type { KeyAction } from '../keys.ts';
import type { Dashboard, View } from '../view.ts';

/** Scenario, the strategies that are shown, views, and buttons for what keys do. */
export function topBar(
  { store }: Dashboard,
  views: readonly View[],
  act: (action: KeyAction) => void,
): TemplateResult {
  const { strategies, summary } = store.report.value;
  const current = store.view.value;
  const button = (action: KeyAction, name: IconName, label: string) =>
    html`<button class="icon-button" title=${label} aria-label=${label} @click=${() => act(action)}>
      ${icon(name)}
    </button>`;
  return html`<h1 class="scenario-name" title=${summary.scenario.name}>
      <bdi>${shorten(summary.scenario.name, 60)}</bdi>
    </h1>
    <label class="picker">
      <span class="visually-hidden">Strategy</span>
      ${strategyPicker(strategies, store.strategy.value, null, (name) => {
        if (name !== null) store.strategy.value = name;
      })}
    </label>
    ${
      strategies.length < 2
        ? nothing
        : html`<label class="picker versus">
          <span>vs</span>
          ${strategyPicker(strategies, store.versus.value, 'nothing', (name) => {
            store.versus.value = name;
          })}
        </label>`
    }
    <nav class="view-tabs" aria-label="Views">
      ${views.map(
        ({ id, title, question }, i) =>
          html`<button
            class="view-tab"
            title="${question} (${i + 1})"
            aria-current=${id === current ? 'page' : 'false'}
            @click=${() => void (store.view.value = id)}
          >
            ${title}
          </button>`,
      )}
    </nav>
    <div class="top-buttons">
      ${button('table', store.isTable.value ? 'picture' : 'table', 'Picture or table (Shift+T)')}
      ${button('palette', 'search', 'Command palette (Ctrl/⌘ K)')} <button
        class="icon-button"
        title="Keys (?)"
        aria-label="Keys"
        @click=${() => act('keys')}
      >
        ?
      </button>
      ${button('theme', 'theme', 'Light or dark (t)')} ${button('export', 'export', 'Export (e)')}
    </div>`;
}

function strategyPicker(
  strategies: readonly string[],
  chosen: string | null,
  none: string | null,
  choose: (name: string | null) => void,
): TemplateResult {
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    choose(value === '' ? null : strategies[Number(value)]!);
  };
  return html`<select @change=${onChange}>
    ${
      none === null ? nothing : html`<option value="" .selected=${chosen === null}>${none}</option>`
    }
    ${strategies.map(
      (name, i) =>
        html`<option value=${i} .selected=${name === chosen}>${shorten(name, 40)}</option>`,
    )}
  </select>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../controls/table-twin.ts';
import { formatRate } from '../formats.ts';
import type { Store } from '../store.ts';

const SHOWN = 8;
const BAR_WIDTH = 130;

/** Where the requests go at this instant. */
export function busiestPops(store: Store): TemplateResult | typeof nothing {
  const player = store.recording.value;
  if (!player) return nothing;
  void player.loaded.value;
  const time_s = store.calmTime_s.value;
  const requests = player.pops.ratesAt('requests', time_s);
  const rates = player.index.world.pops
    .map(({ name }, index) => ({ name, rate: requests(index) || 0 }))
    .sort((a, b) => b.rate - a.rate)
    .slice(0, SHOWN);
  const most = Math.max(rates[0]?.rate ?? 0, 1e-9);
  return html`<section class="panel-card">
    <h2 class="panel-heading">Busiest POPs now</h2>
    <ul class="load-list">
      ${rates.map(
        ({ name, rate }) =>
          html`<li>
            <button
              class="link-button"
              @click=${() => void (store.selection.value = { kind: 'pop', name })}
            >
              <bdi>${shorten(name, 12)}</bdi>
            </button>
            <svg width=${BAR_WIDTH} height="6" aria-hidden="true">
              <rect class="load-bar-track" width=${BAR_WIDTH} height="6" rx="3"></rect>
              <rect class="load-bar" width=${(BAR_WIDTH * rate) / most} height="6" rx="3"></rect>
            </svg>
            <span class="figure">${formatRate(rate)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

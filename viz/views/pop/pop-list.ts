import { html, render, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import { formatLatency, formatPercent, formatRate } from '../../formats.ts';
import { isHidden } from '../../hide.ts';
import {
  CATCHMENT_COLOURS,
  STATE_MARKS,
  utilisationColour,
  utilisationLetter,
} from '../../theme.ts';
import { popsNow, type PopNow } from '../map/network-now.ts';
import { breadcrumbs } from './breadcrumbs.ts';
import { child, type PopPageInputs } from './page-inputs.ts';
import { attachTileKeys } from './tile-keys.ts';

/** All POPs as tiles, trouble first: where one begins to drill. */
export function mountPopList(page: HTMLElement, inputs: PopPageInputs): () => void {
  const { dashboard, player, focus } = inputs;
  const { store } = dashboard;
  const head = child(page, 'inside-top');
  const tiles = child(page, 'inside-servers');
  const queue = createDrawQueue();
  render(breadcrumbs(player, focus, store), head);
  const stopKeys = attachTileKeys(tiles);
  const stop = queue.draw(() => {
    void player.loaded.value;
    const pops = popsNow(player, store.calmTime_s.value).filter(
      ({ pop }) => !isHidden(store.hidden.value, `pop/${pop.name}`),
    );
    const troubled = pops.filter(({ state }) => STATE_MARKS[state.state].isTrouble);
    const open = (name: string): void => void (store.selection.value = { kind: 'pop', name });
    render(
      html`<div class="inside-head">
          <h3>POPs <span class="quiet">${pops.length}</span></h3>
          <p class="quiet">
            ${troubled.length === 0 ? 'all are up' : `${troubled.length} in trouble`}
          </p>
        </div>
        <div class="tile-grid is-of-pops" role="group" aria-label="POPs">
          ${pops.map((now, i) => popTile(now, i === 0, open))}
        </div>`,
      tiles,
    );
  });
  return () => {
    stop();
    stopKeys();
    queue.stop();
  };
}

function popTile(now: PopNow, isFirst: boolean, open: (name: string) => void): TemplateResult {
  const { pop, state, utilisation } = now;
  const { sign, word, isTrouble } = STATE_MARKS[state.state];
  return html`<button
    class="server-tile ${isTrouble ? 'is-trouble' : ''}"
    data-tile
    tabindex=${isFirst ? 0 : -1}
    @click=${() => open(pop.name)}
  >
    <span class="tile-top">
      <span class="tile-title">
        <svg width="10" height="10" aria-hidden="true">
          <rect width="10" height="10" rx="3" fill=${CATCHMENT_COLOURS[pop.colour % 7]!}></rect>
        </svg>
        <bdi class="tile-name">${shorten(pop.name, 16)}</bdi>
        <bdi class="quiet tile-label">${shorten(pop.label, 20)}</bdi>
      </span>
      <span class="state-chip">
        <span class="state-dot small state-${state.state}" aria-hidden="true">${sign}</span>${word}
      </span>
    </span>
    <svg class="tile-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="tile-rail" width="100" height="6"></rect>
      <rect
        width=${100 * Math.min(utilisation || 0, 1)}
        height="6"
        fill=${utilisationColour(utilisation)}
      ></rect>
    </svg>
    <span class="tile-figures">
      <span>
        <span class="visually-hidden">utilisation</span>
        <b>${formatPercent(utilisation)}</b>
        <span class="quiet">${utilisationLetter(utilisation)}</span>
      </span>
      <span>${formatRate(now.requestsPerSecond)}</span>
      <span><span class="quiet">p95</span> ${formatLatency(now.latencyP95_s)}</span>
    </span>
  </button>`;
}

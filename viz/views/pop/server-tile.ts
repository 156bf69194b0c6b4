import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import type { ServerNow } from '../../data/servers-now.ts';
import { formatCount, formatPercent, formatRate } from '../../formats.ts';
import { hiddenTrouble, isPaleMark, isScaledOff, SERVER_MARKS } from '../../server-marks.ts';
import { utilisationColour, utilisationLetter } from '../../theme.ts';

/** Length of the bar of utilisation, pixels of its viewBox. */
const BAR = 100;

/** A server as a tile: name, state in HAProxy's words, load, queue. */
export function serverTile(now: ServerNow, isFirst: boolean, open: () => void): TemplateResult {
  const mark = SERVER_MARKS[now.state.state];
  const hidden = hiddenTrouble(now.truth, now.state.state);
  const isTrouble = mark.isTrouble || hidden !== null;
  const isOff = isScaledOff(now.state.state);
  const { concurrency, name } = now.server;
  return html`<button
    class="server-tile ${isTrouble ? 'is-trouble' : ''} ${isOff ? 'is-off' : ''}"
    title=${isOff ? `${mark.word}: not in service` : nothing}
    data-tile
    tabindex=${isFirst ? 0 : -1}
    @click=${open}
  >
    <span class="tile-top">
      <bdi class="tile-name">${shorten(name, 24)}</bdi>
      ${stateChip(now.state.state)}
    </span>
    <svg class="tile-bar" viewBox="0 0 ${BAR} 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="tile-rail" width=${BAR} height="6"></rect>
      <rect
        width=${BAR * Math.min(now.utilisation || 0, 1)}
        height="6"
        fill=${utilisationColour(now.utilisation)}
      ></rect>
    </svg>
    <span class="tile-figures">
      <span>
        <span class="visually-hidden">utilisation</span>
        <b>${formatPercent(now.utilisation)}</b>
        <span class="quiet">${utilisationLetter(now.utilisation)}</span>
      </span>
      <span title="requests inside of slots">
        ${Number.isNaN(now.inFlight) ? '–' : formatCount(now.inFlight)}
        <span class="quiet">of ${concurrency}</span>
      </span>
      <span>${formatRate(now.requestsPerSecond)}</span>
    </span>
    ${
      hidden === null
        ? nothing
        : html`<span class="tile-truth">
          <span aria-hidden="true">${hidden.sign}</span> in fact ${hidden.word}
        </span>`
    }
  </button>`;
}

/** A state's word on its colour, with its sign. */
export function stateChip(state: ServerNow['state']['state']): TemplateResult {
  const mark = SERVER_MARKS[state];
  const dot = html`<svg class="chip-dot" width="14" height="14" aria-hidden="true">
    <circle cx="7" cy="7" r="6.4" fill=${mark.colour} class="chip-disc"></circle>
    <text
      x="7"
      y="10.4"
      text-anchor="middle"
      font-size="9.5"
      font-weight="700"
      fill=${isPaleMark(mark) ? '#131b25' : '#fff'}
    >${mark.sign}</text>
  </svg>`;
  return html`<span class="state-chip">${dot}${mark.word}</span>`;
}

import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { STATE_MARKS, UTILISATION_COLOURS } from '../../theme.ts';
import type { Dashboard } from '../../view.ts';

const UPPER_ENDS = ['0', '1', '10', '25', '40', '55', '70', '85', '100'];

/** What colours and signs mean; only signs that occur in this story. A schematic has no land. */
export function mapLegend({ store }: Dashboard, hasLand = true): TemplateResult {
  const states = new Set(
    (store.recording.value?.index.moments.states ?? []).map(({ state }) => state),
  );
  const signs = [...states].filter((state) => STATE_MARKS[state].isTrouble);
  const swatch = 18;
  return html`<div class="map-legend" aria-hidden="true">
    <div class="legend-part">
      <span>utilisation, %</span>
      <svg width=${swatch * 9} height="24" class="legend-scale">
        ${UTILISATION_COLOURS.map(
          (colour, i) =>
            svg`<rect x=${i * swatch} width=${swatch} height="8" fill=${colour}></rect>`,
        )}
        ${[0, 2, 4, 6, 8].map(
          (i) =>
            svg`<text x=${(i + (i === 0 ? 0 : 1)) * swatch} y="21"
              text-anchor=${i === 0 ? 'start' : i === 8 ? 'end' : 'middle'}
            >${UPPER_ENDS[i]}</text>`,
        )}
      </svg>
    </div>
    <div class="legend-part"><span>area</span> requests/s</div>
    <div class="legend-part">
      <span>${hasLand ? 'land, core' : 'core'}</span> who serves it; grey: nobody
    </div>
    ${
      signs.length === 0
        ? nothing
        : html`<div class="legend-part">
          ${signs.map((state) => {
            const { sign, word } = STATE_MARKS[state];
            return html`<span>${sign} ${word}</span>`;
          })}
        </div>`
    }
  </div>`;
}

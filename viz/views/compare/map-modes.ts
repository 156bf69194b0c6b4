import { html, type TemplateResult } from 'lit-html';
import type { Store } from '../../store.ts';

type Mode = 'beside' | 'swipe' | 'difference';

const MODES: readonly (readonly [mode: Mode, title: string, hint: string])[] = [
  ['beside', 'Side by side', 'Two maps with one camera and one clock'],
  ['swipe', 'Swipe', 'One over the other, with a divider to drag'],
  ['difference', 'Difference', 'Whose POP is nearer, who is answered by one only (v)'],
];

/** How the two maps are shown. */
export function mapModes(store: Store): TemplateResult {
  const shown: Mode = store.isDifference.value ? 'difference' : store.arrangement.value;
  const choose = (mode: Mode): void => {
    store.isDifference.value = mode === 'difference';
    if (mode !== 'difference') store.arrangement.value = mode;
  };
  return html`<div class="segments" role="group" aria-label="Maps">
    ${MODES.map(
      ([mode, title, hint]) =>
        html`<button
          class="segment"
          title=${hint}
          aria-pressed=${mode === shown ? 'true' : 'false'}
          @click=${() => choose(mode)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}

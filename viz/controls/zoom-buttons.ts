import type { Signal } from '@preact/signals-core';
import { html, type TemplateResult } from 'lit-html';
import type { KeyAction } from '../keys.ts';
import { icon, type IconName } from './icons.ts';

/** Zoom for who has neither wheel nor keys. A camera of null shows all. */
export function zoomButtons(
  camera: Signal<unknown>,
  act: (action: KeyAction) => unknown,
): TemplateResult {
  const isWhole = camera.value === null;
  const showAll = (): void => {
    camera.value = null;
  };
  const button = (name: IconName, words: string, isOff: boolean, press: () => unknown) =>
    html`<button
      class="icon-button"
      aria-label=${words}
      title=${words}
      ?disabled=${isOff}
      @click=${press}
    >
      ${icon(name)}
    </button>`;
  return html`<div class="zoom-buttons" role="group" aria-label="Zoom">
    ${button('plus', 'Zoom in (+)', false, () => act('zoom-in'))}
    ${button('minus', 'Zoom out (-)', isWhole, () => act('zoom-out'))}
    ${button('whole', 'Show all (0)', isWhole, showAll)}
  </div>`;
}

import { html, type TemplateResult } from 'lit-html';

/** A name, its figure now, and what it is to be seen against. */
export function figureRow(name: string, value: string, note = ''): TemplateResult {
  return html`<div class="figure-row">
    <dt>${name}</dt>
    <dd class="figure">${value}</dd>
    <dd class="quiet">${note}</dd>
  </div>`;
}

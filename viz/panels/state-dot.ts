import { html, type TemplateResult } from 'lit-html';
import type { EntityState } from '../../sim/recording.ts';
import { STATE_MARKS } from '../theme.ts';

/** A state's colour with its sign; the word stands beside it. */
export function stateDot(state: EntityState): TemplateResult {
  const sign = STATE_MARKS[state].sign || '●';
  return html`<span class="state-dot state-${state}" aria-hidden="true">${sign}</span>`;
}

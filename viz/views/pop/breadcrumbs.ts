import { html, nothing, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { Selection, Store } from '../../store.ts';
import type { PopFocus } from './pop-focus.ts';

/** Where one is, and the way back: all POPs › fra › gen3-7. */
export function breadcrumbs(
  player: RecordingPlayer,
  { pop, server }: PopFocus,
  store: Store,
): TemplateResult {
  const { pops, servers } = player.index.world;
  const steps: { readonly text: string; readonly to: Selection | null }[] = [];
  if (pops.length > 1 || pop === null) steps.push({ text: 'all POPs', to: null });
  if (pop !== null)
    steps.push({ text: pops[pop]!.name, to: { kind: 'pop', name: pops[pop]!.name } });
  if (server !== null) steps.push({ text: servers[server]!.name, to: null });
  return html`<nav class="crumbs" aria-label="Where you are">
    <ol>
      ${steps.map(({ text, to }, i) => {
        const isHere = i === steps.length - 1;
        const go = (): void => void (store.selection.value = to);
        return html`<li>
          ${i > 0 ? html`<span class="crumb-arrow" aria-hidden="true">›</span>` : nothing}
          ${
            isHere
              ? html`<h2 class="crumb-here"><bdi>${shorten(text, 40)}</bdi></h2>`
              : html`<button class="link-button crumb" @click=${go}>
                <bdi>${shorten(text, 40)}</bdi>
              </button>`
          }
        </li>`;
      })}
    </ol>
  </nav>`;
}

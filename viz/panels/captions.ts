import { effect, signal } from '@preact/signals-core';
import { html, nothing, render } from 'lit-html';
import type { Manifest } from '../../sim/report.ts';
import { icon } from '../controls/icons.ts';
import { shorten } from '../controls/table-twin.ts';
import type { Dashboard } from '../view.ts';

export interface Caption {
  readonly at_s: number;
  readonly text: string;
}

/**
 * The story's captions in time. Those without a time of their own follow in order, at equal
 * distances between their neighbours that have one (0 and the end where there is none).
 */
export function captionsInTime(
  story: NonNullable<Manifest['story']>,
  until_s: number,
): readonly Caption[] {
  return story.map(({ at_s, text }, i) => {
    if (at_s !== null) return { at_s, text };
    const before = story.findLastIndex((one, j) => j < i && one.at_s !== null);
    const after = story.findIndex((one, j) => j > i && one.at_s !== null);
    const from_s = before < 0 ? 0 : story[before]!.at_s!;
    const to_s = after < 0 ? until_s : story[after]!.at_s!;
    const count = (after < 0 ? story.length : after) - before;
    return { at_s: from_s + ((to_s - from_s) * (i - before)) / count, text };
  });
}

/** Over the bottom of the picture: what happens now, in the words of the scenario. */
export function mountCaptions(
  container: HTMLElement,
  { store }: Dashboard,
): { dismiss(): boolean; unmount(): void } {
  const isDismissed = signal(false);
  const unmount = effect(() => {
    const story = store.report.value.manifest?.story ?? [];
    const captions = captionsInTime(story, store.span.value.until_s);
    const time_s = store.calmTime_s.value;
    const now = isDismissed.value ? undefined : captions.findLast(({ at_s }) => at_s <= time_s);
    const close = (): void => void (isDismissed.value = true);
    void render(
      now === undefined
        ? nothing
        : html`<p class="caption" role="status">
            <bdi>${shorten(now.text, 240)}</bdi>
            <button class="icon-button small" aria-label="Hide captions (Esc)" @click=${close}>
              ${icon('close', 12)}
            </button>
          </p>`,
      container,
    );
  });
  return {
    unmount,
    /** False if there was nothing to hide. */
    dismiss() {
      const hasCaption = container.querySelector('.caption') !== null;
      if (hasCaption) isDismissed.value = true;
      return hasCaption;
    },
  };
}

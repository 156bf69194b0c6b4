import { computed, effect } from '@preact/signals-core';
import { html, render } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { formatPercent, formatShortClock } from '../../formats.ts';
import { observeSize } from '../../observe-size.ts';
import type { Dashboard } from '../../view.ts';
import { beforeLastEvent, catchmentShift } from './catchment-shift.ts';
import { drawShift } from './shift-chart.ts';

/** Who has taken users over since the last event began, in one of the two strategies. */
export function mountShiftCard(
  card: HTMLElement,
  { store }: Dashboard,
  series: 1 | 2,
): { readonly svg: SVGSVGElement; unmount(): void } {
  const head = document.createElement('header');
  const chart = document.createElement('div');
  chart.className = 'compare-chart';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'shift-svg');
  svg.setAttribute('role', 'img');
  const note = document.createElement('p');
  note.className = 'compare-note quiet';
  chart.append(svg, note);
  card.replaceChildren(head, chart);
  const size = observeSize(chart);
  const shift = computed(() => {
    const player = (series === 1 ? store.recording : store.versusRecording).value;
    if (!player || player.index.catchments === null) return null;
    // Changes of catchments are few: a tenth of a second is finer than any of them is recorded.
    const time_s = Math.floor(store.time_s.value * 10) / 10;
    const before_s = beforeLastEvent(player.index.events, time_s);
    const flows = before_s === null ? [] : catchmentShift(player, before_s, time_s);
    return { world: player.index.world, before_s, flows };
  });
  const stops = [
    effect(() => {
      const name = (series === 1 ? store.strategy : store.versus).value ?? '';
      const moved = (shift.value?.flows ?? []).reduce((sum, { share }) => sum + share, 0);
      const since = shift.value?.before_s;
      const title = html`<h3>
        Who took over · <bdi class="series-name series-${series}">${shorten(name, 24)}</bdi>
      </h3>`;
      const figure =
        since === undefined || since === null || moved === 0
          ? ''
          : `${formatPercent(moved)} of users since ${formatShortClock(Math.ceil(since))}`;
      render(html`${title}<span class="quiet">${figure}</span>`, head);
      svg.setAttribute('aria-label', `Users that changed their POP with ${name.slice(0, 60)}`);
    }),
    effect(() => {
      const shown = shift.value;
      const flows = shown?.flows ?? [];
      svg.toggleAttribute('hidden', flows.length === 0);
      note.hidden = flows.length > 0;
      note.textContent = noteOf(shown);
      if (shown !== null) drawShift(svg, flows, shown.world, size.signal.value);
    }),
  ];
  return {
    svg,
    unmount() {
      for (const stop of stops) stop();
      size.stop();
    },
  };
}

function noteOf(shown: { readonly before_s: number | null } | null): string {
  if (shown === null) return 'No catchments recorded. Add output.record: [catchments 5s].';
  if (shown.before_s === null) return 'Nothing has happened yet: play on.';
  const since = formatShortClock(Math.ceil(shown.before_s));
  return `Everybody is where they were before ${since}.`;
}

import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import { html, render } from 'lit-html';
import type { RecordedWorld } from '../../../sim/recording.ts';
import { shorten } from '../../controls/table-twin.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { formatPercent, formatShortClock } from '../../formats.ts';
import { observeSize } from '../../observe-size.ts';
import type { Store } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import { beforeLastEvent, catchmentShift, movedShare, type ShiftFlow } from './catchment-shift.ts';
import { drawShift } from './shift-chart.ts';

/** What has moved since the last event began; null where no catchments are recorded. */
interface Shift {
  readonly world: RecordedWorld;
  /** Null before the first event. */
  readonly before_s: number | null;
  readonly flows: readonly ShiftFlow[];
}

/** Of both strategies: their charts have one scale. */
export interface Shifts {
  readonly own: ReadonlySignal<Shift | null>;
  readonly other: ReadonlySignal<Shift | null>;
}

export function shiftsOf(store: Store): Shifts {
  const of = (player: RecordingPlayer | null | undefined): Shift | null => {
    if (!player || player.index.catchments === null) return null;
    // Changes of catchments are few: a tenth of a second is finer than any of them is recorded.
    const time_s = Math.floor(store.calmTime_s.value * 10) / 10;
    const before_s = beforeLastEvent(player.index.events, time_s);
    const flows = before_s === null ? [] : catchmentShift(player, before_s, time_s);
    return { world: player.index.world, before_s, flows };
  };
  return {
    own: computed(() => of(store.recording.value)),
    other: computed(() => of(store.versusRecording.value)),
  };
}

/** Who has taken users over since the last event began, in one of the two strategies. */
export function mountShiftCard(
  card: HTMLElement,
  { store }: Dashboard,
  shifts: Shifts,
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
  const shift = computed(() => (series === 1 ? shifts.own : shifts.other).value);
  const stops = [
    effect(() => {
      const name = (series === 1 ? store.strategy : store.versus).value ?? '';
      const moved = movedShare(shift.value?.flows ?? []);
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
      if (shown === null || flows.length === 0) return;
      const most = Math.max(
        movedShare(shifts.own.value?.flows ?? []),
        movedShare(shifts.other.value?.flows ?? []),
      );
      drawShift(svg, flows, shown.world, size.signal.value, movedShare(flows) / most);
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

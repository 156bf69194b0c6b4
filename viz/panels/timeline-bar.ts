import { computed, effect } from '@preact/signals-core';
import { html, render, type TemplateResult } from 'lit-html';
import { icon, type IconName } from '../controls/icons.ts';
import { formatClock } from '../formats.ts';
import type { KeyAction } from '../keys.ts';
import type { Dashboard } from '../view.ts';
import { mountTimeTrack } from './time-track.ts';

/** Screen readers are told the time this often at most. */
const SPOKEN_INTERVAL_MS = 2_000;

/** Playback buttons and the clock at the left; events and the scrubber over the rest. */
export function mountTimelineBar(
  container: HTMLElement,
  dashboard: Dashboard,
  act: (action: KeyAction) => void,
): () => void {
  container.replaceChildren();
  const controls = document.createElement('div');
  controls.className = 'playback';
  const track = document.createElement('div');
  track.className = 'time-track';
  const spoken = document.createElement('div');
  spoken.className = 'visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  container.append(controls, track, spoken);
  const { store } = dashboard;
  const second = computed(() => Math.floor(store.time_s.value));
  const stopDrawing = effect(() => void render(playback(dashboard, act, second.value), controls));
  const removeTrack = mountTimeTrack(track, dashboard);
  let spokenAt_ms = -Infinity;
  const stopSpeaking = store.time_s.subscribe((time_s) => {
    const now_ms = performance.now();
    if (now_ms - spokenAt_ms < SPOKEN_INTERVAL_MS) return;
    spokenAt_ms = now_ms;
    spoken.textContent = `time ${formatClock(Math.round(time_s))}`;
  });
  return () => {
    stopDrawing();
    stopSpeaking();
    removeTrack();
  };
}

function playback(
  { store }: Dashboard,
  act: (action: KeyAction) => void,
  time_s: number,
): TemplateResult {
  const isPlaying = store.isPlaying.value;
  const button = (action: KeyAction, name: IconName, label: string, kind = 'icon-button') =>
    html`<button class=${kind} aria-label=${label} title=${label} @click=${() => act(action)}>
      ${icon(name)}
    </button>`;
  return html`<div class="playback-buttons">
      ${button('event-previous', 'previous', 'Previous event (Shift ←)')}
      ${
        isPlaying
          ? button('play', 'pause', 'Pause (Space)', 'play-button')
          : button('play', 'play', 'Play (Space)', 'play-button')
      }
      ${button('event-next', 'next', 'Next event (Shift →)')}
    </div>
    <div class="clock">
      <span class="clock-now">${formatClock(time_s)}</span>
      <span class="quiet">/ ${formatClock(Math.round(store.span.value.until_s))}</span>
    </div>
    <div class="speed">
      ${button('slower', 'minus', 'Slower ([)')}
      <span class="speed-now" aria-label="Speed">×${store.speed.value}</span>
      ${button('faster', 'plus', 'Faster (])')}
    </div>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { RecordingPlayer } from '../data/recording-player.ts';
import { livingServers } from '../data/living-slots.ts';
import { takeovers } from '../data/takeovers.ts';
import { shorten } from '../controls/table-twin.ts';
import {
  formatBandwidth,
  formatClock,
  formatLatency,
  formatPercent,
  formatRate,
  formatUtilisation,
} from '../formats.ts';
import { CATCHMENT_COLOURS, STATE_MARKS, UNREACHABLE_COLOUR } from '../theme.ts';
import type { Dashboard } from '../view.ts';
import { figureRow } from './figure-row.ts';
import { stateDot } from './state-dot.ts';

/** How much earlier than the trouble `was` looks, seconds: a bucket that it has not touched. */
const BEFORE_S = 15;

/** A POP at this instant: state, load, who took over, latency, links. */
export function popPanel(
  name: string,
  player: RecordingPlayer,
  dashboard: Dashboard,
): TemplateResult | null {
  const { store } = dashboard;
  const index = player.index.world.pops.findIndex((pop) => pop.name === name);
  const pop = player.index.world.pops[index];
  if (pop === undefined) return null;
  const time_s = store.calmTime_s.value;
  const state = player.states.at('pop', index, time_s);
  const { word, isTrouble } = STATE_MARKS[state.state];
  const before_s = state.since_s === null ? null : Math.max(state.since_s - BEFORE_S, 0);
  const { pops } = player;
  const was = (value: (at_s: number) => string): string =>
    isTrouble && before_s !== null ? `was ${value(before_s)}` : '';
  const rate = (at_s: number): string => formatRate(pops.rate('requests', index, at_s));
  const p95 = (at_s: number): string => formatLatency(pops.value('latency_p95_s', index, at_s));
  const utilisation = pops.value('utilisation', index, time_s);
  return html`<h2 class="panel-title">
      <bdi>${shorten(pop.name, 30)}</bdi>
      <span class="quiet"><bdi>${shorten(pop.label, 40)}</bdi></span>
    </h2>
    <p class="state-line state-${state.state}">
      ${stateDot(state.state)}
      <strong>${word}</strong>
      ${
        state.since_s === null
          ? nothing
          : html`<span class="quiet">since ${formatClock(state.since_s)} · ${state.cause}</span>`
      }
    </p>
    <dl class="figure-rows">
      ${figureRow('requests', rate(time_s), was(rate))}
      ${figureRow('p95 latency', p95(time_s), was(p95))}
      ${figureRow(
        'utilisation',
        formatUtilisation(utilisation),
        serverWords(player, index, time_s),
      )}
      ${figureRow('hit ratio', formatPercent(pops.value('hit_ratio', index, time_s)))}
      ${
        pop.egress_bps === null
          ? nothing
          : figureRow(
              'egress',
              formatPercent(pops.value('egress_utilisation', index, time_s)),
              `of ${formatBandwidth(pop.egress_bps)}`,
            )
      }
    </dl>
    ${
      isTrouble && before_s !== null
        ? tookOver(player, index, before_s, time_s, dashboard)
        : nothing
    }
    ${linkList(player, index, time_s, dashboard)}`;
}

function tookOver(
  player: RecordingPlayer,
  index: number,
  before_s: number,
  time_s: number,
  { store }: Dashboard,
): TemplateResult | typeof nothing {
  const shares = takeovers(player, index, before_s, time_s);
  if (shares.length === 0) return nothing;
  return html`<h3 class="panel-heading">Where its users are</h3>
    <ul class="share-list">
      ${shares.slice(0, 6).map(({ pop, share }) => {
        const to = player.index.world.pops[pop];
        const colour = to === undefined ? UNREACHABLE_COLOUR : CATCHMENT_COLOURS[to.colour % 7]!;
        const text = pop === index ? 'still sent here' : (to?.name ?? 'no route');
        return html`<li>
          ${
            to === undefined
              ? html`<span>${text}</span>`
              : html`<button
                class="link-button"
                @click=${() => void (store.selection.value = { kind: 'pop', name: to.name })}
              >
                <bdi>${shorten(text, 24)}</bdi>
              </button>`
          }
          <svg class="share-bar" width="120" height="8" aria-hidden="true">
            <rect width=${Math.max(2, 120 * share)} height="8" rx="4" fill=${colour}></rect>
          </svg>
          <span class="figure">${formatPercent(share)}</span>
        </li>`;
      })}
    </ul>`;
}

function linkList(
  player: RecordingPlayer,
  pop: number,
  time_s: number,
  { store }: Dashboard,
): TemplateResult | typeof nothing {
  const { links, pops } = player.index.world;
  const own = links.flatMap((link, index) =>
    link.a === pop || link.b === pop ? [{ link, index }] : [],
  );
  if (own.length === 0) return nothing;
  return html`<details class="panel-details">
    <summary>links <span class="quiet">${own.length}</span></summary>
    <ul class="link-list">
      ${own.map(({ link, index }) => {
        const out = link.a === pop ? 0 : 1;
        const of = (direction: number): string =>
          formatPercent(player.links?.value('utilisation', 2 * index + direction, time_s));
        const isDown = player.states.at('link', index, time_s).state === 'down';
        return html`<li>
          <button
            class="link-button"
            @click=${() => void (store.selection.value = { kind: 'link', name: link.name })}
          >
            <bdi>${shorten(pops[out === 0 ? link.b : link.a]?.name ?? '?', 20)}</bdi>
          </button>
          <span class="figure">${isDown ? '✕ down' : `↑ ${of(out)} ↓ ${of(1 - out)}`}</span>
        </li>`;
      })}
    </ul>
  </details>`;
}

/** `16 servers`, `8/16 servers` where the story took some: utilisation is over those eight. */
export function serverWords(player: RecordingPlayer, pop: number, time_s: number): string {
  const { server_count: all } = player.index.world.pops[pop]!;
  const living = livingServers(player, pop, time_s);
  const words = `${all} ${all === 1 ? 'server' : 'servers'}`;
  return living === all ? words : `${living}/${words}`;
}

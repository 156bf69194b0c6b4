import { html, nothing, render, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { serverNow, type ServerNow } from '../../data/servers-now.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import { formatClock, formatCount, formatPercent, formatRate } from '../../formats.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../server-marks.ts';
import { mountServerLanes } from '../balancer/state-lanes.ts';
import { breadcrumbs } from './breadcrumbs.ts';
import { mountFigureStrips, type FigureStrip } from './pop-strips.ts';
import { child, type PopPageInputs } from './page-inputs.ts';
import { stateChip } from './server-tile.ts';

const STRIPS: readonly FigureStrip<'requests' | 'in_flight' | 'utilisation'>[] = [
  { title: 'requests', column: 'requests', format: formatRate, isCount: true },
  { title: 'utilisation', column: 'utilisation', format: formatPercent, isCount: false },
  { title: 'in flight', column: 'in_flight', format: formatCount, isCount: false },
];

/** One server: what it is, its load over the story, every change of its state. */
export function mountServerPage(page: HTMLElement, inputs: PopPageInputs): () => void {
  const { dashboard, player, history, focus } = inputs;
  const { store, clock } = dashboard;
  const index = focus.server!;
  const head = child(page, 'inside-top');
  const facts = child(page, 'server-facts');
  const strips = child(page, 'inside-strips is-tall');
  const lanes = child(page, 'server-lanes');
  const changes = child(page, 'server-changes');
  const queue = createDrawQueue();
  render(breadcrumbs(player, focus, store), head);
  if (player.servers === null) {
    render(html`<p class="quiet">Its load was not recorded.</p>`, strips);
  }
  const stops = [
    player.servers === null
      ? () => undefined
      : mountFigureStrips(strips, dashboard, player.loaded, STRIPS, {
          series: player.servers,
          entity: index,
        }),
    mountServerLanes(lanes, dashboard, player, history, index),
    queue.draw(() => {
      void player.loaded.value;
      const now = serverNow(player, history, index, store.calmTime_s.value);
      render(serverFacts(now, inputs), facts);
      const seek = (time_s: number): void => clock.seek(time_s);
      render(html`${changeList(inputs, index, seek)}${tracedLink(inputs, now.path)}`, changes);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
}

function serverFacts(now: ServerNow, { player, focus }: PopPageInputs): TemplateResult {
  const { server, state } = now;
  const hidden = hiddenTrouble(now.truth, state.state);
  const { pops, servers } = player.index.world;
  const pop = pops[focus.pop!]!;
  const peers = servers.slice(pop.first_server, pop.first_server + pop.server_count);
  const weights = peers.reduce((sum, { weight }) => sum + weight, 0);
  const figures: readonly (readonly [name: string, value: string, note: string])[] = [
    ['requests', formatRate(now.requestsPerSecond), ''],
    ['utilisation', formatPercent(now.utilisation), `of ${server.concurrency} slots`],
    ['in flight', Number.isNaN(now.inFlight) ? '–' : formatCount(now.inFlight), queueNote(now)],
    [
      'weight',
      formatCount(server.weight),
      `${formatPercent(server.weight / weights)} of its POP’s`,
    ],
    ['speed', `× ${formatCount(server.speed)}`, ''],
  ];
  return html`<p class="inside-state">
      ${stateChip(state.state)}
      ${
        state.since_s === null
          ? nothing
          : html`<span class="quiet">
            since ${formatClock(state.since_s)} · ${shorten(state.cause ?? '', 60)}
          </span>`
      }
      ${
        hidden === null
          ? nothing
          : html`<span class="tile-truth">
            ${hidden.sign} in fact ${hidden.word}, and the checks do not see it
          </span>`
      }
    </p>
    <dl class="fact-row">
      ${figures.map(
        ([name, value, note]) => html`<div>
          <dt>${name}</dt>
          <dd class="fact">${value}</dd>
          <dd class="quiet small-print">${note}</dd>
        </div>`,
      )}
    </dl>`;
}

/** To the traced requests that this server took. */
function tracedLink({ player, dashboard }: PopPageInputs, path: string): TemplateResult {
  if (player.index.traces === null) return html``;
  const { store } = dashboard;
  const show = (): void => {
    store.requestFilter.value = `server:${path}`;
    store.view.value = 'requests';
  };
  return html`<p>
    <button class="link-button" @click=${show}>Traced requests that it took</button>
  </p>`;
}

const queueNote = ({ queued }: ServerNow): string =>
  queued >= 0.05 ? `${formatCount(queued)} of them queued` : '';

function changeList(
  { history, dashboard }: PopPageInputs,
  index: number,
  seek: (time_s: number) => void,
): TemplateResult {
  const spans = history.spans(index).filter(({ cause }) => cause !== null);
  const time_s = dashboard.store.calmTime_s.value;
  if (spans.length === 0)
    return html`<p class="quiet">The checks never change their mind about it.</p>`;
  return html`<h3>What the checks made of it</h3>
    <ol class="change-list">
      ${spans.map(
        ({ from_s, until_s, state, cause }) =>
          html`<li class=${from_s <= time_s && time_s < until_s ? 'is-now' : ''}>
            <button class="link-button figure" @click=${() => seek(from_s)}>
              ${formatClock(from_s)}
            </button>
            ${stateChip(state)} <span class="visually-hidden">${SERVER_MARKS[state].word}</span>
            <span class="quiet">${shorten(cause ?? '', 80)}</span>
          </li>`,
      )}
    </ol>`;
}

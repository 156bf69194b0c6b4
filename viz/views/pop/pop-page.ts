import { html, nothing, render, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { serversNow, type ServerNow } from '../../data/servers-now.ts';
import { createDrawQueue } from '../../draw-queue.ts';
import {
  formatBandwidth,
  formatClock,
  formatCount,
  formatLatency,
  formatPercent,
  formatRate,
} from '../../formats.ts';
import { hiddenTrouble, SERVER_MARKS } from '../../server-marks.ts';
import { STATE_MARKS } from '../../theme.ts';
import { breadcrumbs } from './breadcrumbs.ts';
import { popLists } from './pop-lists.ts';
import { mountFigureStrips, type FigureStrip } from './pop-strips.ts';
import { child, type PopPageInputs } from './page-inputs.ts';
import { serverTile } from './server-tile.ts';
import { attachTileKeys } from './tile-keys.ts';

type PopFigure =
  | 'requests'
  | 'failed'
  | 'latency_p95_s'
  | 'utilisation'
  | 'in_flight'
  | 'hit_ratio';

const STRIPS: readonly FigureStrip<PopFigure>[] = [
  { title: 'requests', column: 'requests', format: formatRate, isCount: true },
  { title: 'failed', column: 'failed', format: formatRate, isCount: true },
  { title: 'p95 latency', column: 'latency_p95_s', format: formatLatency, isCount: false },
  { title: 'utilisation', column: 'utilisation', format: formatPercent, isCount: false },
  { title: 'in flight', column: 'in_flight', format: formatCount, isCount: false },
  { title: 'hit ratio', column: 'hit_ratio', format: formatPercent, isCount: false },
];

/** So many servers stand in a row or two above the lists. */
const FEW = 12;

/** One POP: its figures over the story; its servers; who arrives, who left, links. */
export function mountPopPage(page: HTMLElement, inputs: PopPageInputs): () => void {
  const { dashboard, player, history, focus } = inputs;
  const { store } = dashboard;
  const pop = focus.pop!;
  const head = child(page, 'inside-top');
  const strips = child(page, 'inside-strips');
  const columns = child(page, 'inside-columns');
  const tiles = child(columns, 'inside-servers');
  const lists = child(columns, 'inside-lists');
  const queue = createDrawQueue();
  const { name } = player.index.world.pops[pop]!;
  const { strategies } = store.report.peek().summary;
  const ofRun = strategies[store.strategy.peek()]?.pops[name];
  const hasCache = (ofRun?.['hit_ratio'] ?? null) !== null;
  const stops = [
    mountFigureStrips(
      strips,
      dashboard,
      player.loaded,
      STRIPS.filter(({ column }) => column !== 'hit_ratio' || hasCache),
      { series: player.pops, entity: pop },
    ),
    attachTileKeys(tiles),
    queue.draw(() => {
      void player.loaded.value;
      const servers = serversNow(player, history, pop, store.calmTime_s.value);
      render(popHead(inputs, pop), head);
      render(serverGrid(servers, inputs), tiles);
      render(popLists(player, pop, store), lists);
    }),
  ];
  lists.hidden = player.index.catchments === null && player.index.world.links.length === 0;
  columns.classList.toggle('has-lists', !lists.hidden);
  columns.classList.toggle('is-few', player.index.world.pops[pop]!.server_count <= FEW);
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
}

function popHead({ dashboard, player, focus }: PopPageInputs, index: number): TemplateResult {
  const { store } = dashboard;
  const pop = player.index.world.pops[index]!;
  const { state, since_s, cause } = player.states.at('pop', index, store.calmTime_s.value);
  const { sign, word } = STATE_MARKS[state];
  const facts = [
    pop.label === pop.name ? '' : pop.label,
    pop.is_shield ? 'shield' : '',
    pop.capacity_per_s === null ? '' : `serves ${formatRate(pop.capacity_per_s)} at most`,
    pop.egress_bps === null ? '' : `egress ${formatBandwidth(pop.egress_bps)}`,
  ].filter(Boolean);
  return html`${breadcrumbs(player, focus, store)}
    <p class="inside-state state-line state-${state}">
      <span class="state-dot state-${state}" aria-hidden="true">${sign || '●'}</span>
      <strong>${word}</strong>
      ${
        since_s === null
          ? nothing
          : html`<span>since ${formatClock(since_s)} · ${shorten(cause ?? '', 60)}</span>`
      }
    </p>
    <p class="quiet inside-facts"><bdi>${shorten(facts.join(' · '), 120)}</bdi></p>`;
}

function serverGrid(
  servers: readonly ServerNow[],
  { dashboard, player }: PopPageInputs,
): TemplateResult {
  const { store } = dashboard;
  const queued = servers.reduce((sum, one) => sum + (one.queued || 0), 0);
  return html`<div class="inside-head">
      <h3>Servers <span class="quiet">${servers.length}</span></h3>
      <p class="quiet">${stateCounts(servers)}</p>
      <p class="quiet">${queued < 0.05 ? 'nothing queued' : `${formatCount(queued)} queued`}</p>
    </div>
    <div
      class="tile-grid ${servers.length > 60 ? 'is-dense' : ''}"
      role="group"
      aria-label="Servers"
    >
      ${servers.map((now, i) =>
        serverTile(now, i === 0, () => {
          store.selection.value = { kind: 'server', name: now.path };
        }),
      )}
    </div>
    ${
      player.servers === null
        ? html`<p class="quiet">
          Loads of single servers were not recorded: add <code>servers 5s</code> to
          <code>output.record</code>.
        </p>`
        : nothing
    }`;
}

/** `21 UP · 2 UP going down · 1 in fact degraded`. */
function stateCounts(servers: readonly ServerNow[]): string {
  const counts = new Map<string, number>();
  for (const { state, truth } of servers) {
    const hidden = hiddenTrouble(truth, state.state);
    const words = [SERVER_MARKS[state.state].word, ...(hidden ? [`in fact ${hidden.word}`] : [])];
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(' · ');
}

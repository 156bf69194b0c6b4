import { html, nothing, type TemplateResult } from 'lit-html';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { CatchmentHistory } from '../../data/catchment-history.ts';
import {
  formatBandwidth,
  formatLatency,
  formatPercent,
  formatRate,
  formatUtilisation,
} from '../../formats.ts';
import { shorten } from '../../controls/table-twin.ts';
import type { Selection } from '../../store.ts';
import { STATE_MARKS } from '../../theme.ts';
import { livingServers } from '../../data/living-slots.ts';
import { popsNow, type PopNow } from './network-now.ts';

interface CardInputs {
  readonly recording: { peek(): RecordingPlayer };
  readonly catchments: { peek(): CatchmentHistory | null };
}

type Figure = readonly [name: string, value: string];

/** The card of what is under the pointer: its name and four figures at this instant. */
export function mapCard(found: Selection, inputs: CardInputs, time_s: number): TemplateResult {
  const player = inputs.recording.peek();
  if (found.kind === 'pop') return popCard(player, found.name, time_s);
  if (found.kind === 'link') return linkCard(player, found.name, time_s);
  return regionCard(player, inputs.catchments.peek(), found.name, time_s);
}

function card(
  title: string,
  subtitle: string,
  figures: readonly Figure[],
  state: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<strong><bdi>${shorten(title, 40)}</bdi></strong>
    <span class="quiet"><bdi>${shorten(subtitle, 60)}</bdi></span>
    ${state}
    <dl class="card-figures">
      ${figures.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
    </dl>`;
}

function popCard(player: RecordingPlayer, name: string, time_s: number): TemplateResult {
  const now = popsNow(player, time_s).find(({ pop }) => pop.name === name);
  if (now === undefined) return html``;
  const { sign, word, isTrouble } = STATE_MARKS[now.state.state];
  return card(
    name,
    now.pop.label,
    [
      ['requests', formatRate(now.requestsPerSecond)],
      ['p95 latency', formatLatency(now.latencyP95_s)],
      ['utilisation', `${formatUtilisation(now.utilisation)}${someServers(player, now, time_s)}`],
      ['hit ratio', formatPercent(now.hitRatio)],
    ],
    isTrouble ? html`<span class="state-word">${sign} ${word}</span>` : nothing,
  );
}

/** Where the story took some: utilisation is over the others. */
function someServers(player: RecordingPlayer, { index, pop }: PopNow, time_s: number): string {
  const living = livingServers(player, index, time_s);
  return living === pop.server_count ? '' : `, ${living} of ${pop.server_count} servers`;
}

function linkCard(player: RecordingPlayer, name: string, time_s: number): TemplateResult {
  const { links, pops } = player.index.world;
  const index = links.findIndex((link) => link.name === name);
  const link = links[index];
  if (link === undefined) return html``;
  const [a, b] = [pops[link.a]?.name ?? '?', pops[link.b]?.name ?? '?'];
  const utilisation = (direction: 0 | 1): string => {
    const value = player.links?.value('utilisation', 2 * index + direction, time_s) ?? Number.NaN;
    return formatUtilisation(value);
  };
  const isDown = player.states.at('link', index, time_s).state === 'down';
  return card(
    name,
    'backbone link',
    [
      [`${a} → ${b}`, utilisation(0)],
      [`${b} → ${a}`, utilisation(1)],
      [
        'bandwidth',
        link.bandwidth_bps === null ? 'unlimited' : formatBandwidth(link.bandwidth_bps),
      ],
      ['round trip', formatLatency(link.rtt_s)],
    ],
    isDown ? html`<span class="state-word">✕ down</span>` : nothing,
  );
}

function regionCard(
  player: RecordingPlayer,
  catchments: CatchmentHistory | null,
  name: string,
  time_s: number,
): TemplateResult {
  const { regions, pops } = player.index.world;
  const index = regions.findIndex((region) => region.name === name);
  const region = regions[index];
  if (region === undefined) return html``;
  const pop = pops[catchments?.pops[index] ?? -1];
  return card(name, region.label, [
    ['served by', pop === undefined ? 'nobody' : shorten(`${pop.name} ${pop.label}`, 40)],
    ['requests', formatRate(player.regions?.rate('requests', index, time_s))],
    ['p95 latency', formatLatency(player.regions?.value('latency_p95_s', index, time_s))],
    ['failed', formatPercent(player.regions?.value('failed_ratio', index, time_s))],
  ]);
}

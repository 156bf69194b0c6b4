import { html, type TemplateResult } from 'lit-html';
import type { RecordingPlayer } from '../data/recording-player.ts';
import { shorten } from '../controls/table-twin.ts';
import {
  formatBandwidth,
  formatLatency,
  formatPercent,
  formatRate,
  formatUtilisation,
} from '../formats.ts';
import { STATE_MARKS } from '../theme.ts';
import type { Dashboard } from '../view.ts';
import { figureRow } from './figure-row.ts';
import { stateDot } from './state-dot.ts';

export function linkPanel(
  name: string,
  player: RecordingPlayer,
  { store }: Dashboard,
): TemplateResult | null {
  const { links, pops } = player.index.world;
  const index = links.findIndex((link) => link.name === name);
  const link = links[index];
  if (link === undefined) return null;
  const time_s = store.calmTime_s.value;
  const { state } = player.states.at('link', index, time_s);
  const load = (direction: 0 | 1): string => {
    const value = player.links?.value('utilisation', 2 * index + direction, time_s) ?? Number.NaN;
    return formatUtilisation(value);
  };
  const [a, b] = [pops[link.a]?.name ?? '?', pops[link.b]?.name ?? '?'];
  const { bandwidth_bps } = link;
  const bandwidth = bandwidth_bps === null ? 'unlimited' : formatBandwidth(bandwidth_bps);
  return html`<h2 class="panel-title"><bdi>${shorten(name, 40)}</bdi></h2>
    <p class="state-line state-${state}">
      ${stateDot(state)}
      <strong>${STATE_MARKS[state].word}</strong>
    </p>
    <dl class="figure-rows">
      ${figureRow(`${a} → ${b}`, load(0))} ${figureRow(`${b} → ${a}`, load(1))}
      ${figureRow('bandwidth', bandwidth)}
      ${figureRow('round trip', formatLatency(link.rtt_s))}
    </dl>`;
}

export function regionPanel(
  name: string,
  player: RecordingPlayer,
  { store }: Dashboard,
): TemplateResult | null {
  const { regions, pops } = player.index.world;
  const index = regions.findIndex((region) => region.name === name);
  const region = regions[index];
  if (region === undefined) return null;
  const time_s = store.calmTime_s.value;
  const catchments = player.catchments();
  catchments?.moveTo(time_s);
  const pop = pops[catchments?.pops[index] ?? -1];
  const series = player.regions;
  return html`<h2 class="panel-title"><bdi>${shorten(region.label, 60)}</bdi></h2>
    <p class="quiet"><bdi>${shorten(name, 60)}</bdi></p>
    <dl class="figure-rows">
      <div class="figure-row">
        <dt>served by</dt>
        <dd class="figure">
          ${
            pop === undefined
              ? 'nobody'
              : html`<button
                class="link-button"
                @click=${() => void (store.selection.value = { kind: 'pop', name: pop.name })}
              >
                <bdi>${shorten(pop.name, 30)}</bdi>
              </button>`
          }
        </dd>
        <dd class="quiet"></dd>
      </div>
      ${figureRow('requests', formatRate(series?.rate('requests', index, time_s)))}
      ${figureRow('p95 latency', formatLatency(series?.value('latency_p95_s', index, time_s)))}
      ${figureRow('failed', formatPercent(series?.value('failed_ratio', index, time_s)))}
      ${figureRow('share of users', formatPercent(region.weight))}
    </dl>`;
}

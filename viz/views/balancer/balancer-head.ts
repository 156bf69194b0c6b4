import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { shorten } from '../../controls/table-twin.ts';
import { hasScaledServers } from '../../data/server-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { formatCount, formatMetric, formatPercent, formatRate } from '../../formats.ts';
import { interval } from '../../panels/network-panel.ts';
import { SERVER_LOADS, type ServerLoad } from '../../store.ts';
import type { Dashboard } from '../../view.ts';
import type { BalancerScope } from './balancer-scope.ts';
import { heatColour } from './heat-rows.ts';

export const LOAD_WORDS: Readonly<Record<ServerLoad, string>> = {
  utilisation: 'utilisation',
  in_flight: 'requests per slot',
  requests: 'requests per second',
};

export const formatLoad: Readonly<Record<ServerLoad, (value: number | null) => string>> = {
  utilisation: formatPercent,
  in_flight: formatCount,
  requests: formatRate,
};

const FIGURES: readonly (readonly [key: string, label: string])[] = [
  ['imbalance', 'busiest ÷ mean'],
  ['moved_keys_ratio', 'keys moved'],
  ['flaps', 'flaps'],
];

/** The policy, what the report says of its balance, and what the colours mean. */
export function balancerHead(
  dashboard: Dashboard,
  player: RecordingPlayer,
  scope: BalancerScope,
  most: number,
): TemplateResult {
  const { store } = dashboard;
  const metrics = store.report.value.summary.strategies[store.strategy.value]?.metrics ?? {};
  const load = store.serverLoad.value;
  return html`<h2 class="balancer-policy">
      <bdi>${shorten(player.index.world.balancer, 40)}</bdi>
    </h2>
    <dl class="balancer-figures">
      ${FIGURES.map(([key, label]) => {
        const estimate = metrics[key] ?? null;
        if (estimate === null) return nothing;
        return html`<div title=${interval(key, estimate)}>
          <dt>${label}</dt>
          <dd>${formatMetric(key, estimate.mean)}</dd>
        </div>`;
      })}
    </dl>
    <div class="balancer-controls">
      ${popPicker(dashboard, player, scope)}
      <label class="picker">
        <span>cells</span>
        <select
          @change=${(event: Event) => {
            store.serverLoad.value = (event.target as HTMLSelectElement).value as ServerLoad;
          }}
        >
          ${SERVER_LOADS.map(
            (one) =>
              html`<option value=${one} ?selected=${one === load}>${LOAD_WORDS[one]}</option>`,
          )}
        </select>
      </label>
      ${heatScale(most, formatLoad[load])}
      ${
        hasScaledServers(player.index)
          ? html`<span class="quiet">no cell: scaled down</span>`
          : nothing
      }
    </div>`;
}

function popPicker(
  { store }: Dashboard,
  player: RecordingPlayer,
  { pop }: BalancerScope,
): TemplateResult | typeof nothing {
  const { pops } = player.index.world;
  if (pops.length < 2) return nothing;
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    store.selection.value = value === '' ? null : { kind: 'pop', name: value };
  };
  return html`<label class="picker">
    <span>POP</span>
    <select @change=${onChange}>
      <option value="" ?selected=${pop === null}>all</option>
      ${pops.map(
        ({ name }, i) =>
          html`<option value=${name} ?selected=${i === pop}>${shorten(name, 40)}</option>`,
      )}
    </select>
  </label>`;
}

const SCALE = { width: 110, steps: 22 } as const;

function heatScale(most: number, text: (value: number) => string): TemplateResult {
  const step = SCALE.width / SCALE.steps;
  return html`<div class="heat-scale">
    <span class="quiet">${text(0)}</span>
    <svg width=${SCALE.width} height="10" aria-hidden="true">
      ${Array.from(
        { length: SCALE.steps },
        (_, i) =>
          svg`<rect
            x=${i * step}
            width=${step + 0.5}
            height="10"
            fill=${heatColour(i / (SCALE.steps - 1))}
          ></rect>`,
      )}
    </svg>
    <span class="quiet">${text(most)}</span>
  </div>`;
}

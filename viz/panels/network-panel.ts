import { html, nothing, type TemplateResult } from 'lit-html';
import type { Estimate } from '../../sim/report.ts';
import { formatMetric } from '../formats.ts';
import { shorten } from '../controls/table-twin.ts';
import { hasScaledServers } from '../data/server-history.ts';
import { serverPath } from '../data/servers-now.ts';
import { busiestPops } from './busiest-pops.ts';
import { STATE_MARKS } from '../theme.ts';
import type { Dashboard } from '../view.ts';

const FIGURES: readonly (readonly [key: string, label: string])[] = [
  ['availability', 'availability'],
  ['latency_p95_s', 'p95 latency'],
  ['hit_ratio', 'hit ratio'],
  ['requests_per_s', 'requests'],
];

/** Rows of trouble; more of them say nothing that the picture does not. */
const TROUBLES_MAX = 10;

/** Nothing is selected: the strategy as a whole, and where there is trouble now. */
export function networkPanel({ store }: Dashboard): TemplateResult {
  const strategy = store.strategy.value;
  const { summary, manifest } = store.report.value;
  const metrics = summary.strategies[strategy]?.metrics ?? {};
  const description = descriptionOf(manifest?.resolved);
  return html`<section class="panel-card">
      <div class="panel-top"><span class="panel-kind">strategy</span></div>
      <h2 class="panel-title"><bdi>${shorten(strategy, 60)}</bdi></h2>
      ${description === null ? nothing : html`<p class="quiet">${description}</p>`}
      <dl class="figure-grid">
        ${FIGURES.map(([key, label]) => figure(label, key, metrics[key] ?? null))}
      </dl>
      <p class="quiet small-print">Means over the run, with 95 % intervals.</p>
    </section>
    ${troubleList(store)} ${busiestPops(store)}`;
}

function figure(label: string, key: string, estimate: Estimate | null): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${formatMetric(key, estimate?.mean)}</dd>
    <dd class="quiet interval">${interval(key, estimate)}</dd>
  </div>`;
}

/** `40.1 … 42 ms`; empty where one replication gives none. */
export function interval(key: string, estimate: Estimate | null): string {
  if (estimate === null || estimate.low === null || estimate.high === null) return '';
  return `${formatMetric(key, estimate.low)} … ${formatMetric(key, estimate.high)}`;
}

function troubleList(store: Dashboard['store']): TemplateResult | typeof nothing {
  const player = store.recording.value;
  if (!player) return nothing;
  const time_s = store.calmTime_s.value;
  const { world } = player.index;
  const kinds = ['pop', 'link', 'server'] as const;
  const named = kinds.flatMap((kind) =>
    player.states.changing(kind).map((index) => {
      const name = kind === 'server' ? serverPath(player, index) : world[`${kind}s`][index]?.name;
      return { kind, name: name ?? String(index), index };
    }),
  );
  const troubled = named.flatMap(({ kind, name, index }) => {
    const { state } = player.states.at(kind, index, time_s);
    return STATE_MARKS[state].isTrouble ? [{ kind, name, state }] : [];
  });
  if (troubled.length === 0) {
    return html`<section class="panel-card calm">
      <p>
        ${
          hasScaledServers(player.index)
            ? 'No POP, link or server is in trouble.'
            : 'All POPs, links and servers are up.'
        }
      </p>
    </section>`;
  }
  return html`<section class="panel-card">
    <h2 class="panel-heading">Trouble now</h2>
    <ul class="link-list">
      ${troubled.slice(0, TROUBLES_MAX).map(
        ({ kind, name, state }) =>
          html`<li>
            <button
              class="link-button"
              @click=${() => void (store.selection.value = { kind, name })}
            >
              <span class="state-dot state-${state}">${STATE_MARKS[state].sign}</span>
              <bdi>${kind} ${shorten(name, 30)}</bdi>
            </button>
            <span class="quiet">${STATE_MARKS[state].word}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function descriptionOf(resolved: unknown): string | null {
  const description = (resolved as { readonly description?: unknown } | null | undefined)
    ?.description;
  return typeof description === 'string' ? shorten(description, 240) : null;
}

import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { download } from '../controls/download.ts';
import { formatChange, formatClock, formatCount, formatMetric } from '../formats.ts';
import { metricWords } from '../metric-words.ts';
import type { Dashboard } from '../view.ts';
import {
  CAPACITIES,
  isEdited,
  NO_EDITS,
  withCapacity,
  withLinkToggled,
  withPolicy,
} from './edits.ts';
import type { Playground } from './playground-state.ts';

/** What one looks at first after a change. */
export const PLAYGROUND_METRICS = [
  'availability',
  'latency_p50_s',
  'latency_p95_s',
  'latency_p99_s',
  'hit_ratio',
  'utilisation',
  'origin_fetches',
] as const;

/** The controls, what came of them, and the way out: reads signals, drawn in an effect. */
export function playgroundPanel(dashboard: Dashboard, playground: Playground): TemplateResult {
  return html`<p class="playground-lead">
      Change the world: it is simulated again in this page, by the code of the command line.
    </p>
    ${problemList(playground)} ${policyControl(playground)}
    ${capacityControl(dashboard, playground)} ${linkControl(playground)} ${outcome(playground)}
    ${provenance(playground)} ${actions(dashboard, playground)}`;
}

function policyControl({ engine, edits }: Playground): TemplateResult {
  const { policy } = edits.value;
  const choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    edits.value = withPolicy(edits.peek(), value === '' ? null : value);
  };
  return html`<label class="playground-control">
    <span>balancing policy</span>
    <select .value=${live(policy ?? '')} @change=${choose}>
      <option value="">as in the scenario</option>
      ${engine.policies.value.map(
        (name) => html`<option value=${name} ?selected=${name === policy}>${name}</option>`,
      )}
    </select>
  </label>`;
}

function capacityControl({ store }: Dashboard, { edits, original }: Playground): TemplateResult {
  const pops = original.value?.player.index.world.pops ?? [];
  const selected = store.selection.value;
  const pop = pops.find(({ name }) => selected?.kind === 'pop' && name === selected.name);
  const choosePop = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    store.selection.value = value === '' ? null : { kind: 'pop', name: value };
  };
  const factor = pop === undefined ? 1 : (edits.value.capacity[pop.name] ?? 1);
  const position = CAPACITIES.findIndex((one) => one === factor);
  const move = (event: Event): void => {
    if (pop === undefined) return;
    const step = CAPACITIES[Number((event.target as HTMLInputElement).value)] ?? 1;
    edits.value = withCapacity(edits.peek(), pop.name, step);
  };
  const count = pop?.server_count ?? 0;
  const now = Math.max(1, Math.round(count * factor));
  const option = (name: string): TemplateResult =>
    html`<option value=${name} ?selected=${name === pop?.name}>${name}</option>`;
  const title = pop === undefined ? '' : `${formatCount(now)} of ${formatCount(count)} `;
  return html`<label class="playground-control">
      <span>capacity of</span>
      <select .value=${live(pop?.name ?? '')} @change=${choosePop}>
        <option value="">click a POP …</option>
        ${pops.map(({ name }) => option(name))}
      </select>
    </label>
    <label class="playground-control">
      <span>${title}servers</span>
      <input
        type="range"
        min="0"
        max=${CAPACITIES.length - 1}
        step="1"
        aria-label="capacity"
        aria-valuetext=${`${factor} times`}
        ?disabled=${pop === undefined}
        .value=${live(String(position < 0 ? 3 : position))}
        @change=${move}
      />
    </label>`;
}

function linkControl({ edits }: Playground): TemplateResult {
  const { cutLinks, capacity } = edits.value;
  const mend = (link: string) => (): void => {
    edits.value = withLinkToggled(edits.peek(), link);
  };
  const restore = (pop: string) => (): void => {
    edits.value = withCapacity(edits.peek(), pop, 1);
  };
  const isEmpty = cutLinks.length === 0 && Object.keys(capacity).length === 0;
  return html`<div class="playground-edits">
    <h3>Changes</h3>
    ${isEmpty ? html`<p class="quiet">A click on a link of the map cuts it.</p>` : ''}
    <ul>
      ${Object.entries(capacity).map(
        ([pop, factor]) =>
          html`<li>
            <span>POP <bdi>${pop}</bdi> × ${factor}</span>
            <button type="button" @click=${restore(pop)}>undo</button>
          </li>`,
      )}
      ${cutLinks.map(
        (link) =>
          html`<li>
            <span>✕ link <bdi>${link}</bdi> cut</span>
            <button type="button" @click=${mend(link)}>mend</button>
          </li>`,
      )}
    </ul>
  </div>`;
}

function outcome({ original, edited, isStale }: Playground): TemplateResult {
  if (original.value === null || edited.value === null) return html``;
  const before = original.value.answer.metrics;
  const after = edited.value.answer.metrics;
  const isChanged = edited.value !== original.value;
  const rows = PLAYGROUND_METRICS.filter((key) => before[key] !== undefined);
  return html`<table class="playground-outcome ${isStale.value ? 'is-stale' : ''}">
    <caption>
      One replication of
      <bdi>${original.value.strategy}</bdi>
    </caption>
    <thead>
      <tr>
        <th scope="col">metric</th>
        <th scope="col" class="series-1">as it was</th>
        <th scope="col" class="series-2">now</th>
        <th scope="col">change</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((key) => {
        const [was, is] = [before[key] ?? null, after[key] ?? null];
        const change = was === null || is === null || was === 0 ? null : is / was - 1;
        return html`<tr>
          <th scope="row">${metricWords(key)}</th>
          <td>${formatMetric(key, was)}</td>
          <td>${isChanged ? formatMetric(key, is) : ''}</td>
          <td>${isChanged ? formatChange(change) : ''}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function problemList({ problems, engine, linkProblem }: Playground): TemplateResult {
  const others = [engine.problem.value, linkProblem.value].filter((one) => one !== null);
  const all = [...problems.value, ...others];
  if (all.length === 0) return html``;
  return html`<ul class="playground-problems" role="alert">
    ${all.slice(0, 5).map((problem) => html`<li>${problem}</li>`)}
  </ul>`;
}

function provenance(playground: Playground): TemplateResult {
  const run = playground.edited.value;
  if (playground.engine.isBusy.value || run === null) {
    return html`<p class="quiet" role="status">Simulating …</p>`;
  }
  const { fingerprint, eventCount, wall_s, index } = run.answer;
  const same = playground.isSameAsRun.value;
  return html`<p class="quiet" role="status">
    ${formatClock(index.duration_s)} of <bdi>${run.strategy}</bdi> in ${wall_s.toFixed(2)} s,
    ${formatCount(eventCount)} events · fingerprint <code>${fingerprint}</code>
    ${
      isEdited(playground.edits.value) || same === null
        ? ''
        : same
          ? html`<strong>✓ the same as the run</strong>`
          : html`<strong>differs from the run, which had settings by flags</strong>`
    }
  </p>`;
}

function actions({ store }: Dashboard, { edits, edited }: Playground): TemplateResult {
  const save = (): void => {
    const text = edited.peek()?.answer.text;
    if (text === undefined) return;
    download(`${store.report.peek().summary.scenario.name}-edited.yaml`, text, 'text/yaml');
  };
  return html`<div class="playground-actions">
    <button type="button" ?disabled=${edited.value === null} @click=${save}>
      Save as scenario file
    </button>
    <button
      type="button"
      ?disabled=${!isEdited(edits.value)}
      @click=${() => (edits.value = NO_EDITS)}
    >
      Undo all
    </button>
  </div>`;
}

import { html, type TemplateResult } from 'lit-html';
import type { RecordedRequest, RecordedWorld } from '../../../sim/recording.ts';
import { REQUEST_ORDERS, type RequestOrder, type Store } from '../../store.ts';
import { namesOf, ORDER_WORDS, toggleWord } from './request-filter.ts';
import { SEGMENT_GROUPS, TRACE_OUTCOMES } from './segment-marks.ts';

/** The filter, the order, and buttons for the words that people filter by most. */
export function requestsHead(
  store: Store,
  requests: readonly RecordedRequest[],
  chosen: number,
  world: RecordedWorld,
  about: { readonly one_in: number; readonly is_cut: boolean },
): TemplateResult {
  const filter = store.requestFilter.value;
  const order = store.requestOrder.value;
  const note = `1 in ${about.one_in} traced${about.is_cut ? ', the first ones' : ''}`;
  return html`<div class="requests-tools">
      <input
        class="requests-filter"
        type="search"
        spellcheck="false"
        aria-label="Filter requests"
        placeholder="Filter: timeout pop:fra -cache:hit"
        .value=${filter}
        @input=${(event: Event) => {
          store.requestFilter.value = (event.target as HTMLInputElement).value;
        }}
      />
      <label class="picker">
        <span class="visually-hidden">Order</span>
        <select
          @change=${(event: Event) => {
            store.requestOrder.value = (event.target as HTMLSelectElement).value as RequestOrder;
          }}
        >
          ${REQUEST_ORDERS.map(
            (one) =>
              html`<option value=${one} ?selected=${one === order}>${ORDER_WORDS[one]}</option>`,
          )}
        </select>
      </label>
    </div>
    <div class="request-chips">
      ${chipCounts(requests, world).map(([word, text, count, isFailure]) => {
        const isOn = filter.split(/\s+/).includes(word);
        const toggle = (): void => void (store.requestFilter.value = toggleWord(filter, word));
        return html`<button
          class="chip ${isOn ? 'is-on' : ''} ${isFailure ? 'is-failure' : ''}"
          aria-pressed=${isOn}
          @click=${toggle}
        >
          ${text} <span class="figure">${count}</span>
        </button>`;
      })}
    </div>
    <p class="requests-count quiet">
      <span>${chosen} of ${requests.length}</span> · ${note}
    </p>`;
}

/** What the colours stand for. */
export function segmentLegend(): TemplateResult {
  return html`<div class="segment-legend" aria-hidden="true">
    ${SEGMENT_GROUPS.map(
      ([group, colour]) => html`<span>
        <svg width="12" height="10">
          <rect class="segment-${colour}" width="12" height="10" rx="2"></rect>
        </svg>
        ${group}
      </span>`,
    )}
  </div>`;
}

type Chip = readonly [word: string, text: string, count: number, isFailure: boolean];

/** Outcomes and cache results that occur, failures first. */
function chipCounts(requests: readonly RecordedRequest[], world: RecordedWorld): readonly Chip[] {
  const counts = new Map<string, Chip>();
  const add = (word: string, text: string, isFailure: boolean): void => {
    counts.set(word, [word, text, (counts.get(word)?.[2] ?? 0) + 1, isFailure]);
  };
  for (const request of requests) {
    const names = namesOf(request, world);
    const { isFailure } = TRACE_OUTCOMES[request.outcome];
    add(`outcome:${names.outcome}`, names.outcome, isFailure);
    if (names.cache !== 'none') add(`cache:${names.cache}`, names.cache, false);
  }
  return [...counts.values()].sort(
    (a, b) => Number(b[3]) - Number(a[3]) || b[2] - a[2] || (a[0] < b[0] ? -1 : 1),
  );
}

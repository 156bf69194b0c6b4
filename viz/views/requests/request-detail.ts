import { html, nothing, type TemplateResult } from 'lit-html';
import type { RecordedRequest, RecordedWorld, TraceAttempt } from '../../../sim/recording.ts';
import { shorten } from '../../controls/table-twin.ts';
import { formatBytes, formatClock, formatLatency } from '../../formats.ts';
import type { Dashboard } from '../../view.ts';
import { namesOf } from './request-filter.ts';
import { segmentLegend } from './requests-head.ts';
import { TRACE_OUTCOMES } from './segment-marks.ts';
import { miniWaterfall, waterfallRows, waterfallScale, wholeOf } from './waterfall.ts';

/** The same request under the strategy that is compared with. */
export interface Counterpart {
  readonly strategy: string;
  readonly request: RecordedRequest;
  readonly world: RecordedWorld;
}

/** One request: how it ended, and attempt by attempt why it went where it went. */
export function requestDetail(
  request: RecordedRequest,
  world: RecordedWorld,
  dashboard: Dashboard,
  counterpart: Counterpart | null,
): TemplateResult {
  const names = namesOf(request, world);
  const { sign, isFailure } = TRACE_OUTCOMES[request.outcome];
  const region = world.regions[request.region];
  const whole_s = wholeOf(request);
  const { store, clock } = dashboard;
  const openPop = (): void => {
    const kind = names.server === '' ? 'pop' : 'server';
    store.selection.value = { kind, name: kind === 'pop' ? names.pop : names.server };
    store.view.value = 'pop';
  };
  return html`<header class="request-header">
      <h2 class="request-outcome ${isFailure ? 'is-failure' : ''}">
        <span aria-hidden="true">${sign}</span> ${request.outcome}
        <span class="request-latency">
          ${request.latency_s === null ? '' : `in ${formatLatency(request.latency_s)}`}
        </span>
      </h2>
      <p class="quiet">
        <bdi>${shorten(names.class, 30)}</bdi>
        ${request.object < 0 ? nothing : `object ${request.object}`}
        ${request.size_bytes > 0 ? `· ${formatBytes(request.size_bytes)}` : nothing}
        ${request.cache === 'none' ? nothing : `· cache ${request.cache}`} · request ${request.id}
      </p>
      <p class="request-route">
        ${region === undefined ? 'clients' : html`<bdi>${shorten(region.label, 60)}</bdi>`}
        <span class="quiet" aria-hidden="true">→</span>
        ${
          names.pop === ''
            ? html`<span class="quiet">no POP</span>`
            : html`<button class="link-button" @click=${openPop}>
              <bdi>${shorten(names.server || names.pop, 60)}</bdi>
            </button>`
        }
        <button class="link-button request-seek" @click=${() => clock.seek(request.sent_s)}>
          sent at ${formatClock(request.sent_s)}
        </button>
      </p>
    </header>
    ${counterpart === null ? nothing : comparison(request, counterpart, store.strategy.value)}
    ${segmentLegend()} ${waterfallScale(whole_s)}
    ${request.attempts.map(
      (attempt, i) => html`<section class="attempt">
        ${attemptHead(attempt, i, request.attempts.length, world)}
        ${waterfallRows(request, i, whole_s)}
        ${
          attempt.failure === null
            ? nothing
            : html`<p class="attempt-failure">
              <span aria-hidden="true">✗</span> ${shorten(attempt.failure, 300)}
            </p>`
        }
      </section>`,
    )}
    ${request.attempts.length === 0 ? html`<p class="quiet">It came to no attempt.</p>` : nothing}`;
}

function attemptHead(
  { pop, why_pop, why_server, rtt_s, best_rtt_s }: TraceAttempt,
  i: number,
  count: number,
  world: RecordedWorld,
): TemplateResult {
  const name = world.pops[pop]?.name ?? 'nowhere';
  const isFurther = rtt_s !== null && best_rtt_s !== null && rtt_s > best_rtt_s * 1.05;
  return html`<div class="attempt-head">
    <h3>
      ${count > 1 ? html`attempt ${i + 1}` : nothing} <span class="quiet">to</span>
      <bdi>${shorten(name, 40)}</bdi>
    </h3>
    ${
      rtt_s === null
        ? nothing
        : html`<span class=${isFurther ? 'attempt-further' : 'quiet'}>
          ${formatLatency(rtt_s)}
          away${isFurther ? `, the nearest that is well ${formatLatency(best_rtt_s)}` : ''}
        </span>`
    }
    <dl class="attempt-why">
      <dt>why this POP</dt>
      <dd>${shorten(why_pop, 600)}</dd>
      ${
        why_server === null
          ? nothing
          : html`<dt>why this server</dt>
            <dd>${shorten(why_server, 600)}</dd>`
      }
    </dl>
  </div>`;
}

/** Both strategies' time for this very request, on one scale. */
function comparison(
  request: RecordedRequest,
  { strategy, request: other, world }: Counterpart,
  own: string,
): TemplateResult {
  const whole_s = Math.max(wholeOf(request), wholeOf(other));
  const to = (one: RecordedRequest): string => world.pops[one.pop]?.name ?? 'nowhere';
  const row = (name: string, one: RecordedRequest, series: 1 | 2): TemplateResult =>
    html`<div class="request-versus series-${series}">
      <span class="versus-name"><bdi>${shorten(name, 24)}</bdi></span>
      ${miniWaterfall(one, (seconds) => seconds / whole_s)}
      <span class="figure">
        ${TRACE_OUTCOMES[one.outcome].isFailure ? `${one.outcome},` : nothing}
        ${formatLatency(one.latency_s)}
        <span class="quiet">${shorten(to(one), 16)}</span>
      </span>
    </div>`;
  return html`<section
    class="request-comparison"
    aria-label="The same request under both strategies"
  >
    ${row(own, request, 1)} ${row(strategy, other, 2)}
  </section>`;
}

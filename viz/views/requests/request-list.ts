import { html, nothing, type TemplateResult } from 'lit-html';
import type { RecordedRequest, RecordedWorld } from '../../../sim/recording.ts';
import { shorten } from '../../controls/table-twin.ts';
import { formatClock, formatLatency } from '../../formats.ts';
import { namesOf, type RequestNames } from './request-filter.ts';
import { TRACE_OUTCOMES } from './segment-marks.ts';
import { miniWaterfall, wholeOf } from './waterfall.ts';

export const ROW_HEIGHT = 30;
/** Rows drawn above and below those that are seen. */
const SPARE_ROWS = 6;

/** Shorter times are drawn in proportion, longer ones by their logarithm; seconds. */
const SHORT_S = 0.01;

/** What part of the list is seen, pixels. */
export interface Scrolled {
  readonly top: number;
  readonly height: number;
}

/**
 * Rows of requests; only those that are seen are drawn, so thousands scroll as one does, and the
 * selected one wherever it is: the list points at it.
 */
export function requestRows(
  requests: readonly RecordedRequest[],
  world: RecordedWorld,
  selected: string | null,
  { top, height }: Scrolled,
  choose: (request: RecordedRequest) => void,
): TemplateResult {
  const first = Math.max(Math.floor(top / ROW_HEIGHT) - SPARE_ROWS, 0);
  const end = Math.min(Math.ceil((top + height) / ROW_HEIGHT) + SPARE_ROWS, requests.length);
  const seen = Array.from({ length: Math.max(end - first, 0) }, (_, i) => first + i);
  const chosen = requests.findIndex(({ id }) => id === selected);
  const positions = chosen < 0 || seen.includes(chosen) ? seen : [...seen, chosen];
  const longest_s = Math.max(...requests.map(wholeOf), 1e-6);
  // The length of the whole is logarithmic, or a timeout of seconds would leave nothing of the
  // milliseconds of others; its parts are in proportion.
  const length = (whole_s: number): number =>
    Math.log1p(whole_s / SHORT_S) / Math.log1p(longest_s / SHORT_S);
  return html`<div
    class="request-rows"
    role="presentation"
    .style=${`height:${requests.length * ROW_HEIGHT}px`}
  >
    ${positions.map((position) => {
      const request = requests[position]!;
      return requestRow(request, world, {
        position,
        count: requests.length,
        isSelected: request.id === selected,
        length,
        choose,
      });
    })}
  </div>`;
}

/** The POP; in a laboratory, where that is always the same, the server. */
function destinationOf({ region, pop, server }: RequestNames): string {
  return (region === '' ? server.slice(pop.length + 1) : '') || pop || 'nowhere';
}

interface RowOptions {
  readonly position: number;
  readonly count: number;
  readonly isSelected: boolean;
  /** How much of the small picture a time takes, 0 … 1. */
  readonly length: (whole_s: number) => number;
  readonly choose: (request: RecordedRequest) => void;
}

function requestRow(
  request: RecordedRequest,
  world: RecordedWorld,
  { position, count, isSelected, length, choose }: RowOptions,
): TemplateResult {
  const names = namesOf(request, world);
  const { sign, isFailure } = TRACE_OUTCOMES[request.outcome];
  const whole_s = wholeOf(request);
  return html`<div
    class="request-row ${isFailure ? 'is-failure' : ''}"
    role="option"
    id="request-${request.id}"
    aria-selected=${isSelected}
    aria-posinset=${position + 1}
    aria-setsize=${count}
    .style=${`transform:translateY(${position * ROW_HEIGHT}px)`}
    @click=${() => choose(request)}
  >
    <span class="figure quiet">${formatClock(Math.floor(request.sent_s))}</span>
    <span class="request-sign" title=${request.outcome}>
      ${sign}<span class="visually-hidden"> ${request.outcome}</span>
    </span>
    <span class="request-what">
      <bdi>${shorten(names.region || names.class, 18)}</bdi>
      <span class="quiet" aria-hidden="true">→</span>
      <bdi>${shorten(destinationOf(names), 14)}</bdi>
    </span>
    <span class="quiet request-cache">
      ${request.cache === 'none' ? (isFailure ? request.outcome : '') : request.cache}
      ${request.attempts.length > 1 ? html`<b>×${request.attempts.length}</b>` : nothing}
    </span>
    ${miniWaterfall(request, (seconds) => (seconds / whole_s) * length(whole_s))}
    <span class="figure">${formatLatency(request.latency_s)}</span>
  </div>`;
}

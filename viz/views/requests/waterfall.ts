import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { RecordedRequest, TraceSegment } from '../../../sim/recording.ts';
import { shorten } from '../../controls/table-twin.ts';
import { formatLatency } from '../../formats.ts';
import { SEGMENT_MARKS } from './segment-marks.ts';

/** Rows of one attempt: what took how long, on the axis of the whole request. */
export function waterfallRows(
  request: RecordedRequest,
  attempt: number,
  whole_s: number,
): TemplateResult {
  const segments = request.segments.filter((segment) => segment.attempt === attempt);
  return html`<ul class="waterfall">
    ${segments.map((segment) => waterfallRow(segment, whole_s))}
  </ul>`;
}

function waterfallRow(segment: TraceSegment, whole_s: number): TemplateResult {
  const { kind, where, start_s, duration_s } = segment;
  const mark = SEGMENT_MARKS[kind];
  // In thousandths of the width: the bar's element is stretched over its column.
  const at = (1000 * start_s) / whole_s;
  const width = Math.max((1000 * duration_s) / whole_s, 2.5);
  return html`<li class="waterfall-row" title=${mark.meaning}>
    <span class="waterfall-kind">
      ${kind}
      ${
        where === null
          ? nothing
          : html`<bdi class="quiet">${shorten(placeOf(where, kind), 40)}</bdi>`
      }
    </span>
    <svg class="waterfall-bar" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
      ${[0, 250, 500, 750, 1000].map(
        (x) => svg`<line class="waterfall-grid" x1=${x} x2=${x} y2="24"></line>`,
      )}
      <rect
        class="segment-${mark.colour} ${kind === 'backoff' || kind === 'wait' ? 'is-idle' : ''}"
        x=${Math.min(at, 997.5)}
        width=${width}
        y="6"
        height="12"
        rx="2"
      ></rect>
    </svg>
    <span class="figure ${duration_s === 0 ? 'quiet' : ''}">${textOf(duration_s)}</span>
  </li>`;
}

/** `ams` of `shield ams`: the row says what kind it is. */
const placeOf = (where: string, kind: string): string =>
  where.startsWith(`${kind} `) ? where.slice(kind.length + 1) : where;

const textOf = (seconds: number): string => (seconds === 0 ? '0' : formatLatency(seconds));

/** The scale above the rows, whose lines stand at quarters of the request. */
export function waterfallScale(whole_s: number): TemplateResult {
  return html`<div class="waterfall-row waterfall-scale quiet" aria-hidden="true">
    <span></span>
    <span class="waterfall-ticks">
      ${[0, 0.5, 1].map((share) => html`<span>${textOf(share * whole_s)}</span>`)}
    </span>
    <span></span>
  </div>`;
}

/** How long the whole request took, or how much of it is known; seconds, never 0. */
export function wholeOf({ latency_s, segments }: RecordedRequest): number {
  const ends = segments.map(({ start_s, duration_s }) => start_s + duration_s);
  return Math.max(latency_s ?? 0, ...ends, 1e-6);
}

/** All segments in one line: the small picture in the list. */
export function miniWaterfall(
  request: RecordedRequest,
  share: (seconds: number) => number,
): TemplateResult {
  return html`<svg
    class="mini-waterfall"
    viewBox="0 0 1000 10"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${request.segments.map(({ kind, start_s, duration_s }) => {
      const from = 1000 * share(start_s);
      const until = 1000 * share(start_s + duration_s);
      return svg`<rect class="segment-${SEGMENT_MARKS[kind].colour}" x=${from}
        width=${Math.max(until - from, 1)} height="10"></rect>`;
    })}
  </svg>`;
}

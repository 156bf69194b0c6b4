import { select } from 'd3-selection';
import { mountTimeCanvas, type Group, type TimeScale } from '../../charts/time-canvas.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory, ServerStateSpan } from '../../data/server-history.ts';
import { isPaleMark, SERVER_MARKS } from '../../server-marks.ts';
import type { Dashboard } from '../../view.ts';

export const LANE_HEIGHT = 16;
/** Of a letter at 10.5 px, pixels. */
const LETTER_WIDTH = 6;

/** A server's lane: its name, and the whole story of its states. */
export interface Lane {
  readonly server: number;
  readonly label: string;
  readonly spans: readonly ServerStateSpan[];
}

/** States of one server as a chart of its own. */
export function mountStateLane(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
  history: ServerHistory,
  server: number,
): () => void {
  const label = player.index.world.servers[server]!.name.slice(0, 60);
  const lanes = [{ server, label: '', spans: history.spans(server) }];
  const canvas = mountTimeCanvas(container, dashboard, {
    left: 0,
    right: 0,
    label: `States of ${label} over time`,
    draw: (marks, x) => drawStateLanes(marks, x, lanes),
  });
  return () => canvas.stop();
}

/** What balancers thought of servers, as lanes of coloured spans with the state's word. */
export function drawStateLanes(marks: Group, x: TimeScale, lanes: readonly Lane[]): void {
  const [left = 0] = x.range();
  marks
    .selectAll<SVGGElement, Lane>('g.lane')
    .data(lanes)
    .join((enter) => {
      const lane = enter.append('g').attr('class', 'lane');
      lane
        .append('text')
        .attr('class', 'row-label')
        .attr('y', LANE_HEIGHT / 2 + 4);
      lane.append('g').attr('class', 'spans');
      return lane;
    })
    .attr('transform', (_, row) => `translate(0,${row * LANE_HEIGHT})`)
    .each(function ({ label, spans }) {
      const lane = select(this);
      lane
        .select('text.row-label')
        .attr('x', left - 8)
        .text(label);
      drawSpans(lane.select<SVGGElement>('g.spans') as unknown as Group, spans, x);
    });
}

function drawSpans(group: Group, spans: readonly ServerStateSpan[], x: TimeScale): void {
  const [from = 0, until = 0] = x.range();
  const inside = (pixel: number): number => Math.min(Math.max(pixel, from), until);
  const placed = spans.flatMap((span) => {
    const start = inside(x(span.from_s));
    const width = inside(x(span.until_s)) - start;
    return width > 0 ? [{ span, start, width, mark: SERVER_MARKS[span.state] }] : [];
  });
  group
    .selectAll<SVGGElement, (typeof placed)[number]>('g')
    .data(placed)
    .join((enter) => {
      const span = enter.append('g');
      span.append('title');
      span
        .append('rect')
        .attr('y', 1.5)
        .attr('height', LANE_HEIGHT - 3)
        .attr('rx', 2);
      span
        .append('text')
        .attr('class', 'span-label')
        .attr('x', 5)
        .attr('y', LANE_HEIGHT / 2 + 3.7);
      return span;
    })
    .attr('class', ({ mark }) => (mark.isTrouble ? 'span is-trouble' : 'span'))
    .attr('transform', ({ start }) => `translate(${start},0)`)
    .call((span) => {
      span
        .select('title')
        .text(({ mark, span: { cause } }) => `${mark.word} ${cause ?? ''}`.trim());
      span
        .select('rect')
        .attr('width', ({ width }) => Math.max(width, 1.5))
        .attr('fill', ({ mark }) => mark.colour);
      span
        .select('text')
        .attr('fill', ({ mark }) => (isPaleMark(mark) ? '#131b25' : '#ffffff'))
        .text(({ mark, width }) => fitting([`${mark.sign} ${mark.word}`.trim(), mark.sign], width));
    });
}

/** The first text that fits a width. */
function fitting(texts: readonly string[], width: number): string {
  return texts.find((text) => text.length * LETTER_WIDTH + 8 <= width) ?? '';
}

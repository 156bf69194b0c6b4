import { select } from 'd3-selection';
import { mountTimeCanvas, type Group, type TimeScale } from '../../charts/time-canvas.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerHistory } from '../../data/server-history.ts';
import { isPaleMark, SERVER_MARKS, truthMark } from '../../server-marks.ts';
import type { StateMark } from '../../theme.ts';
import type { Dashboard } from '../../view.ts';

export const LANE_HEIGHT = 16;
/** Of a letter at 10.5 px, pixels. */
const LETTER_WIDTH = 6;

/** A lane: a name, and the whole story of states. */
export interface Lane {
  readonly label: string;
  readonly spans: readonly LaneSpan[];
}

interface LaneSpan {
  readonly from_s: number;
  readonly until_s: number;
  readonly mark: StateMark;
  readonly cause: string | null;
}

/** What the balancer thought of a server. */
export function thoughtLane(history: ServerHistory, server: number, label: string): Lane {
  const spans = history
    .spans(server)
    .map(({ state, ...span }) => ({ ...span, mark: SERVER_MARKS[state] }));
  return { label, spans };
}

/** What the story and autoscalers did to it, whether anybody noticed or not. */
function truthLane(
  { states, index }: RecordingPlayer,
  history: ServerHistory,
  server: number,
  label: string,
): Lane {
  const turns = [
    0,
    ...states.of('server', server).map(({ t_s }) => t_s),
    ...history.spans(server).map(({ from_s }) => from_s),
  ].toSorted((a, b) => a - b);
  const spans = turns.flatMap((from_s, i): LaneSpan[] => {
    const until_s = turns[i + 1] ?? index.duration_s;
    if (until_s <= from_s) return [];
    const { state, cause } = states.at('server', server, from_s);
    return [{ from_s, until_s, mark: truthMark(state, history.at(server, from_s).state), cause }];
  });
  return { label, spans: joined(spans) };
}

/** Neighbours that look alike as one. */
function joined(spans: readonly LaneSpan[]): readonly LaneSpan[] {
  const all: LaneSpan[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (last?.mark === span.mark) all[all.length - 1] = { ...last, until_s: span.until_s };
    else all.push(span);
  }
  return all;
}

/** Room for the names of the two lanes of one server, pixels. */
const OWN_GUTTER = 98;

/** One server as a chart of its own: what the story did to it, what the checks made of it. */
export function mountServerLanes(
  container: HTMLElement,
  dashboard: Dashboard,
  player: RecordingPlayer,
  history: ServerHistory,
  server: number,
): () => void {
  const lanes = [
    truthLane(player, history, server, 'in fact'),
    thoughtLane(history, server, 'the checks say'),
  ];
  container.style.height = `${lanes.length * LANE_HEIGHT}px`;
  const canvas = mountTimeCanvas(container, dashboard, {
    left: OWN_GUTTER,
    right: 0,
    label: 'States of the server over time',
    draw: (marks, x) => drawStateLanes(marks, x, lanes),
  });
  return () => canvas.stop();
}

/** Lanes of coloured spans with the state's sign and word, below each other. */
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
        .attr('font-size', 11)
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

function drawSpans(group: Group, spans: readonly LaneSpan[], x: TimeScale): void {
  const [from = 0, until = 0] = x.range();
  const inside = (pixel: number): number => Math.min(Math.max(pixel, from), until);
  const placed = spans.flatMap((span) => {
    const start = inside(x(span.from_s));
    const width = inside(x(span.until_s)) - start;
    return width > 0 ? [{ start, width, mark: span.mark, cause: span.cause }] : [];
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
      span.select('title').text(({ mark, cause }) => `${mark.word} ${cause ?? ''}`.trim());
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

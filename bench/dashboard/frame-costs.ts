/** Of Chromium's trace: the events that are read here; microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread: what others on the machine do does not count. */
  readonly tdur?: number;
}

/** Milliseconds of processor time, frame by frame. */
export interface FrameCosts {
  /** Everything that was called back for the frame. */
  readonly scriptMs: readonly number[];
  /** Painting of canvases and layers by the software renderer, on the same thread. */
  readonly renderMs: readonly number[];
  /** Whole tasks of the page's thread: script, styles, layout, painting. */
  readonly taskMs: readonly number[];
}

export const TRACED = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** Callbacks belong to the task that they ran in; a task that ran some is a frame. */
export function frameCosts(trace: Buffer): FrameCosts {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const named = (name: string): TraceEvent[] =>
    traceEvents.filter((event) => event.ph === 'X' && event.name === name);
  const callbacks = named('FireAnimationFrame');
  const thread = callbacks[0];
  if (thread === undefined) return { scriptMs: [], renderMs: [], taskMs: [] };
  const isOfPage = ({ pid, tid }: TraceEvent): boolean => pid === thread.pid && tid === thread.tid;
  const tasks = named('RunTask').filter(isOfPage);
  const frames = tasks.map((task) => ({
    task,
    callbacks: callbacks.filter(({ ts }) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0)),
  }));
  const ms = ({ tdur = 0 }: TraceEvent): number => tdur / 1000;
  return {
    scriptMs: frames
      .filter((frame) => frame.callbacks.length > 0)
      .map((frame) => frame.callbacks.reduce((sum, one) => sum + ms(one), 0)),
    renderMs: named('Commit').filter(isOfPage).map(ms),
    taskMs: tasks.map(ms),
  };
}

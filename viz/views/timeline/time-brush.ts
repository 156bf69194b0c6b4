import { brushX, type D3BrushEvent } from 'd3-brush';
import type { Group } from './panel-marks.ts';

/** What a drag, a click and the pointer say about the axis; seconds. */
export interface TimeBrushOptions {
  timeAt(pixel: number): number;
  onWindow(from_s: number, until_s: number): void;
  onClick(time_s: number): void;
  onHover(time_s: number | null): void;
  onReset(): void;
}

/** A drag this short is a click, pixels. */
const DRAG_MIN = 4;

/** One brush over all panels. */
export function createTimeBrush(group: Group, options: TimeBrushOptions) {
  const brush = brushX<unknown>()
    .on('end', ({ selection, sourceEvent }: D3BrushEvent<unknown>) => {
      if (sourceEvent === undefined || sourceEvent === null) return;
      const [from, until] = (selection ?? [0, 0]) as [number, number];
      if (until - from >= DRAG_MIN) {
        options.onWindow(options.timeAt(from), options.timeAt(until));
      } else if (sourceEvent instanceof MouseEvent) {
        options.onClick(options.timeAt(pixelOf(sourceEvent)));
      }
      group.call(brush.move, null);
    })
    .keyModifiers(false);
  const pixelOf = (event: MouseEvent): number =>
    event.clientX - (group.node()!.ownerSVGElement?.getBoundingClientRect().left ?? 0);
  group
    .on('pointermove', (event: PointerEvent) => options.onHover(options.timeAt(pixelOf(event))))
    .on('pointerleave', () => options.onHover(null))
    .on('dblclick', () => options.onReset());
  return {
    /** The area in which a drag may start. */
    resize(left: number, top: number, right: number, bottom: number): void {
      brush.extent([
        [left, top],
        [right, bottom],
      ]);
      group.call(brush);
    },
  };
}

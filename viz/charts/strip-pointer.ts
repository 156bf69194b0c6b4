import { select } from 'd3-selection';
import type { Dashboard } from '../view.ts';

/** A press that moves further is a brush, pixels. */
const CLICK_SLACK = 4;

/**
 * The pointer on a small chart over time: it moves the line in all charts, a click goes there, a
 * drag restricts all charts to what it covers, a double click shows the whole story again.
 */
export function attachStripPointer(
  container: HTMLElement,
  svg: SVGSVGElement,
  { store, clock }: Dashboard,
  timeAt: (pixels: number) => number,
): void {
  const brush = select(svg).append('rect').attr('class', 'strip-brush').attr('height', '100%');
  let pressedAt: number | null = null;
  const pixelsOf = (event: PointerEvent): number =>
    event.clientX - container.getBoundingClientRect().left;
  const ends = (at: number): readonly [number, number] => {
    const from = pressedAt ?? at;
    return from < at ? [from, at] : [at, from];
  };
  const isDrag = (at: number): boolean => {
    const [left, right] = ends(at);
    return right - left > CLICK_SLACK;
  };
  const release = (): void => {
    pressedAt = null;
    brush.attr('width', 0);
  };
  select(container)
    .on('pointerdown', (event: PointerEvent) => {
      pressedAt = pixelsOf(event);
    })
    .on('pointermove', (event: PointerEvent) => {
      const at = pixelsOf(event);
      store.hoverTime_s.value = timeAt(at);
      const [left, right] = ends(at);
      if (isDrag(at)) brush.attr('x', left).attr('width', right - left);
    })
    .on('pointerup', (event: PointerEvent) => {
      const at = pixelsOf(event);
      const [left, right] = ends(at);
      if (isDrag(at)) store.window.value = { from_s: timeAt(left), until_s: timeAt(right) };
      else clock.seek(timeAt(at));
      release();
    })
    .on('pointerleave', () => {
      store.hoverTime_s.value = null;
      release();
    })
    .on('dblclick', () => {
      store.window.value = null;
    });
}

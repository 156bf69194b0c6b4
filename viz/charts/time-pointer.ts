import type { TimeWindow } from '../store.ts';
import type { Dashboard } from '../view.ts';

/** A press that moves further is a drag, pixels. */
const CLICK_SLACK = 5;

/** An axis of time as it is drawn, pixels from the left edge of the element. */
export interface TimeAxis {
  (time_s: number): number;
  invert(pixel: number): number;
}

/**
 * What a time chart does with the pointer: hovering moves the line in all charts, a click goes
 * there, a drag restricts the window (`onBrush` draws it meanwhile), a double click resets it.
 */
export function attachTimePointer(
  element: Element,
  { store, clock }: Dashboard,
  axis: () => TimeAxis,
  onBrush: (window: TimeWindow | null) => void,
): () => void {
  let pressed_px: number | null = null;
  const pixelOf = (event: MouseEvent): number =>
    event.clientX - element.getBoundingClientRect().left;
  const brushed = (event: MouseEvent): TimeWindow | null => {
    if (pressed_px === null || Math.abs(pixelOf(event) - pressed_px) <= CLICK_SLACK) return null;
    const { from_s, until_s } = store.span.peek();
    const inside = (time_s: number): number => Math.min(Math.max(time_s, from_s), until_s);
    const ends = [axis().invert(pressed_px), axis().invert(pixelOf(event))].map(inside);
    const [first, last] = ends.sort((a, b) => a - b) as [number, number];
    return last > first ? { from_s: first, until_s: last } : null;
  };
  const listeners: Readonly<Record<string, (event: never) => void>> = {
    pointerdown(event: PointerEvent) {
      if (event.button === 0) pressed_px = pixelOf(event);
    },
    pointermove(event: PointerEvent) {
      store.hoverTime_s.value = axis().invert(pixelOf(event));
      if (pressed_px !== null) onBrush(brushed(event));
    },
    pointerup(event: PointerEvent) {
      const window = brushed(event);
      if (window !== null) store.window.value = roundedOut(window);
      else if (pressed_px !== null) clock.seek(axis().invert(pixelOf(event)));
      pressed_px = null;
      onBrush(null);
    },
    pointerleave() {
      store.hoverTime_s.value = null;
      pressed_px = null;
      onBrush(null);
    },
    dblclick() {
      store.window.value = null;
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    element.addEventListener(name, listener as EventListener);
  }
  return () => {
    for (const [name, listener] of Object.entries(listeners)) {
      element.removeEventListener(name, listener as EventListener);
    }
  };
}

/** To whole seconds where a second matters little: a link that one can read. */
function roundedOut({ from_s, until_s }: TimeWindow): TimeWindow {
  const step_s = until_s - from_s > 20 ? 1 : 0.1;
  const round = (time_s: number): number =>
    Number((Math.round(time_s / step_s) * step_s).toFixed(1));
  return { from_s: round(from_s), until_s: round(until_s) };
}

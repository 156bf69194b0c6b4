import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import type { Size } from '../observe-size.ts';
import type { ScreenTransform, ZoomRange } from './screen-transform.ts';

export interface PanZoom {
  /** Where a gesture would start from; call it when the camera was moved by somebody else. */
  adopt(transform: ScreenTransform, size: Size): void;
  stop(): void;
}

/** Drag, wheel and pinch on an element; `onGesture` is told where they lead. */
export function createPanZoom(
  element: HTMLElement | SVGSVGElement,
  range: ZoomRange,
  onGesture: (transform: ScreenTransform) => void,
): PanZoom {
  const behaviour = zoom<HTMLElement | SVGSVGElement, unknown>()
    .scaleExtent([...range])
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      if (event.sourceEvent !== null) onGesture(event.transform);
    });
  const root = select(element);
  root.call(behaviour).on('dblclick.zoom', null);
  return {
    adopt({ k, x, y }, { width, height }) {
      behaviour.extent([
        [0, 0],
        [width, height],
      ]);
      behaviour.translateExtent([
        [0, 0],
        [width, height],
      ]);
      root.property('__zoom', zoomIdentity.translate(x, y).scale(k));
    },
    stop: () => void root.on('.zoom', null),
  };
}

import type { Size } from '../../observe-size.ts';
import type { ScreenTransform } from '../../charts/screen-transform.ts';

/** A canvas the size of the map, with as many pixels as the screen has. */
export interface CanvasLayer {
  /** Cleared and ready for base coordinates: lines are `width / k` wide. */
  begin(size: Size, transform: ScreenTransform): CanvasRenderingContext2D;
  /** Cleared and ready for screen coordinates. */
  beginOnScreen(size: Size): CanvasRenderingContext2D;
}

export function createCanvasLayer(container: HTMLElement, name: string): CanvasLayer {
  const canvas = document.createElement('canvas');
  canvas.className = `map-canvas map-canvas-${name}`;
  canvas.setAttribute('aria-hidden', 'true');
  container.append(canvas);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws on no canvas');
  const fit = ({ width, height }: Size): number => {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [
      Math.max(1, Math.round(width * ratio)),
      Math.max(1, Math.round(height * ratio)),
    ];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, w, h);
    return ratio;
  };
  return {
    begin(size, { k, x, y }) {
      const ratio = fit(size);
      context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
      return context;
    },
    beginOnScreen(size) {
      const ratio = fit(size);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      return context;
    },
  };
}

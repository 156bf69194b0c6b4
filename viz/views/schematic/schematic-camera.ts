import { effect, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { createPanZoom } from '../../charts/pan-zoom.ts';
import {
  keptInside,
  steppedTransform,
  WHOLE,
  type ScreenTransform,
  type ZoomRange,
} from '../../charts/screen-transform.ts';
import type { KeyAction } from '../../keys.ts';
import type { Size } from '../../observe-size.ts';
import type { PlaneCamera } from '../../store.ts';

/** At 20 hundreds of servers in columns of 13 px stand 260 px apart: there is nothing nearer. */
export const SCHEMATIC_ZOOM: ZoomRange = [1, 20];

/** A node this near the edge, pixels, is brought further in when it gets the focus. */
const EDGE = 40;

export function planeTransform(camera: PlaneCamera | null, size: Size): ScreenTransform {
  if (camera === null) return WHOLE;
  const { width, height } = size;
  const k = Math.min(Math.max(camera.zoom, SCHEMATIC_ZOOM[0]), SCHEMATIC_ZOOM[1]);
  const at = { k, x: width * (0.5 - k * camera.x), y: height * (0.5 - k * camera.y) };
  return keptInside(at, size);
}

/** The camera of a transform, in figures short enough for a link; null = all. */
export function planeCamera({ k, x, y }: ScreenTransform, size: Size): PlaneCamera | null {
  if (k === 1) return null;
  const short = (value: number): number => Number(value.toFixed(4));
  const { width, height } = size;
  return {
    zoom: short(k),
    x: short((0.5 - x / Math.max(width, 1)) / k),
    y: short((0.5 - y / Math.max(height, 1)) / k),
  };
}

export interface SchematicCamera {
  /** A key of zoom or pan; true = it has been dealt with. */
  act(action: KeyAction): boolean;
  /** Moves so that a point of the screen can be seen. */
  reveal(x: number, y: number): void;
  stop(): void;
}

/** Moves `camera` by drag, wheel, pinch and keys. */
export function moveSchematic(
  svg: SVGSVGElement,
  camera: Signal<PlaneCamera | null>,
  size: ReadonlySignal<Size>,
): SchematicCamera {
  const go = (transform: ScreenTransform): void => {
    camera.value = planeCamera(transform, size.peek());
  };
  const now = (): ScreenTransform => planeTransform(camera.peek(), size.peek());
  const gestures = createPanZoom(svg, SCHEMATIC_ZOOM, go);
  const stopAdopting = effect(() => {
    gestures.adopt(planeTransform(camera.value, size.value), size.value);
  });
  return {
    act(action) {
      const next = steppedTransform(action, now(), size.peek(), SCHEMATIC_ZOOM);
      if (next !== null) go(next);
      return next !== null;
    },
    reveal(x, y) {
      const { width, height } = size.peek();
      const missing = (at: number, room: number): number =>
        at < EDGE ? EDGE - at : Math.min(room - EDGE - at, 0);
      const [dx, dy] = [missing(x, width), missing(y, height)];
      if (dx === 0 && dy === 0) return;
      const { k, ...at } = now();
      go(keptInside({ k, x: at.x + dx, y: at.y + dy }, size.peek()));
    },
    stop() {
      stopAdopting();
      gestures.stop();
    },
  };
}

/** A point of the whole picture where it is on the screen. */
export const moved =
  ({ k, x, y }: ScreenTransform) =>
  ([px, py]: readonly [number, number]): readonly [number, number] => [k * px + x, k * py + y];

import type { KeyAction } from '../keys.ts';
import type { Size } from '../observe-size.ts';

/** Screen = k × base + (x, y), pixels; base = what is shown at zoom 1. */
export interface ScreenTransform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: ScreenTransform = { k: 1, x: 0, y: 0 };

export type ZoomRange = readonly [least: number, most: number];

/** A step of `+` and `-`, and of `W A S D` as a share of the window. */
const ZOOM_STEP = 1.5;
const PAN_STEP = 0.2;

const PANS: Readonly<Partial<Record<KeyAction, readonly [x: number, y: number]>>> = {
  'pan-left': [1, 0],
  'pan-right': [-1, 0],
  'pan-up': [0, 1],
  'pan-down': [0, -1],
};

/** What a key makes of a transform; null where it is none of zoom and pan. */
export function steppedTransform(
  action: KeyAction,
  { k, x, y }: ScreenTransform,
  size: Size,
  [least, most]: ZoomRange,
): ScreenTransform | null {
  const { width, height } = size;
  const pan = PANS[action];
  if (pan !== undefined) {
    const moved = { k, x: x + pan[0] * PAN_STEP * width, y: y + pan[1] * PAN_STEP * height };
    return keptInside(moved, size);
  }
  if (action !== 'zoom-in' && action !== 'zoom-out') return null;
  const factor = action === 'zoom-in' ? ZOOM_STEP : 1 / ZOOM_STEP;
  const next = Math.min(Math.max(k * factor, least), most);
  const about = (at: number, middle: number): number => middle - (next / k) * (middle - at);
  return keptInside({ k: next, x: about(x, width / 2), y: about(y, height / 2) }, size);
}

/** No further than the edges of what is shown at zoom 1. */
export function keptInside({ k, x, y }: ScreenTransform, size: Size): ScreenTransform {
  const within = (at: number, room: number): number => Math.min(Math.max(at, room - k * room), 0);
  return { k, x: within(x, size.width), y: within(y, size.height) };
}

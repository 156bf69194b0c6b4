import { describe, expect, it } from 'vitest';
import { keptInside, steppedTransform, WHOLE } from '../../viz/charts/screen-transform.ts';
import { planeCamera, planeTransform } from '../../viz/views/schematic/schematic-camera.ts';

const SIZE = { width: 1000, height: 600 };
const RANGE = [1, 20] as const;

describe('zoom and pan by keys', () => {
  it('zoom about the middle of the window: it stays where it is', () => {
    // Screen 500 is base 500 before; after, 500 = 1.5 × 500 + x has x = -250.
    const closer = steppedTransform('zoom-in', WHOLE, SIZE, RANGE)!;
    expect(closer).toEqual({ k: 1.5, x: -250, y: -150 });
    expect(steppedTransform('zoom-out', closer, SIZE, RANGE)).toEqual(WHOLE);
  });

  it('never zoom further than the range, nor pan over the edge', () => {
    let transform = WHOLE;
    for (let i = 0; i < 20; i++) {
      transform = steppedTransform('zoom-in', transform, SIZE, RANGE)!;
    }
    expect(transform.k).toBe(20);
    for (let i = 0; i < 200; i++) {
      transform = steppedTransform('pan-left', transform, SIZE, RANGE)!;
    }
    expect(transform.x).toBe(0);
    expect(steppedTransform('zoom-out', WHOLE, SIZE, RANGE)).toEqual(WHOLE);
    expect(keptInside({ k: 1, x: 5, y: -5 }, SIZE)).toEqual(WHOLE);
  });

  it('pan by a fifth of the window', () => {
    const at = { k: 4, x: -1000, y: -600 };
    expect(steppedTransform('pan-right', at, SIZE, RANGE)).toEqual({ k: 4, x: -1200, y: -600 });
    expect(steppedTransform('pan-up', at, SIZE, RANGE)).toEqual({ k: 4, x: -1000, y: -480 });
    expect(steppedTransform('reset', at, SIZE, RANGE)).toBeNull();
  });
});

describe('the camera of the schematic', () => {
  it('is shares of the picture, so that a link shows the same in another window', () => {
    const camera = planeCamera({ k: 4, x: -1000, y: -600 }, SIZE)!;
    expect(camera).toEqual({ zoom: 4, x: 0.375, y: 0.375 });
    expect(planeTransform(camera, SIZE)).toEqual({ k: 4, x: -1000, y: -600 });
    const wider = { width: 2000, height: 600 };
    expect(planeTransform(camera, wider)).toEqual({ k: 4, x: -2000, y: -600 });
  });

  it('of all there is is none; one of nonsense is kept inside', () => {
    expect(planeCamera(WHOLE, SIZE)).toBeNull();
    expect(planeTransform(null, SIZE)).toEqual(WHOLE);
    expect(planeTransform({ zoom: 0.1, x: 9, y: 9 }, SIZE)).toEqual(WHOLE);
    expect(planeTransform({ zoom: 99, x: -5, y: 0.5 }, SIZE)).toEqual({ k: 20, x: 0, y: -5700 });
  });
});

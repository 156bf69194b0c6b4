import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import type { Signal } from '@preact/signals-core';
import type { Camera } from '../../store.ts';
import type { Size } from '../../observe-size.ts';
import { cameraOf, ZOOM_RANGE, type ScreenTransform } from './projection.ts';
import type { GeoProjection } from 'd3-geo';

export interface MapZoom {
  /** Where a gesture would start from; call it when the camera was moved by somebody else. */
  adopt(transform: ScreenTransform, size: Size): void;
  stop(): void;
}

/** Drag and wheel move the camera; whoever shares the signal moves along. */
export function createMapZoom(
  element: HTMLElement,
  camera: Signal<Camera | null>,
  view: () => { readonly project: GeoProjection; readonly size: Size },
): MapZoom {
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([...ZOOM_RANGE])
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      if (event.sourceEvent === null) return;
      const { project, size } = view();
      camera.value = cameraOf(event.transform, project, size);
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

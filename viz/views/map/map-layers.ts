import { createDrawQueue } from '../../draw-queue.ts';
import type { Store } from '../../store.ts';
import { drawArcs } from './arc-layer.ts';
import { drawBase } from './base-layer.ts';
import { createCanvasLayer } from './canvas-layer.ts';
import { drawCatchments } from './catchment-layer.ts';
import { mountFlows } from './flows.ts';
import { drawLinks } from './link-layer.ts';
import type { MapModel } from './map-model.ts';
import { drawPops } from './pop-layer.ts';

/**
 * Four canvases and one SVG, bottom to top: land, catchments, links, particles, POPs. Each is drawn
 * again only when something has changed that it shows, once a frame of the screen at most.
 */
export function mountMapLayers(
  container: HTMLElement,
  svg: SVGSVGElement,
  model: MapModel,
  store: Store,
): () => void {
  const layer = (name: string) => createCanvasLayer(container, name);
  const [base, cells, lines, particles] = [
    layer('base'),
    layer('catchments'),
    layer('links'),
    layer('particles'),
  ];
  container.append(svg);
  const popRoot = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  svg.append(popRoot);
  const queue = createDrawQueue();
  const stops = [
    queue.draw(() => {
      const { geometry, palette, transform, size } = model;
      const context = base.begin(size.value, transform.value);
      drawBase(context, geometry.value, palette.value, transform.value.k);
    }),
    queue.draw(() => {
      const { geometry, palette, transform, size } = model;
      const looks = model.cells.value;
      const context = cells.begin(size.value, transform.value);
      if (looks === null) return;
      drawCatchments(context, geometry.value, palette.value, transform.value.k, looks);
    }),
    queue.draw(() => {
      const { geometry, palette, transform, size, links, focus, recording } = model;
      const { k } = transform.value;
      const context = lines.begin(size.value, transform.value);
      drawLinks(context, geometry.value, palette.value, k, links.value);
      const { world } = recording.value.index;
      if (focus.value !== null) drawArcs(context, geometry.value, world, k, focus.value);
    }),
    queue.draw(() => {
      const { width, height } = model.size.value;
      svg.setAttribute('viewBox', `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`);
      drawPops(popRoot, model.marks.value);
    }),
    mountFlows(particles, store, model),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
}

import { effect, type ReadonlySignal } from '@preact/signals-core';
import { timer } from 'd3-timer';
import type { Size } from '../../observe-size.ts';
import type { Store } from '../../store.ts';
import type { CanvasLayer } from './canvas-layer.ts';
import type { LinkNow } from './link-layer.ts';
import type { MapGeometry } from './map-geometry.ts';
import type { MapPalette } from './palette.ts';
import { advanceFlows, drawParticles, type FlowPhases } from './particle-layer.ts';
import type { ScreenTransform } from './projection.ts';

export interface FlowInputs {
  readonly geometry: ReadonlySignal<MapGeometry>;
  readonly transform: ReadonlySignal<ScreenTransform>;
  readonly size: ReadonlySignal<Size>;
  readonly links: ReadonlySignal<readonly LinkNow[]>;
  readonly palette: ReadonlySignal<MapPalette>;
}

/**
 * Particles move while the story plays, and stand at equal distances while it does not, so that one
 * link shows one picture. With reduced motion there are none.
 */
export function mountFlows(layer: CanvasLayer, store: Store, inputs: FlowInputs): () => void {
  let phases: FlowPhases = new Float64Array(0);
  const draw = (): void => {
    const { geometry, transform, size, links, palette } = inputs;
    const context = layer.beginOnScreen(size.value);
    if (store.isMotionReduced.value) return;
    const lines = geometry.value.lines;
    if (phases.length !== 2 * lines.length) phases = new Float64Array(2 * lines.length);
    drawParticles(context, lines, transform.value, phases, links.value, palette.value.text);
  };
  return effect(() => {
    const isMoving =
      store.isPlaying.value && !store.isScrubbing.value && !store.isMotionReduced.value;
    if (!isMoving) {
      phases.fill(0);
      return effect(draw);
    }
    let last_ms = 0;
    const moving = timer((elapsed_ms) => {
      advanceFlows(phases, inputs.links.peek(), (elapsed_ms - last_ms) / 1000);
      last_ms = elapsed_ms;
      draw();
    });
    return () => moving.stop();
  });
}

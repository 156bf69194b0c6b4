import { effect } from '@preact/signals-core';
import { timer } from 'd3-timer';
import type { Store } from '../../store.ts';
import type { CanvasLayer } from './canvas-layer.ts';
import type { MapModel } from './map-model.ts';
import { advanceFlows, drawParticles, type FlowPhases } from './particle-layer.ts';

/**
 * Particles move while the story plays, and stand at equal distances while it does not, so that one
 * link shows one picture. With reduced motion there are none.
 */
export function mountFlows(layer: CanvasLayer, store: Store, inputs: MapModel): () => void {
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

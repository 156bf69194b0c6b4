import { effect } from '@preact/signals-core';
import type { Store } from './store.ts';

/**
 * A world without places opens as a schematic, unless the address says what to show. Looks once, at
 * the first recording; whoever goes to the map later stays there.
 */
export function openDefaultView(store: Store): () => void {
  if (/(^#|&)v=/.test(location.hash)) return () => undefined;
  let isDone = false;
  const stop = effect(() => {
    const player = store.recording.value;
    if (player === undefined || isDone) return;
    isDone = true;
    const isMap = store.view.peek() === 'map';
    if (isMap && player?.index.world.has_geography === false) store.view.value = 'schematic';
  });
  return stop;
}

import { effect, signal } from '@preact/signals-core';

/** Draws what has changed once a frame of the screen, however often it changed. */
export interface DrawQueue {
  /**
   * Draws now, and again in the next frame whenever a signal has changed that `draw` has read.
   * Returns how to stop.
   */
  draw(draw: () => void): () => void;
  stop(): void;
}

export function createDrawQueue(): DrawQueue {
  const dirty = new Set<() => void>();
  let frame = 0;
  const flush = (): void => {
    frame = 0;
    const all = [...dirty];
    dirty.clear();
    for (const run of all) run();
  };
  return {
    draw(draw) {
      // Whether this run draws, or has only been told that something changed.
      let isFlush = true;
      const turn = signal(0);
      const again = (): void => {
        isFlush = true;
        turn.value = turn.peek() + 1;
      };
      const stop = effect(() => {
        void turn.value;
        if (isFlush) {
          isFlush = false;
          draw();
          return;
        }
        dirty.add(again);
        if (frame === 0) frame = requestAnimationFrame(flush);
      });
      return () => {
        dirty.delete(again);
        stop();
      };
    },
    stop() {
      cancelAnimationFrame(frame);
      dirty.clear();
    },
  };
}

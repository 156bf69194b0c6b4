import { signal, type ReadonlySignal } from '@preact/signals-core';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element's content in CSS pixels, as a signal. */
export function observeSize(element: Element): {
  readonly signal: ReadonlySignal<Size>;
  stop(): void;
} {
  const { clientWidth, clientHeight } = element;
  const size = signal<Size>({ width: clientWidth, height: clientHeight });
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    const { width: oldWidth, height: oldHeight } = size.peek();
    if (width !== oldWidth || height !== oldHeight) size.value = { width, height };
  });
  observer.observe(element);
  return { signal: size, stop: () => observer.disconnect() };
}

/** Presses this near each other, in ms and pixels, are a double click. */
const DOUBLE = { ms: 500, pixels: 6 } as const;

/**
 * One click goes inside, so that the second of a double click would hit what is there by then: it
 * is kept from everything in `container`.
 */
export function ignoreSecondPresses(container: HTMLElement): () => void {
  let last = { x: 0, y: 0, at_ms: -Infinity };
  let isSecond = false;
  const onPress = (event: PointerEvent): void => {
    const { clientX: x, clientY: y } = event;
    const isNear = Math.hypot(x - last.x, y - last.y) <= DOUBLE.pixels;
    isSecond = isNear && performance.now() - last.at_ms <= DOUBLE.ms;
    last = { x, y, at_ms: performance.now() };
    if (isSecond) event.stopPropagation();
  };
  const onRest = (event: MouseEvent): void => {
    // What Enter makes is a click without a press.
    const isByKey = event.type === 'click' && event.detail === 0;
    if (isSecond && !isByKey) event.stopPropagation();
  };
  const rest = ['pointerup', 'click', 'dblclick'] as const;
  const capture = { capture: true };
  container.addEventListener('pointerdown', onPress, capture);
  for (const type of rest) container.addEventListener(type, onRest, capture);
  return () => {
    container.removeEventListener('pointerdown', onPress, capture);
    for (const type of rest) container.removeEventListener(type, onRest, capture);
  };
}

import { effect, type Signal } from '@preact/signals-core';

/** One step of an arrow key, share of the width. */
const STEP = 0.05;
/** `share` is kept to a thousandth: finer than a pixel of most maps, and short in an address. */
const PER_SHARE = 1_000;

/**
 * A line that can be dragged, or moved with the arrow keys: what `upper` shows is seen to the right
 * of it. `share` is where it stands, 0 = left … 1 = right. Returns what takes it away.
 */
export function mountSwipeDivider(
  container: HTMLElement,
  upper: HTMLElement,
  share: Signal<number>,
): () => void {
  const divider = document.createElement('div');
  divider.className = 'swipe-divider';
  divider.setAttribute('role', 'slider');
  divider.setAttribute('tabindex', '0');
  divider.setAttribute('aria-label', 'Divider between the two maps');
  divider.setAttribute('aria-valuemin', '0');
  divider.setAttribute('aria-valuemax', '100');
  container.append(divider);
  const moveTo = (value: number): void => {
    share.value = Math.round(Math.min(Math.max(value, 0), 1) * PER_SHARE) / PER_SHARE;
  };
  divider.addEventListener('pointerdown', (event) => divider.setPointerCapture(event.pointerId));
  divider.addEventListener('pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { left, width } = container.getBoundingClientRect();
    moveTo((event.clientX - left) / width);
  });
  divider.addEventListener('keydown', (event) => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    // Elsewhere these keys move time.
    event.stopPropagation();
    event.preventDefault();
    moveTo(share.peek() + direction * STEP);
  });
  const stop = effect(() => {
    const percent = `${(share.value * 100).toFixed(2)}%`;
    divider.style.left = percent;
    upper.style.clipPath = `inset(0 0 0 ${percent})`;
    divider.setAttribute('aria-valuenow', String(Math.round(share.value * 100)));
  });
  return () => {
    stop();
    divider.remove();
  };
}

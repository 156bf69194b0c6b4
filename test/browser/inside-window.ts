import type { DashboardPage } from './dashboard-page.ts';

/**
 * Texts that stick out to the left or right of the element that holds them, the nearest that
 * matches `selector`; empty when all is well.
 */
export function textsOutside(page: DashboardPage['page'], selector: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const hasOwnText = (element: Element): boolean =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '',
      );
    return [...document.querySelectorAll(`${wanted} *`)]
      .filter((element) => hasOwnText(element) && element.closest('.visually-hidden') === null)
      .filter((element) => {
        const frame = element.parentElement!.closest(wanted)!.getBoundingClientRect();
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < frame.left - 1 || right > frame.right + 1);
      })
      .map((element) => element.textContent!.trim());
  }, selector);
}

/** Pairs of elements that cover each other by more than a pixel; empty when none do. */
export function overlapping(page: DashboardPage['page'], selector: string): Promise<string[]> {
  return page.evaluate((wanted) => {
    const boxes = [...document.querySelectorAll(wanted)]
      .map((element) => ({
        text: element.textContent!.trim(),
        box: element.getBoundingClientRect(),
      }))
      .filter(({ text, box }) => text !== '' && box.width > 0);
    return boxes.flatMap(({ text, box: a }, i) =>
      boxes.slice(i + 1).flatMap(({ text: other, box: b }) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return across > 1 && down > 3 ? [`${text} / ${other}`] : [];
      }),
    );
  }, selector);
}

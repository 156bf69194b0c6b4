import { computePosition, flip, offset, shift, type VirtualElement } from '@floating-ui/dom';
import { render, type TemplateResult } from 'lit-html';

/** One card that follows the pointer or stands beside an element. Not focusable: it repeats. */
export interface Tooltip {
  /** At an element, or at a point of the viewport. */
  show(content: TemplateResult, at: Element | { readonly x: number; readonly y: number }): void;
  hide(): void;
}

export function createTooltip(parent: HTMLElement): Tooltip {
  const card = document.createElement('div');
  card.className = 'tooltip';
  card.setAttribute('role', 'tooltip');
  card.hidden = true;
  parent.append(card);
  let shows = 0;
  return {
    show(content, at) {
      const show = ++shows;
      render(content, card);
      card.hidden = false;
      const reference = at instanceof Element ? at : pointReference(at);
      const middleware = [offset(14), flip({ padding: 8 }), shift({ padding: 8 })];
      void computePosition(reference, card, {
        placement: 'right-start',
        strategy: 'fixed',
        middleware,
      }).then(({ x, y }) => {
        if (show !== shows) return;
        card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      });
    },
    hide() {
      shows++;
      card.hidden = true;
    },
  };
}

function pointReference({ x, y }: { readonly x: number; readonly y: number }): VirtualElement {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
}

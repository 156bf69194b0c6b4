import { html, render, type TemplateResult } from 'lit-html';
import { icon } from './icons.ts';

/** A modal dialog: the browser keeps the focus inside, `Escape` and a click beside it close it. */
export interface Modal {
  open(content: TemplateResult): void;
  /** Draws the content anew while it is open. */
  update(content: TemplateResult): void;
  close(): void;
}

export function createModal(parent: HTMLElement, title: string, className: string): Modal {
  const dialog = document.createElement('dialog');
  dialog.className = `modal ${className}`;
  dialog.setAttribute('aria-label', title);
  parent.append(dialog);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  const update = (content: TemplateResult): void => void render(content, dialog);
  return {
    update,
    open(content) {
      update(content);
      if (!dialog.open) dialog.showModal();
    },
    close: () => dialog.close(),
  };
}

/** Heading and a button to close with: the top of every modal but the palette. */
export function modalHeader(title: string, close: () => void): TemplateResult {
  return html`<header class="modal-header">
    <h2>${title}</h2>
    <button class="icon-button" aria-label="Close" @click=${close}>${icon('close', 14)}</button>
  </header>`;
}

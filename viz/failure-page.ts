import { render } from 'lit-html';
import { emptyState } from './controls/notice.ts';

/** In place of the page where there is nothing to show. */
export function failurePage(root: HTMLElement, error: unknown): void {
  document.documentElement.dataset['theme'] = window.matchMedia('(prefers-color-scheme: dark)')
    .matches
    ? 'dark'
    : 'light';
  const why = error instanceof Error ? error.message : String(error);
  root.className = 'failure';
  render(emptyState('This report cannot be shown', why), root);
}

import { effect } from '@preact/signals-core';
import type { Store } from './store.ts';
import type { ThemeChoice } from './theme.ts';

const STORED_AS = 'anycastle-theme';

/** Follows the system and what the user chose last. Call it before the URL is read, which wins. */
export function bindTheme(store: Store): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const read = (): void => {
    store.systemIsDark.value = dark.matches;
    store.isMotionReduced.value = still.matches;
  };
  read();
  dark.addEventListener('change', read);
  still.addEventListener('change', read);
  store.theme.value = storedTheme();
  const stop = effect(() => {
    document.documentElement.dataset['theme'] = store.shownTheme.value;
  });
  return () => {
    stop();
    dark.removeEventListener('change', read);
    still.removeEventListener('change', read);
  };
}

/** Light to dark and back; kept for the next time. */
export function toggleTheme(store: Store): void {
  const next = store.shownTheme.peek() === 'dark' ? 'light' : 'dark';
  store.theme.value = next;
  try {
    localStorage.setItem(STORED_AS, next);
  } catch {
    // A page from disk may have no storage: the choice then lasts as long as the page.
  }
}

function storedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}

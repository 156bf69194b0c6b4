import { actionOf, type KeyAction } from './keys.ts';

/** Keys that a focused control needs for itself: typing, choosing, pressing. */
const OWN_KEYS: Readonly<Record<string, RegExp>> = {
  INPUT: /^(?!Escape$)/,
  TEXTAREA: /^(?!Escape$)/,
  SELECT: /^(?!Escape$)/,
  BUTTON: /^( |Enter)$/,
  A: /^Enter$/,
  SUMMARY: /^( |Enter)$/,
};

/** Calls `act` for every key of the table; `act` says whether it did something with it. */
export function listenToKeys(act: (action: KeyAction) => boolean): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const action = actionOf(event);
    if (action === null) return;
    const target = targetOf(event);
    const isPalette = action === 'palette';
    if (!isPalette && OWN_KEYS[target.tagName]?.test(event.key) === true) return;
    if (!isPalette && target.closest('dialog') !== null) return;
    if (act(action)) event.preventDefault();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

/** A dialog that has closed keeps the focus until the next frame: its keys are the page's. */
function targetOf({ target }: KeyboardEvent): HTMLElement {
  if (!(target instanceof HTMLElement)) return document.body;
  return target.closest('dialog')?.open === false ? document.body : target;
}

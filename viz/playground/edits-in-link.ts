import { effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { isEdited, NO_EDITS, type Edits } from './edits.ts';
import { packText, unpackText } from './packed-text.ts';
import { readEdits } from './read-edits.ts';

/** Chats and mail programs cut links that are much longer. */
export const LINK_CHARS_MAX = 4_000;
/** Of the text that is packed into so many: compression rarely does better than 20 times. */
const TEXT_CHARS_MAX = 20 * LINK_CHARS_MAX;

interface Linked {
  readonly edits: Signal<Edits>;
  /** Edits of a link wait for it: they are changes of what has run. */
  readonly isReady: ReadonlySignal<boolean>;
  /** Part of the address: packed edits, empty without any. */
  readonly packed: Signal<string>;
}

/**
 * Keeps the address up with the edits, and the edits with the address, whoever changes it. What is
 * said in `problem` concerns the link alone: the edits hold.
 */
export function linkEdits({ edits, isReady, packed }: Linked): {
  readonly problem: ReadonlySignal<string | null>;
  stop(): void;
} {
  const problem = signal<string | null>(null);
  /** The two as they were last brought together. */
  let known = { edits: NO_EDITS, packed: '' };
  /** Packing takes a moment, in which there may be another edit. */
  let turn = 0;
  const take = async (code: string): Promise<void> => {
    const own = ++turn;
    const read = await restored(code);
    if (own !== turn) return;
    problem.value = read === null ? 'The changes in the link cannot be read.' : null;
    known = { edits: read ?? edits.peek(), packed: code };
    edits.value = known.edits;
  };
  const write = async (next: Edits): Promise<void> => {
    const own = ++turn;
    known = { ...known, edits: next };
    const { code, words } = await packedEdits(next);
    if (own !== turn) return;
    problem.value = words;
    known = { edits: next, packed: code };
    packed.value = code;
  };
  const stopReading = effect(() => {
    const code = packed.value;
    if (isReady.value && code !== known.packed) untracked(() => void take(code));
  });
  const stopWriting = effect(() => {
    const next = edits.value;
    if (isReady.value && next !== known.edits) untracked(() => void write(next));
  });
  return {
    problem,
    stop() {
      turn++;
      stopReading();
      stopWriting();
    },
  };
}

async function restored(code: string): Promise<Edits | null> {
  if (code === '') return NO_EDITS;
  try {
    return readEdits(await unpackText(code, TEXT_CHARS_MAX));
  } catch {
    return null;
  }
}

async function packedEdits(
  edits: Edits,
): Promise<{ readonly code: string; readonly words: string | null }> {
  if (!isEdited(edits)) return { code: '', words: null };
  try {
    const code = await packText(JSON.stringify(edits));
    if (code.length <= LINK_CHARS_MAX) return { code, words: null };
    const most = LINK_CHARS_MAX.toLocaleString('en');
    const words =
      `These changes are too many for a link: ${code.length.toLocaleString('en')} letters, ` +
      `${most} at most. Save them as a scenario file.`;
    return { code: '', words };
  } catch {
    return { code: '', words: 'This browser cannot put changes into a link.' };
  }
}

import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { embeddedBytes } from './data/data-source.ts';

/** Waited for so that no text changes its width later; a slow disk is not worth more. */
const PATIENCE_MS = 400;

/**
 * Inter (SIL Open Font License 1.1), from bytes: the page's policy has no font-src. An exported
 * file may hold it as `asset-inter`; without it the system's font does.
 */
export async function loadFont(): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([addFont().catch(() => undefined), patience]);
}

async function addFont(): Promise<void> {
  const embedded = document.getElementById('asset-inter');
  const isExported = document.getElementById('data-index') !== null;
  if (embedded === null && isExported) return;
  const bytes =
    embedded === null ? await (await fetch(interUrl)).arrayBuffer() : await embeddedBytes(embedded);
  const font = new FontFace('Inter', bytes, { weight: '100 900' });
  document.fonts.add(await font.load());
}

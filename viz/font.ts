import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { embeddedBytes } from './data/data-source.ts';

/** Waited for so that no text changes its width later; a slow disk is not worth more. */
const PATIENCE_MS = 400;

const FAMILY = 'Inter';
const WEIGHTS = '100 900';

/**
 * Inter (SIL Open Font License 1.1), from bytes: the page's policy has no font-src. An exported
 * file may hold it as `asset-inter`; without it the system's font does.
 */
export async function loadFont(): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([addFont().catch(() => undefined), patience]);
}

/** Null where an exported file does not hold it. */
async function fontBytes(): Promise<ArrayBuffer | null> {
  const embedded = document.getElementById('asset-inter');
  if (embedded !== null) return embeddedBytes(embedded);
  const isExported = document.getElementById('data-index') !== null;
  return isExported ? null : (await fetch(interUrl)).arrayBuffer();
}

async function addFont(): Promise<void> {
  const bytes = await fontBytes();
  if (bytes === null) return;
  const font = new FontFace(FAMILY, bytes, { weight: WEIGHTS });
  document.fonts.add(await font.load());
}

/**
 * The font as a stylesheet of a drawing that becomes an image: such a document sees none of the
 * page's fonts, and may load nothing that is not in it. Empty where there is no font to be had.
 */
export async function fontStyle(): Promise<string> {
  const bytes = await fontBytes().catch(() => null);
  if (bytes === null) return '';
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte));
  const source = `url(data:font/woff2;base64,${btoa(letters.join(''))}) format('woff2')`;
  const face = `@font-face{font-family:${FAMILY};font-weight:${WEIGHTS};src:${source}}`;
  const features = getComputedStyle(document.body).fontFeatureSettings;
  return `<style>${face}text{font-feature-settings:${features}}</style>`;
}

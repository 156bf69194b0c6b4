import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { comparesPixels } from './browser.ts';
import { drawsAsCommitted } from './rendering-probe.ts';

const COMMITTED = resolve(import.meta.dirname, 'screenshots');
/** Looked at when a comparison fails; not committed. */
const DIFFERENT = resolve(import.meta.dirname, '../../out/screenshots');

/** Colours closer than this are the same: 0 … 1, as pixelmatch measures (YIQ). */
const COLOUR_TOLERANCE = 0.15;
/**
 * The browser is pinned and draws without a graphics card: nothing should differ. 200 pixels of
 * 1280 × 800 may, for processors that round otherwise; a word that moves is 300 and more.
 */
const DIFFERENT_SHARE_MAX = 0.0002;

/**
 * Compares the page with `screenshots/NAME.png`. `UPDATE_SCREENSHOTS=1` rewrites it instead: look
 * at what was written before it is committed. Nothing is compared on a machine that draws text
 * otherwise. On failure, `out/screenshots/` has what was drawn,
 * and a picture of the differences.
 */
export async function expectScreenshot(page: Page, name: string): Promise<void> {
  const drawsAlike = await drawsAsCommitted(page.context().browser()!);
  const drawn = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = join(COMMITTED, `${name}.png`);
  if (process.env['UPDATE_SCREENSHOTS'] === '1') {
    mkdirSync(COMMITTED, { recursive: true });
    writeFileSync(file, drawn);
    return;
  }
  if (!comparesPixels || !drawsAlike) return;
  expect(existsSync(file), `${file} is missing: UPDATE_SCREENSHOTS=1 makes it`).toBe(true);
  const share = differentShare(PNG.sync.read(readFileSync(file)), PNG.sync.read(drawn), name);
  if (share > DIFFERENT_SHARE_MAX) write(`${name}.drawn.png`, drawn);
  expect(share, `${name}: share of pixels that differ`).toBeLessThanOrEqual(DIFFERENT_SHARE_MAX);
}

/** 1 where the sizes differ; writes the picture of the differences where there are many. */
export function differentShare(committed: PNG, drawn: PNG, name: string): number {
  const { width, height } = committed;
  if (drawn.width !== width || drawn.height !== height) return 1;
  const differences = new PNG({ width, height });
  const options = { threshold: COLOUR_TOLERANCE };
  const count = pixelmatch(committed.data, drawn.data, differences.data, width, height, options);
  const share = count / (width * height);
  if (share > DIFFERENT_SHARE_MAX) write(`${name}.diff.png`, PNG.sync.write(differences));
  return share;
}

function write(name: string, bytes: Buffer): void {
  const file = join(DIFFERENT, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

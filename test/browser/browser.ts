import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--hide-scrollbars',
];

/**
 * A headless Chromium: the one in the npm package, so that pixels are the same on every machine, or
 * the one that `CHROMIUM` names (then screenshots are not compared).
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? (await packagedChromium());
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}

/** Screenshots are those of the packaged browser. */
export const comparesPixels = process.env['CHROMIUM'] === undefined;

/** Unpacks into the temporary folder, once: test files start side by side. */
async function packagedChromium(): Promise<string> {
  const lock = join(tmpdir(), 'anycastle-chromium.lock');
  while (!takeLock(lock)) await new Promise((done) => setTimeout(done, 100));
  try {
    return await chromiumPackage.executablePath();
  } finally {
    // Gone already where a machine was so slow that another process took it for left behind.
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Unpacking takes seconds; an older lock was left by a process that was killed. */
function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    const made = existsSync(path) ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
    if (Date.now() - (made ?? Date.now()) > 60_000) rmSync(path, { recursive: true, force: true });
    return false;
  }
}

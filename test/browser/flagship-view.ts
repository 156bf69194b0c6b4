import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchBrowser } from './browser.ts';
import { startView, type StartedView } from './dashboard-page.ts';
import { FLAGSHIP, resultFolder, type RunOfTests } from './result-folder.ts';
import { Windows } from './windows.ts';

/** The dashboard of a run for all tests of a file; `open` shows it in a window. */
export function useDashboard(run: RunOfTests = FLAGSHIP): Pick<Windows, 'open'> {
  let browser: Browser | undefined;
  let own: StartedView | undefined;
  let windows: Windows | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
    const shared = inject('viewUrls')[run.scenario];
    if (shared === undefined) own = await startView(await resultFolder(run));
    windows = new Windows(browser, shared ?? own!.url);
  });
  afterAll(async () => {
    await browser?.close();
    await own?.stop();
  });
  return { open: (options) => windows!.open(options) };
}

/** What the address has after `#`, by key. */
export function addressState(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.slice(1)));
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { ensureBuilt } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { ensureDashboardBuilt } from './built-dashboard.ts';
import { startView } from './dashboard-page.ts';
import { FLAGSHIP, resultFolder, type RunOfTests } from './result-folder.ts';
import { Windows } from './windows.ts';

/** The dashboard of a run for all tests of a file; `open` shows it in a window. */
export function useDashboard(run: RunOfTests = FLAGSHIP): Pick<Windows, 'open'> {
  let browser: Browser | undefined;
  let windows: Windows | undefined;
  let view: Awaited<ReturnType<typeof startView>> | undefined;
  beforeAll(async () => {
    await ensureBuilt();
    await ensureDashboardBuilt();
    browser = await launchBrowser();
    view = await startView(await resultFolder(run));
    windows = new Windows(browser, view.url);
  }, 180_000);
  afterAll(async () => {
    await view?.stop();
    await browser?.close();
  });
  return { open: (options) => windows!.open(options) };
}

/** What the address has after `#`, by key. */
export function addressState(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.slice(1)));
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { ensureBuilt } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { ensureDashboardBuilt } from './built-dashboard.ts';
import {
  openDashboard,
  startView,
  type DashboardPage,
  type OpenOptions,
} from './dashboard-page.ts';
import { FLAGSHIP, resultFolder, type RunOfTests } from './result-folder.ts';

/** The dashboard of a run for all tests of a file; `open` shows it in a window of its own. */
export function useDashboard(run: RunOfTests = FLAGSHIP): {
  open(options: OpenOptions): Promise<DashboardPage>;
} {
  let browser: Browser | undefined;
  let view: Awaited<ReturnType<typeof startView>> | undefined;
  beforeAll(async () => {
    await ensureBuilt();
    await ensureDashboardBuilt();
    browser = await launchBrowser();
    view = await startView(await resultFolder(run));
  }, 180_000);
  afterAll(async () => {
    await view?.stop();
    await browser?.close();
  });
  return { open: (options) => openDashboard(browser!, view!.url, options) };
}

/** What the address has after `#`, by key. */
export function addressState(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.slice(1)));
}

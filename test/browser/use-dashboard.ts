import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { launchBrowser } from './browser.ts';
import { Windows } from './windows.ts';

/** The flagship's dashboard for all tests of a file; `open` shows it in a window. */
export const useFlagship = (): Pick<Windows, 'open'> => useDashboard(inject('flagshipUrl'));

/** The same for the laboratory. */
export const useLaboratory = (): Pick<Windows, 'open'> => useDashboard(inject('laboratoryUrl'));

function useDashboard(url: string): Pick<Windows, 'open'> {
  let browser: Browser | undefined;
  let windows: Windows | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
    windows = new Windows(browser, url);
  });
  afterAll(() => browser?.close());
  return { open: (options) => windows!.open(options) };
}

/** What the address has after `#`, by key. */
export function addressState(url: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(new URL(url).hash.slice(1)));
}

import type { Browser, Page } from 'playwright-core';
import { openDashboard, type DashboardPage, type OpenOptions } from './dashboard-page.ts';
import { untilDrawn } from './until-drawn.ts';

/**
 * Windows of one dashboard that tests hand on to each other: to open one takes six times the
 * processor time of a new address in one that is there. What is shown is what the address says;
 * `links.test.ts` holds the page to that. Tests that leave more behind than the address holds
 * (hidden captions, the theme that was chosen), or that need a window as it opens, ask for a new
 * one. A window comes back only by `close`, which a test that fails does not reach: its second try
 * never gets the window of the first.
 */
export class Windows {
  readonly #browser: Browser;
  readonly #url: string;
  /** By what is the same as long as a window lives. */
  readonly #idle = new Map<string, DashboardPage[]>();
  #visits = 0;

  constructor(browser: Browser, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  async open(options: OpenOptions & { readonly isNew?: boolean }): Promise<DashboardPage> {
    const { state = '', isNew = false, ...look } = options;
    if (isNew) return openDashboard(this.#browser, this.#url, options);
    const key = JSON.stringify(Object.entries(look).sort());
    const left = this.#idle.get(key)?.pop();
    const shown = left ?? (await openDashboard(this.#browser, this.#url, options));
    if (left !== undefined) {
      left.forget();
      await this.#go(left.page, state);
    }
    return { ...shown, close: () => this.#takeBack(key, shown) };
  }

  /** By an address that was not there before: the page would not read the same one again. */
  async #go(page: Page, state: string): Promise<void> {
    const visit = `visit=${++this.#visits}`;
    const address = state === '' ? visit : `${state}&${visit}`;
    let isRead = false;
    // The page may write what it showed last in between.
    while (!isRead) isRead = (await hashAfter(page, address)).endsWith(visit);
    await untilDrawn(page);
  }

  async #takeBack(key: string, shown: DashboardPage): Promise<void> {
    const { page } = shown;
    if ((await page.locator('dialog[open]').count()) > 0) return shown.close();
    await page.mouse.move(0, 0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), shown]);
  }
}

/** Goes to the address within the page; resolves to what is there when the page has read it. */
function hashAfter(page: Page, address: string): Promise<string> {
  return page.evaluate(async (hash) => {
    const read = new Promise((resolve) => {
      window.addEventListener('hashchange', resolve, { once: true });
    });
    location.hash = hash;
    await read;
    return location.hash;
  }, address);
}

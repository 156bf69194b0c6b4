import type { Browser, BrowserContext, Page } from 'playwright-core';
import { start } from '../cli/cli-process.ts';
import { followTraffic, untilDrawn } from './until-drawn.ts';

export type Theme = 'light' | 'dark';
export const THEMES: readonly Theme[] = ['light', 'dark'];

export interface OpenOptions {
  /** What the address has after `#`: `v=map&t=120`. */
  readonly state?: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly isMotionReduced?: boolean;
  /** False: returns at once. For a page that listens, whose network is never idle. */
  readonly waits?: boolean;
}

/** What a page takes that is busy beside other tests, many times over. */
const WAIT_MS_MAX = 60_000;

export interface DashboardPage {
  readonly page: Page;
  /** Errors in the console or uncaught, violations of the policy, failed or foreign requests. */
  readonly problems: readonly string[];
  /** Addresses of all requests that the page made. */
  readonly requests: readonly string[];
  /** Empties both lists. */
  forget(): void;
  close(): Promise<void>;
}

export interface StartedView {
  readonly url: string;
  stop(): Promise<void>;
}

/** The real `anycastle view` on a folder; `stop` ends it. */
export async function startView(folder: string): Promise<StartedView> {
  const view = start(['view', folder, '--no-open'], folder);
  const url = /http:\S+/.exec(await view.waitFor('stdout', /http:\S+\s/))![0];
  return {
    url,
    stop: async () => {
      view.process.kill('SIGKILL');
      await view.finished;
    },
  };
}

/** Opens the dashboard at `url` (a server's, or a file's) and waits until it has drawn. */
export async function openDashboard(
  browser: Browser,
  url: string,
  options: OpenOptions = {},
): Promise<DashboardPage> {
  const { state = '', theme = 'light', width = 1440, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: options.isMotionReduced === true ? 'reduce' : 'no-preference',
    deviceScaleFactor: 1,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  // Less than a test has: what never comes is named, with the line that waits for it.
  page.setDefaultTimeout(WAIT_MS_MAX);
  followTraffic(page);
  const requests: string[] = [];
  const problems = watch(page, requests, new URL(url).origin);
  const forget = (): void => {
    for (const list of [requests, problems]) list.length = 0;
  };
  await page.goto(state === '' ? url : `${url}#${state}`);
  if (options.waits !== false) {
    await page.locator('.view-tab[aria-current="page"]').waitFor();
    await untilDrawn(page);
  }
  return { page, problems, requests, forget, close: () => closeAll(context) };
}

function watch(page: Page, requests: string[], origin: string): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    // Violations of the Content-Security-Policy are told here, too.
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    // The page ends its own event stream when the run has ended, mostly before the server does.
    const isClosed = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (request.url() === `${origin}/live` && isClosed) return;
    problems.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    requests.push(url);
    if (!/^(data|blob|file):/.test(url) && !url.startsWith(`${origin}/`)) {
      problems.push(`foreign: ${url}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

async function closeAll(context: BrowserContext): Promise<void> {
  await context.close();
}

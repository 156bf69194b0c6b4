import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt, labText, makeFolder, start, type Started } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { ensureDashboardBuilt } from './built-dashboard.ts';
import { openDashboard, startView } from './dashboard-page.ts';

/** Twelve replications one at a time, each of more than half a second: a page opens meanwhile. */
const RUN = '{ duration: 60000s, warmup: 5s, seed: 1, replications: 12 }';

let browser: Browser;
let run: Started | undefined;
let folder: ReturnType<typeof makeFolder>;

beforeAll(async () => {
  await ensureBuilt();
  await ensureDashboardBuilt();
  browser = await launchBrowser();
}, 180_000);
afterAll(() => browser?.close());
// Of its own for each try: a folder whose run is over shows nothing that goes on.
beforeEach(() => {
  folder = makeFolder({ 'lab.yaml': labText({ run: RUN }) });
});
afterEach(async () => {
  run?.process.kill('SIGKILL');
  await run?.finished;
  folder.remove();
});

describe('a run that goes on', () => {
  it('is shown as such, with figures that follow it, until it is complete', async () => {
    run = start(['run', 'lab.yaml', '--workers', '1', '--no-progress'], folder.path);
    const out = join(folder.path, 'out/lab');
    await expect.poll(() => existsSync(join(out, 'manifest.json')), { timeout: 10_000 }).toBe(true);
    const view = await startView(out);
    const { page, problems, close } = await openDashboard(browser, view.url, { waits: false });
    const banner = page.locator('.banner');
    const progress = /The run goes on\. Replications so far of at most 12 each: default (\d+)\./;
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          const text = await banner.textContent({ timeout: 200 }).catch(() => null);
          const count = progress.exec(text ?? '')?.[1];
          if (count !== undefined) seen.add(count);
          return (await page.locator('footer, .footer').first().textContent()) ?? '';
        },
        { timeout: 40_000, interval: 50 },
      )
      .toContain('12 replications');
    await expect.poll(() => banner.count()).toBe(0);
    expect(seen.size).toBeGreaterThan(2);
    expect(problems).toEqual([]);
    await close();
    await view.stop();
  }, 60_000);
});

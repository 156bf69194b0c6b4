import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt, labText, makeFolder, start, type Started } from '../cli/cli-process.ts';
import { untilReplications } from '../cli/until-replications.ts';
import { launchBrowser } from './browser.ts';
import { ensureDashboardBuilt } from './built-dashboard.ts';
import { openDashboard, startView } from './dashboard-page.ts';

/** Twelve replications one at a time, each of more than half a second. */
const RUN = '{ duration: 60000s, warmup: 5s, seed: 1, replications: 12 }';

let browser: Browser;
let run: Started | undefined;
let folder: ReturnType<typeof makeFolder>;

beforeAll(async () => {
  await ensureBuilt();
  await ensureDashboardBuilt();
  browser = await launchBrowser();
});
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
    await untilReplications(out, 1);
    // Held while it is looked at: what is seen does not depend on who is faster.
    run.process.kill('SIGSTOP');
    const view = await startView(out);
    const { page, problems, close } = await openDashboard(browser, view.url, { waits: false });
    const progress = /The run goes on\. Replications so far of at most 12 each: default (\d+)\./;
    const shown = async (): Promise<number> => {
      const text = await page.locator('.banner').textContent();
      return Number(progress.exec(text ?? '')?.[1]);
    };
    await expect.poll(shown).toBeGreaterThan(0);
    const atFirst = await shown();
    run.process.kill('SIGCONT');
    await untilReplications(out, atFirst + 1);
    run.process.kill('SIGSTOP');
    await expect.poll(shown).toBeGreaterThan(atFirst);
    run.process.kill('SIGCONT');
    await expect
      .poll(() => page.locator('footer, .footer').first().textContent())
      .toContain('12 replications');
    await expect.poll(() => page.locator('.banner').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
    await view.stop();
  });
});

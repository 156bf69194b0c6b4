import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoScenario, findDemoResults } from '../../cli/demo/demo-results.ts';
import { packageVersion } from '../../cli/package-root.ts';
import { runCli, start, type Finished, type Started } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard, type DashboardPage } from './dashboard-page.ts';
import { addressState } from './flagship-view.ts';

/** From the command to the first painted frame, package installed, browser running. */
const FIRST_FRAME_MS_MAX = 3000;

const cache = mkdtempSync(join(tmpdir(), 'anycastle-demo-'));
let browser: Browser;
let demo: Started | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
  if (findDemoResults() !== null) return;
  // A clone whose `npm run build:demo` has not run: the same story, with fewer replications.
  const out = join(cache, 'anycastle', `demo-${packageVersion()}`);
  await runCli(['run', demoScenario(), '--replications', '1', '--out', out, '-q'], cache);
});
afterAll(async () => {
  await browser?.close();
  rmSync(cache, { recursive: true });
});

afterEach(async () => {
  demo?.process.kill('SIGKILL');
  await demo?.finished;
});

/** Starts the command and opens the page at the address that it prints. */
async function openDemo(): Promise<DashboardPage> {
  demo = start(['demo', '--no-open'], cache, { XDG_CACHE_HOME: cache });
  const url = /http:\S+/.exec(await demo.waitFor('stdout', /http:\S+\s/))![0];
  return openDashboard(browser, url);
}

/** Ends it as a person does. */
async function interrupt(): Promise<Finished> {
  demo!.process.kill('SIGINT');
  return demo!.finished;
}

async function firstFrameMs(): Promise<number> {
  const startedMs = performance.timeOrigin + performance.now();
  const { page, close } = await openDemo();
  const paintedMs = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return performance.timeOrigin + paint!.startTime;
  });
  await close();
  await interrupt();
  return paintedMs - startedMs;
}

describe('anycastle demo', () => {
  it('paints three seconds after the command at the latest', async () => {
    let bestMs = Infinity;
    // The best of a few: what else a machine does at the same time is no part of it.
    for (let tries = 0; tries < 5 && bestMs >= FIRST_FRAME_MS_MAX; tries++) {
      bestMs = Math.min(bestMs, await firstFrameMs());
    }
    expect(bestMs).toBeLessThan(FIRST_FRAME_MS_MAX);
  });

  it('plays its story without a click, and ends when it is interrupted', async () => {
    const { page, problems, close } = await openDemo();
    const time = (): number => Number(addressState(page.url())['t'] ?? 0);
    await expect.poll(time).toBeGreaterThan(60);
    expect(problems).toEqual([]);
    await close();
    const { exitCode, stderr } = await interrupt();
    expect(exitCode).toBe(130);
    expect(stderr.trim().split('\n')).toHaveLength(3);
  });
});

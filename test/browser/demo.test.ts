import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoScenario, findDemoResults } from '../../cli/demo/demo-results.ts';
import { packageVersion } from '../../cli/package-root.ts';
import { runCli, start } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard } from './dashboard-page.ts';

/** From the command to the first painted frame, package installed, browser running. */
const FIRST_FRAME_MS_MAX = 3000;

const cache = mkdtempSync(join(tmpdir(), 'anycastle-demo-'));
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  if (findDemoResults() !== null) return;
  // A clone whose `npm run build:demo` has not run: the same story, with fewer replications.
  const out = join(cache, 'anycastle', `demo-${packageVersion()}`);
  await runCli(['run', demoScenario(), '--replications', '1', '--out', out, '-q'], cache);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  rmSync(cache, { recursive: true });
});

describe('anycastle demo', () => {
  it('plays its story without a click, three seconds after the command', async () => {
    const startedMs = performance.now();
    const demo = start(['demo', '--no-open'], cache, { XDG_CACHE_HOME: cache });
    const url = /http:\S+/.exec(await demo.waitFor('stdout', /http:\S+\s/))![0];
    const { page, problems, close } = await openDashboard(browser, url);
    const paintedMs = await page.evaluate(() => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      return performance.timeOrigin + paint!.startTime;
    });
    expect(paintedMs - (performance.timeOrigin + startedMs)).toBeLessThan(FIRST_FRAME_MS_MAX);
    const time = async (): Promise<number> =>
      Number(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('t') ?? 0);
    await expect.poll(time, { timeout: 5000 }).toBeGreaterThan(60);
    expect(problems).toEqual([]);
    await close();
    demo.process.kill('SIGINT');
    const { exitCode, stderr } = await demo.finished;
    expect(exitCode).toBe(130);
    expect(stderr.trim().split('\n')).toHaveLength(3);
  });
});

import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard, startView } from './dashboard-page.ts';
import { resultFolder, type RunOfTests } from './result-folder.ts';

const oneStrategy = (scenario: string, strategy: string): RunOfTests => ({
  scenario,
  args: ['--only', strategy, '--replications', '2'],
});
/** A map with links and failures; one POP's servers; a map whose origins are overloaded. */
const MAP = oneStrategy('pop-failure', 'anycast');
const RUNS = [MAP, oneStrategy('pop-lab', 'two-choices'), oneStrategy('origin-overload', 'shield')];

/** A simulation of the page on a machine that tests share, ms. */
const SIMULATED_MS = 90_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => browser?.close());

async function openPlayground(run: RunOfTests) {
  const view = await startView(await resultFolder(run));
  const opened = await openDashboard(browser, view.url, { state: 'v=playground' });
  const close = async () => {
    await opened.close();
    await view.stop();
  };
  return { ...opened, close };
}

const status = (page: Page) => page.locator('.playground-panel p[role=status]');

async function untilSimulated(page: Page): Promise<string> {
  await status(page).locator('code').waitFor({ timeout: SIMULATED_MS });
  return (await status(page).locator('code').textContent())!;
}

describe('the engine in the page', () => {
  it.each(RUNS)(
    'gives for $scenario the fingerprint of the command line',
    async (run) => {
      const folder = await resultFolder(run);
      const summary = JSON.parse(readFileSync(`${folder}/summary.json`, 'utf8')) as {
        baseline: string;
        strategies: Record<string, { fingerprints: string[] }>;
      };
      const { page, problems, close } = await openPlayground(run);
      expect(await untilSimulated(page)).toBe(
        summary.strategies[summary.baseline]!.fingerprints[0],
      );
      await expect.poll(() => status(page).textContent()).toContain('✓ the same as the run');
      expect(problems).toEqual([]);
      await close();
    },
    240_000,
  );

  it('simulates again what is changed, and saves it as a scenario', async () => {
    const { page, problems, close } = await openPlayground(MAP);
    const original = await untilSimulated(page);
    const { name: link, at } = await aLinkOnTheMap(page);
    await page.mouse.click(...at);
    const changes = page.locator('.playground-edits li');
    await expect.poll(() => changes.allTextContents()).toHaveLength(1);
    expect((await changes.first().textContent())!).toContain(link);
    await untilOther(page, original);
    const cut = await untilSimulated(page);

    await page.getByLabel('capacity of').selectOption('ams');
    const slider = page.getByRole('slider', { name: 'capacity' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => changes.allTextContents()).toHaveLength(2);
    await untilOther(page, cut);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as scenario file' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('pop-failure-edited.yaml');
    const yaml = readFileSync(await saved.path(), 'utf8');
    expect(yaml).toContain(`fail: link/${link}`);
    expect(yaml).toMatch(/ams:[^]*?servers: \d+/);

    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo all' }).click();
    await expect
      .poll(() => status(page).textContent(), { timeout: SIMULATED_MS })
      .toContain(`fingerprint ${original}`);
    expect(problems).toEqual([]);
    await close();
  }, 300_000);
});

async function untilOther(page: Page, fingerprint: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const shown = status(page).locator('code');
        return (await shown.count()) === 1 ? shown.textContent() : null;
      },
      { timeout: SIMULATED_MS },
    )
    .not.toSatisfy((shown: string | null) => shown === null || shown === fingerprint);
}

/** Looks for a point where the pointer's card tells of a link. */
async function aLinkOnTheMap(page: Page): Promise<{ name: string; at: [number, number] }> {
  const box = (await page.locator('.playground .world-map').boundingBox())!;
  for (let y = 0.2; y < 0.6; y += 0.02) {
    for (let x = 0.15; x < 0.6; x += 0.02) {
      // A click has whole pixels.
      const at: [number, number] = [
        Math.round(box.x + x * box.width),
        Math.round(box.y + y * box.height),
      ];
      await page.mouse.move(...at);
      const card = page.locator('.tooltip:not([hidden])', { hasText: 'backbone link' });
      if ((await card.count()) > 0)
        return { name: (await card.locator('bdi').first().textContent())!, at };
    }
  }
  throw new Error('no link under any point of the map');
}

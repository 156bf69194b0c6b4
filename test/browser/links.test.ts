import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import { differentShare } from './screenshot.ts';
import { untilDrawn } from './until-drawn.ts';
import { VIEWS } from './views.ts';

const dashboard = useDashboard();

describe('links', () => {
  /** Reached by keys, so that neither pointer nor focus leaves a mark on the picture. */
  const KEYS = ['End', 'Shift+ArrowLeft', 'ArrowRight', 'w', 'd', ']', 'l'];

  it.each(VIEWS)('%s: the address in a new window shows the identical picture', async (view) => {
    const state = `v=${view}&run=anycast&vs=geo-dns&sel=pop/ams&z=3,50,8&pin=link/fra-ams`;
    const options = { isMotionReduced: true };
    const first = await dashboard.open({ ...options, state });
    for (const key of KEYS) await first.page.keyboard.press(key);
    await untilDrawn(first.page);
    await expect.poll(() => addressState(first.page.url())['labels']).toBe('0');
    const copied = new URL(first.page.url()).hash.slice(1);
    expect(addressState(first.page.url())).toMatchObject({ v: view, speed: '30' });
    const second = await dashboard.open({ ...options, state: copied, isNew: true });
    const [drawn, drawnAgain] = [await picture(first.page), await picture(second.page)];
    expect(new URL(second.page.url()).hash.slice(1)).toBe(copied);
    expect(differentShare(drawn, drawnAgain, `link-${view}`)).toBe(0);
    await Promise.all([first.close(), second.close()]);
  });

  it('hold what the tables show, too', async () => {
    const { page, close } = await dashboard.open({ state: 'v=report&rows=links' });
    await page.keyboard.press('Shift+T');
    await expect.poll(() => addressState(page.url())).toMatchObject({ table: '1', rows: 'links' });
    await close();
  });
});

/**
 * Compared as eyes do: what is painted again and what is painted at once differ by the last bit of
 * an edge here and there. How long a simulation in the page takes is no part of what a link holds.
 */
async function picture(page: Page): Promise<PNG> {
  const simulated = page.locator('.playground-panel p[role=status] strong');
  if (addressState(page.url())['v'] === 'playground') await simulated.waitFor({ timeout: 90_000 });
  await untilDrawn(page);
  const mask = [page.locator('.playground-panel p[role=status]')];
  return PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide', mask }));
}

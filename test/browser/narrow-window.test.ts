import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { useDashboard } from './flagship-view.ts';
import { VIEWS } from './views.ts';

const dashboard = useDashboard();

/** Parts of the page that somebody with a phone needs, whatever the view. */
const PARTS = ['.top-bar', '.view-tabs', '.main-view', '.footer'];

describe('a window as narrow as a phone', () => {
  it.each(VIEWS)('shows %s within its width, accessibly', async (view) => {
    const state = `v=${view}&run=anycast&vs=geo-dns&t=170&win=150-200&q=pop:ams`;
    const { page, problems, close } = await dashboard.open({ state, width: 390, height: 844 });
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWider).toBe(false);
    for (const part of PARTS) {
      const box = (await page.locator(part).boundingBox())!;
      expect(box.x, part).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, part).toBeLessThanOrEqual(390);
    }
    expect((await page.locator('.main-view').boundingBox())!.height).toBeGreaterThan(300);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});

import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { type Theme } from './dashboard-page.ts';
import { useDashboard } from './flagship-view.ts';
import { untilDrawn } from './until-drawn.ts';
import { VIEWS } from './views.ts';

/** Of the table twin, however many requests there are. */
const TABLE_ROWS_MAX = 500;

/**
 * For each view alike: rows are like each other, and axe-core takes two seconds for five hundred.
 * All of them have a test of their own.
 */
const FEW_ROWS = 'win=150-200&q=pop:ams';

/** The tests of one theme, for a file of its own: axe-core takes seconds for a large table. */
export function describeAccessibility(theme: Theme): void {
  const dashboard = useDashboard();

  describe(`accessibility, ${theme}`, () => {
    it.each(VIEWS)(
      '%s has nothing that axe-core finds serious or critical, as a picture and as a table',
      async (view) => {
        const state = `v=${view}&run=anycast&vs=geo-dns&t=170&sel=pop/fra&${FEW_ROWS}`;
        const { page, problems, close } = await dashboard.open({ state, theme });
        expect(await seriousFindings(page)).toEqual([]);
        await page.keyboard.press('Shift+T');
        await untilDrawn(page);
        expect(await page.locator('.view-table table').count()).toBe(1);
        expect(await page.locator('.view-table tbody tr').count()).toBeGreaterThan(0);
        expect(await seriousFindings(page)).toEqual([]);
        expect(problems).toEqual([]);
        await close();
      },
    );

    it('of all requests, as a list and as the longest table there is', async () => {
      const { page, close } = await dashboard.open({ state: 'v=requests&run=anycast', theme });
      const list = page.getByRole('listbox');
      const size = await page.locator('.request-row').first().getAttribute('aria-setsize');
      expect(Number(size)).toBeGreaterThan(TABLE_ROWS_MAX);
      expect(await seriousFindings(page)).toEqual([]);
      // Rows are drawn as they come into sight: the last ones are others.
      await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
      await page.locator(`.request-row[aria-posinset="${size}"]`).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Shift+T');
      await untilDrawn(page);
      expect(await page.locator('.view-table tbody tr').count()).toBe(TABLE_ROWS_MAX);
      expect(await seriousFindings(page)).toEqual([]);
      await close();
    });

    it('of the dialogs as well', async () => {
      const { page, close } = await dashboard.open({ theme });
      for (const key of ['?', 'e', 'Control+k']) {
        await page.keyboard.press(key);
        await page.locator('dialog[open]').waitFor();
        await untilDrawn(page);
        expect(await seriousFindings(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await close();
    });
  });
}

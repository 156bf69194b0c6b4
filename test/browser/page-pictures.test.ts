import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { DashboardPage } from './dashboard-page.ts';
import { useDashboard } from './flagship-view.ts';
import { LABORATORY } from './result-folder.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

/** What the export menu saves. */
async function saved(page: DashboardPage['page'], format: 'SVG' | 'PNG'): Promise<Buffer> {
  await page.keyboard.press('e');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: new RegExp(`^${format}`) }).click();
  return readFileSync(await (await download).path());
}

describe('pages as pictures', () => {
  it.each([
    ['a POP', flagship, 'v=pop&run=anycast&t=170&sel=pop/fra', ['requests', 'Where its users are']],
    ['all POPs', flagship, 'v=pop&run=anycast&t=170', ['all POPs', '1 in trouble', 'ams', 'gru']],
    ['a server', laboratory, 'v=pop&run=maglev&sel=server/fra/gen2-0', ['utilisation', 'gen2-0']],
    ['the report', flagship, 'v=report&run=anycast', ['Thresholds', 'Results', 'anycast-bfd']],
  ])('%s: its texts and charts, without styles of the page', async (_, run, state, words) => {
    const { page, problems, close } = await run.open({ state });
    const svg = (await saved(page, 'SVG')).toString('utf8');
    for (const word of words) expect(svg).toContain(`>${word}`);
    expect(/ (class|style)=/.exec(svg)).toBeNull();
    const charts = await page.locator('.view-slot svg').count();
    expect(svg.split('<svg ').length - 2).toBe(charts);
    const isWellFormed = await page.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, 'image/svg+xml');
      return read.querySelector('parsererror') === null;
    }, svg);
    expect(isWellFormed).toBe(true);
    expect(problems).toEqual([]);
    await close();
  });

  it('hold the whole page, also what is scrolled away; PNG at twice its size', async () => {
    const { page, close } = await flagship.open({ state: 'v=report&run=anycast', height: 700 });
    const slot = page.locator('.report-view');
    const height = await slot.evaluate((one) => one.querySelector('article')!.offsetHeight);
    expect(height).toBeGreaterThan(700);
    await slot.evaluate((one) => one.scrollTo(0, 300));
    const png = PNG.sync.read(await saved(page, 'PNG'));
    expect(png.height).toBeGreaterThanOrEqual(2 * height);
    expect(png.height).toBeLessThan(2 * (height + 100));
    const svg = (await saved(page, 'SVG')).toString('utf8');
    expect(svg).toContain('>Thresholds<');
    await close();
  });

  it('keep names from files as text', async () => {
    const { page, close } = await flagship.open({ state: 'v=pop&run=anycast' });
    await page
      .locator('.tile-name')
      .first()
      .evaluate((one) => {
        one.textContent = '<b>&"x';
      });
    const svg = (await saved(page, 'SVG')).toString('utf8');
    expect(svg).toContain('>&lt;b&gt;&amp;&quot;x<');
    await close();
  });
});

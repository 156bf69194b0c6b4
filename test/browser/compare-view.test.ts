import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { THEMES } from './dashboard-page.ts';
import { addressState, useDashboard } from './flagship-view.ts';
import { untilDrawn } from './until-drawn.ts';

const dashboard = useDashboard();
const PAIR = 'v=compare&run=anycast&vs=geo-dns&t=135';

describe('compare', () => {
  it.each(THEMES)('shows two maps, intervals and who took over, accessibly, %s', async (theme) => {
    const { page, problems, close } = await dashboard.open({ state: PAIR, theme });
    expect(await page.locator('.compare-name').allTextContents()).toEqual(['anycast', 'geo-dns']);
    expect(await page.locator('.world-map').count()).toBe(2);
    // p95 latency and availability, in the whole run and in three events.
    expect(await page.locator('.dot-row').count()).toBe(8);
    expect(await page.locator('.shift-node').count()).toBeGreaterThan(1);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it('says that three replications are too few for a verdict, and hollows its dots', async () => {
    const { page, close } = await dashboard.open({ state: PAIR });
    expect(await page.locator('.compare-head').textContent()).toMatch(
      /inconclusive[^]*3 replications; a verdict needs 10/,
    );
    expect(await page.locator('.dot-row circle:not(.is-hollow)').count()).toBe(0);
    await close();
  });

  it('moves both maps with one camera', async () => {
    const { page, close } = await dashboard.open({ state: PAIR });
    // In a map's own coordinates: `translate(320.5,212.0)`.
    const places = async (): Promise<(string | null)[]> => {
      const all = await page.locator('.pop[aria-label^="sin"]').all();
      return Promise.all(all.map((pop) => pop.getAttribute('transform')));
    };
    const before = await places();
    const box = (await page.locator('.world-map').first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -400);
    await expect.poll(() => addressState(page.url())['z']).toBeDefined();
    await untilDrawn(page);
    const [left, right] = await places();
    expect(left).not.toBe(before[0]);
    expect(left).toBe(right);
    await close();
  });

  it('swipes between the maps by keyboard and by pointer', async () => {
    const { page, close } = await dashboard.open({ state: PAIR });
    await page.getByRole('button', { name: 'Swipe' }).click();
    await untilDrawn(page);
    await expect.poll(() => addressState(page.url())['arr']).toBe('swipe');
    const divider = page.locator('.swipe-divider');
    await divider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await divider.getAttribute('aria-valuenow')).toBe('45');
    // Time has not been moved by the same key.
    expect(addressState(page.url())['t']).toBe('135');
    const box = (await divider.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 20, { steps: 3 });
    await page.mouse.up();
    const dragged = await divider.getAttribute('aria-valuenow');
    expect(Number(dragged)).toBeGreaterThan(60);
    await expect
      .poll(() => Math.round(Number(addressState(page.url())['swipe']) * 100))
      .toBe(Number(dragged));
    const link = new URL(page.url()).hash.slice(1);
    const linked = await dashboard.open({ state: link, isNew: true });
    const again = linked.page.locator('.swipe-divider');
    expect(await again.getAttribute('aria-valuenow')).toBe(dragged);
    await linked.close();
    await close();
  });

  it('shows the difference by v, swaps by x, and is a table by Shift+T', async () => {
    const { page, close } = await dashboard.open({ state: PAIR });
    await page.keyboard.press('v');
    await untilDrawn(page);
    expect(await page.locator('.world-map').count()).toBe(1);
    const legend = (await page.locator('.compare-stage .map-legend').textContent()) ?? '';
    expect(legend).toMatch(/anycast nearer[^]*geo-dns nearer[^]*lost by anycast alone/);
    await page.keyboard.press('x');
    await untilDrawn(page);
    await expect.poll(() => addressState(page.url())['run']).toBe('geo-dns');
    expect(addressState(page.url())['vs']).toBe('anycast');
    await page.keyboard.press('Shift+T');
    await untilDrawn(page);
    expect(await page.locator('.figures tbody tr').count()).toBe(8);
    await close();
  });

  it('asks for a partner where there is none', async () => {
    const { page, close } = await dashboard.open({ state: 'v=compare&run=anycast' });
    await page.getByRole('button', { name: 'geo-dns', exact: true }).click();
    await untilDrawn(page);
    await expect.poll(() => addressState(page.url())['vs']).toBe('geo-dns');
    expect(await page.locator('.world-map').count()).toBe(2);
    await close();
  });

  it('compares with another strategy than the baseline, and says so', async () => {
    const state = 'v=compare&run=anycast-bfd&vs=geo-dns&t=135';
    const { page, problems, close } = await dashboard.open({ state });
    const head = page.locator('.compare-head');
    await expect
      .poll(() => head.textContent())
      .toMatch(/Baseline\s+geo-dns, chosen here; the report’s is anycast/);
    expect(await page.locator('.dot-row').count()).toBe(8);
    await page.keyboard.press('x');
    await expect.poll(() => head.textContent()).toMatch(/Baseline\s+anycast-bfd, chosen here/);
    expect(problems).toEqual([]);
    await close();
  });

  it('names the baseline of the report where the replications are not at hand', async () => {
    const { page, close } = await dashboard.open({ state: 'v=map', isNew: true });
    await page.route('**/data', async (route) => {
      const ids = (await (await route.fetch()).json()) as string[];
      await route.fulfill({ json: ids.filter((id) => !id.startsWith('comparisons')) });
    });
    await page.evaluate(() => {
      location.hash = 'v=compare&run=anycast-bfd&vs=geo-dns&t=135';
    });
    await expect
      .poll(() => page.locator('.compare-head').textContent())
      .toMatch(/No verdict[^]*anycast[^]*--baseline geo-dns/);
    await page.getByRole('button', { name: 'Compare with it' }).click();
    await untilDrawn(page);
    await expect.poll(() => addressState(page.url())['vs']).toBe('anycast');
    expect(await page.locator('.compare-head').textContent()).toMatch(/Baseline\s+anycast\./);
    await close();
  });
});

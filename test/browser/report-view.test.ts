import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { THEMES } from './dashboard-page.ts';
import { addressState, useDashboard } from './flagship-view.ts';
import { untilDrawn } from './until-drawn.ts';

const dashboard = useDashboard();

describe('report', () => {
  it.each(THEMES)('puts thresholds first and says what they rest on, %s', async (theme) => {
    const { page, problems, close } = await dashboard.open({ state: 'v=report', theme });
    expect(await page.locator('.gate h2').textContent()).toMatch(/Undecided: 6 of 6 inconclusive/);
    const titles = await page.locator('.report-section h3').allTextContents();
    expect(titles).toEqual([
      'Thresholds',
      'Against anycast',
      'Order',
      'Results',
      'Around events: anycast',
      'By entity: anycast',
      'How it was measured',
      'Limits',
    ]);
    const facts = (await page.locator('#report-run').textContent()) ?? '';
    expect(facts).toMatch(/seed\s*20240601[^]*replications\s*3[^]*warm-up before it\s*0:01:00/);
    expect(facts).toMatch(/anycastle\s*\d+\.\d+\.\d+/);
    expect(await page.locator('#report-limits').textContent()).toMatch(/need 10/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it('copies a table as Markdown', async () => {
    const { page, close } = await dashboard.open({ state: 'v=report', isNew: true });
    await page.evaluate(() => {
      const keep = async (text: string): Promise<void> => {
        document.body.dataset['copied'] = text;
      };
      const copied = { writeText: keep };
      Object.defineProperty(navigator, 'clipboard', { value: copied });
    });
    await page.locator('#report-thresholds .copy-button').click();
    const copy = () => page.evaluate(() => document.body.dataset['copied'] ?? '');
    await expect.poll(copy).toMatch(/^\| threshold \| anycast-bfd \(gate\) \|/);
    const lines = (await copy()).trim().split('\n');
    // A heading, the line under it, six thresholds.
    expect(lines).toHaveLength(8);
    expect(lines[2]).toMatch(/^\| availability >= 99% \| \? 9\d/);
    await close();
  });

  it('lists entities by kind, in the link; a POP leads to its view', async () => {
    const { page, close } = await dashboard.open({ state: 'v=report' });
    await page.getByRole('button', { name: 'links', exact: true }).click();
    await expect.poll(() => addressState(page.url())['rows']).toBe('links');
    expect(await page.locator('#report-entities tbody tr').count()).toBe(41);
    await page.getByRole('button', { name: 'POPs', exact: true }).click();
    await page
      .locator('#report-entities')
      .getByRole('button', { name: 'fra', exact: true })
      .click();
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/fra');
    expect(addressState(page.url())['v']).toBe('pop');
    await close();
  });

  it('shows every metric when asked, and all figures in its table twin', async () => {
    const { page, close } = await dashboard.open({ state: 'v=report' });
    const rows = page.locator('#report-figures tbody tr');
    const few = await rows.count();
    await page.getByRole('button', { name: 'All metrics' }).click();
    expect(await rows.count()).toBeGreaterThan(few + 20);
    await page.keyboard.press('Shift+T');
    await untilDrawn(page);
    expect(await page.locator('.figures tbody tr').count()).toBeGreaterThan(100);
    await close();
  });
});

import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { addressState, useDashboard } from './flagship-view.ts';
import { textsOutside } from './inside-window.ts';
import { untilDrawn } from './until-drawn.ts';

const dashboard = useDashboard();

describe('requests', () => {
  it('are listed as sent; the first one is shown step by step, with the reasons', async () => {
    const { page, problems, close } = await dashboard.open({ state: 'v=requests&run=anycast' });
    expect(await page.locator('.request-row').count()).toBeGreaterThan(10);
    const kinds = await page.locator('.waterfall-kind').allTextContents();
    expect(kinds.map((kind) => kind.trim().split(/\s/)[0])).toEqual(
      expect.arrayContaining(['request', 'service', 'transfer']),
    );
    expect(await page.locator('.attempt-why dd').first().textContent()).toMatch(
      /anycast: clients of/,
    );
    expect(await page.locator('.attempt-why dd').nth(1).textContent()).toMatch(/round-robin from/);
    expect(problems).toEqual([]);
    await close();
  });

  it('are filtered by words and by buttons, and the address keeps it', async () => {
    const { page, close } = await dashboard.open({ state: 'v=requests&run=anycast' });
    const count = () => page.locator('.requests-count span').textContent();
    const all = Number((await count())!.split(' of ')[1]);
    await page.getByLabel('Filter requests').fill('timeout pop:fra');
    await expect.poll(() => addressState(page.url())['q']).toBe('timeout pop:fra');
    const some = Number((await count())!.split(' of ')[0]);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await page.locator('.request-outcome').textContent()).toContain('timeout');
    await page.getByLabel('Filter requests').fill('');
    await page.getByRole('button', { name: /^miss/ }).click();
    await expect.poll(() => addressState(page.url())['q']).toBe('cache:miss');
    await page.getByLabel('Filter requests').fill('no-such-thing');
    await page.getByText('No request matches').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await close();
  });

  it('are sorted, and walked through by keys', async () => {
    const { page, close } = await dashboard.open({ state: 'v=requests&run=anycast' });
    await page.getByLabel('Order').selectOption('slowest');
    await expect.poll(() => addressState(page.url())['order']).toBe('slowest');
    await untilDrawn(page);
    const first = await page
      .locator('.request-row')
      .first()
      .locator('.figure')
      .last()
      .textContent();
    expect(first).toMatch(/^\s*1\d(\.\d)? s\s*$/);
    const list = page.getByRole('listbox');
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => addressState(page.url())['sel']).toMatch(/^request\//);
    const second = addressState(page.url())['sel'];
    await page.keyboard.press('End');
    await expect.poll(() => addressState(page.url())['sel']).not.toBe(second);
    // The last one has been scrolled into view and is the one that the list says is active.
    const chosen = page.locator('.request-row[aria-selected="true"]');
    await chosen.waitFor();
    expect(await list.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await close();
  });

  it('are compared with the same one under the other strategy', async () => {
    const state = 'v=requests&run=anycast&vs=geo-dns&q=timeout';
    const { page, close } = await dashboard.open({ state });
    const names = page.locator('.request-comparison .versus-name');
    await expect.poll(() => names.allTextContents()).toEqual(['anycast', 'geo-dns']);
    await close();
  });

  it('of a failed attempt say what failed, and lead to its POP and its time', async () => {
    const { page, close } = await dashboard.open({ state: 'v=requests&run=anycast&q=timeout' });
    const failures = await page.locator('.attempt-failure').allTextContents();
    expect(failures.length).toBeGreaterThan(0);
    expect(failures[0]).toMatch(/timeout/);
    await page.locator('.request-seek').click();
    await expect.poll(() => Number(addressState(page.url())['t'])).toBeGreaterThan(60);
    await page.locator('.request-route .link-button').first().click();
    await expect.poll(() => addressState(page.url())).toMatchObject({ v: 'pop', sel: 'pop/fra' });
    await close();
  });

  it('are a table with every reason', async () => {
    const { page, close } = await dashboard.open({
      state: 'v=requests&run=anycast&q=timeout&table=1',
    });
    await untilDrawn(page);
    const reasons = page.locator('.figures tbody').getByText(/anycast: clients of/);
    await expect.poll(() => reasons.count()).toBeGreaterThan(0);
    await close();
  });

  it('keep their text within a window of 1024 × 700', async () => {
    const state = 'v=requests&run=anycast&vs=geo-dns&q=timeout';
    const { page, close } = await dashboard.open({ state, width: 1024, height: 700 });
    expect(await textsOutside(page, '.requests-side')).toEqual([]);
    expect(await textsOutside(page, '.requests-detail')).toEqual([]);
    await close();
  });
});

import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import { textsOutside } from './inside-window.ts';
import { LABORATORY } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

describe('inside POPs', () => {
  it('leads from all POPs into one, into a server, and back by the path', async () => {
    const { page, problems, close } = await flagship.open({ state: 'v=pop&run=anycast&t=170' });
    expect(await page.locator('.server-tile').count()).toBe(24);
    // Whatever is in trouble says so, and nothing else does.
    const troubled = page.locator('.server-tile.is-trouble');
    expect(await troubled.locator('.tile-name').allTextContents()).toEqual(['fra']);
    await troubled.dblclick();
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/fra');
    expect(await page.locator('.inside-state strong').textContent()).toBe('down');
    expect(await page.locator('.server-tile').count()).toBe(2);
    await page.locator('.server-tile').nth(1).click();
    await expect.poll(() => addressState(page.url())['sel']).toBe('server/fra/1');
    expect(await page.locator('.crumb-here').textContent()).toBe('1');
    await page.locator('.crumbs').getByRole('button', { name: 'fra' }).click();
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/fra');
    await page.locator('.crumbs').getByRole('button', { name: 'all POPs' }).click();
    await expect.poll(() => addressState(page.url())['sel']).toBeUndefined();
    expect(problems).toEqual([]);
    await close();
  });

  it('says where the users of a dead POP are, and whose users another has', async () => {
    const { page, close } = await flagship.open({ state: 'v=pop&run=anycast&t=170&sel=pop/fra' });
    const moved = page.locator('.inside-list', { hasText: 'Where its users are' });
    const shares = await moved.locator('li .figure').allTextContents();
    const sum = shares.reduce((all, text) => all + Number.parseFloat(text), 0);
    expect(sum).toBeGreaterThan(99);
    expect(sum).toBeLessThan(101);
    const largest = moved.locator('li').first();
    const taker = await largest.locator('button').textContent();
    await largest.locator('button').click();
    await expect.poll(() => addressState(page.url())['sel']).toBe(`pop/${taker!.trim()}`);
    const arriving = page.locator('.inside-list', { hasText: 'Arriving regions' });
    expect(await arriving.locator('h3').textContent()).toMatch(/taken over/);
    expect(await arriving.getByText('from fra').count()).toBeGreaterThan(0);
    await close();
  });

  it('names states as HAProxy does, and what the checks do not see', async () => {
    const states = async (t: number): Promise<string[]> => {
      const { page, close } = await laboratory.open({ state: `v=pop&run=maglev&t=${t}` });
      const words = await page.locator('.server-tile .state-chip').allTextContents();
      const hidden = await page.locator('.tile-truth').allTextContents();
      await close();
      return [
        ...new Set([...words, ...hidden].map((word) => word.replace(/^[\s↘↗✕△]+/, '').trim())),
      ];
    };
    expect(await states(10)).toEqual(['UP']);
    // gen3-7 is slow from 0:30; eight crash at 1:15, noticed within 6 s; they are back at 1:35.
    expect(await states(45)).toEqual(['UP', 'in fact degraded']);
    expect(await states(77)).toEqual(['UP', 'UP going down']);
    expect(await states(90)).toEqual(['UP', 'DOWN']);
    expect(await states(96)).toEqual(['UP', 'DOWN going up']);
  });

  it('is walked through by arrows, Enter and Escape', async () => {
    const { page, close } = await laboratory.open({ state: 'v=pop&run=maglev&t=90' });
    await page.locator('.server-tile[tabindex="0"]').focus();
    const name = () =>
      page.evaluate(() => document.activeElement?.querySelector('bdi')?.textContent);
    await page.keyboard.press('ArrowRight');
    expect(await name()).toBe('gen3-1');
    await page.keyboard.press('ArrowDown');
    // Seven tiles a row at this width.
    expect(await name()).toBe('gen3-8');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['sel']).toBe('server/fra/gen3-8');
    await page.keyboard.press('Escape');
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/fra');
    await close();
  });

  it('has changes of state that lead to their time, and the requests of a server', async () => {
    const state = 'v=pop&run=maglev&sel=server/fra/gen2-3';
    const { page, close } = await laboratory.open({ state });
    const changes = page.locator('.change-list li');
    expect(await changes.locator('.state-chip').allTextContents()).toHaveLength(4);
    await changes.first().getByRole('button').click();
    await expect.poll(() => addressState(page.url())['t']).toBe('75');
    await page.getByRole('button', { name: 'Traced requests that it took' }).click();
    await expect
      .poll(() => addressState(page.url()))
      .toMatchObject({ v: 'requests', q: 'server:fra/gen2-3' });
    await close();
  });

  it.each([
    ['v=pop&run=anycast&t=170', flagship],
    ['v=pop&run=anycast&t=170&sel=pop/fra', flagship],
    ['v=pop&run=maglev&t=45', laboratory],
    ['v=pop&run=maglev&t=45&sel=server/fra/gen3-7', laboratory],
  ])('keeps its text within a window of 1024 × 700: %s', async (state, dashboard) => {
    const { page, close } = await dashboard.open({ state, width: 1024, height: 700 });
    expect(await textsOutside(page, '.inside-page')).toEqual([]);
    expect(await textsOutside(page, '.inside-page .server-tile')).toEqual([]);
    await close();
  });

  it('is a table of servers as well', async () => {
    const { page, close } = await laboratory.open({ state: 'v=pop&run=maglev&t=90&table=1' });
    await untilDrawn(page);
    expect(await page.locator('.figures tbody tr').count()).toBe(24);
    expect(await page.locator('.figures tbody').getByText('DOWN', { exact: true }).count()).toBe(8);
    await close();
  });
});

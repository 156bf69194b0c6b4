import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import type { RunOfTests } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';

/** 64 servers: an autoscaler asks for 20 of them at first, in a crowd for twice as many. */
const SCALED: RunOfTests = {
  scenario: 'autoscale-surge',
  args: ['--only', 'hpa', '--replications', '1'],
};
const dashboard = useDashboard(SCALED);

/** 1:30, before the crowd; 3:30, in it. */
const QUIET = 'run=hpa&t=90';
const CROWDED = 'run=hpa&t=210';

describe('servers that an autoscaler has taken down', () => {
  it('look off in their POP, and say why; fewer do in the crowd', async () => {
    const { page, problems, close } = await dashboard.open({ state: `v=pop&sel=pop/lab&${QUIET}` });
    const off = page.locator('.server-tile.is-off');
    const count = await off.count();
    expect(count).toBeGreaterThanOrEqual(44);
    expect(count).toBeLessThanOrEqual(60);
    expect(await off.first().innerText()).toMatch(/scaled down/);
    expect(await off.first().innerText()).toMatch(/–/);
    expect(await off.first().getAttribute('title')).toMatch(/^scaled down/);
    expect(await page.locator('.server-tile.is-trouble').count()).toBe(0);
    await page
      .getByText(new RegExp(`${count} scaled down`))
      .first()
      .waitFor();
    await page.evaluate((state) => (location.hash = state), `v=pop&sel=pop/lab&${CROWDED}`);
    await expect.poll(() => addressState(page.url())['t']).toBe('210');
    await untilDrawn(page);
    expect(await off.count()).toBeLessThan(count / 2);
    expect(problems).toEqual([]);
    await close();
  });

  it('are told apart in the schematic and its legend, and are in no trouble', async () => {
    const { page, close } = await dashboard.open({ state: `v=schematic&${QUIET}` });
    expect(await page.locator('g.node[aria-label*="scaled down"]').count()).toBeGreaterThan(40);
    expect(await page.locator('g.node.is-trouble').count()).toBe(0);
    expect(await page.locator('.map-legend').innerText()).toMatch(/scaled down/);
    await close();
  });

  it('have no cells in the heat map, and a lane that says when they were up', async () => {
    const { page, close } = await dashboard.open({ state: `v=balancer&${QUIET}` });
    await page.getByText('no cell: scaled down').waitFor();
    const words = await page.locator('.lane .span title').allTextContents();
    expect(words.some((word) => word.startsWith('scaled down'))).toBe(true);
    expect(words.some((word) => word.startsWith('starting'))).toBe(true);
    await close();
  });

  it('count in no utilisation: the POP is as busy as the servers that are up', async () => {
    const { page, close } = await dashboard.open({ state: `v=schematic&table=1&${QUIET}` });
    const rows = await page.locator('table tbody tr').all();
    const cells = await Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
    const pop = cells.find(([, kind]) => kind === 'POP')!;
    const servers = cells.filter(([, kind]) => kind === 'server');
    const off = servers.filter(([, , state]) => state === 'scaled down');
    const up = servers.filter(([, , state]) => state !== 'scaled down');
    expect(off.length).toBeGreaterThanOrEqual(44);
    for (const cell of off) expect(cell[4]).not.toMatch(/\d/);
    const mean = up.reduce((sum, cell) => sum + Number.parseFloat(cell[4]!), 0) / up.length;
    // Servers are kept in buckets of 5 s, the POP in those of 1 s: near, and not a quarter of it.
    expect(Number.parseFloat(pop[4]!)).toBeGreaterThan(0.7 * mean);
    expect(Number.parseFloat(pop[4]!)).toBeLessThan(1.3 * mean);
    await close();
  });
});

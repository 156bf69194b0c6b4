import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import { overlapping, textsOutside } from './inside-window.ts';
import { LABORATORY } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

describe('schematic', () => {
  it('is what a world without places opens with; the map stays where places are', async () => {
    const lab = await laboratory.open({ isNew: true });
    await lab.page.locator('.schematic-svg').waitFor();
    await expect.poll(() => addressState(lab.page.url())['v']).toBe('schematic');
    await lab.page.keyboard.press('1');
    await lab.page.getByText('Nothing to put on a map').waitFor();
    expect(lab.problems).toEqual([]);
    await lab.close();
    const world = await flagship.open({ isNew: true });
    await world.page.locator('.world-map').waitFor();
    await world.close();
  });

  it('draws a laboratory in layers: clients, POP, servers; the dead are crossed out', async () => {
    const { page, close } = await laboratory.open({ state: 'v=schematic&run=maglev&t=90' });
    expect(await page.locator('g.node').count()).toBe(1 + 1 + 24);
    expect(await page.locator('g.edge').count()).toBe(1 + 24);
    expect(await page.locator('g.edge.is-down').count()).toBe(8);
    expect(await page.locator('g.node.is-trouble').count()).toBe(8);
    await close();
  });

  it('draws the flagship as a network, with a dead POP and a cut cable', async () => {
    const { page, problems, close } = await flagship.open({
      state: 'v=schematic&run=anycast&t=170',
    });
    expect(await page.locator('g.node-circle').count()).toBe(24);
    expect(await page.locator('g.node-square').count()).toBe(1);
    expect(await page.locator('g.node.is-trouble').getAttribute('aria-label')).toMatch(/fra.*down/);
    await page.evaluate(() => (location.hash = 'v=schematic&run=anycast&t=430'));
    await untilDrawn(page);
    expect(await page.locator('g.edge.is-down').count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  it('selects by click, goes inside by double click', async () => {
    const { page, close } = await flagship.open({ state: 'v=schematic&run=anycast' });
    const ams = page.locator('g.node[aria-label^="POP ams"] .node-disc');
    await ams.click();
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/ams');
    await ams.dblclick();
    await expect.poll(() => addressState(page.url())).toMatchObject({ v: 'pop', sel: 'pop/ams' });
    await close();
  });

  it('is walked through by arrows; Enter selects, and again goes inside', async () => {
    const { page, close } = await laboratory.open({ state: 'v=schematic&run=maglev' });
    await page.locator('g.node[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['sel']).toMatch(/^server\/fra\//);
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['v']).toBe('pop');
    await close();
  });

  it('is a picture of its own', async () => {
    const { page, close } = await flagship.open({ state: 'v=schematic&run=anycast' });
    await page.keyboard.press('e');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^SVG/ }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    expect(svg).toContain('>fra<');
    expect(/ (class|style)=/.exec(svg)).toBeNull();
    await close();
  });

  it.each([
    ['v=schematic&run=anycast&t=170', flagship, 1024, 700],
    ['v=schematic&run=anycast&t=170', flagship, 1440, 900],
    ['v=schematic&run=maglev&t=90', laboratory, 1024, 700],
    ['v=schematic&run=maglev&t=90', laboratory, 1440, 900],
  ])('has room for its labels: %s, window %#', async (state, dashboard, width, height) => {
    const { page, close } = await dashboard.open({ state, width, height });
    expect(await textsOutside(page, '.schematic')).toEqual([]);
    expect(await overlapping(page, '.schematic .node-label')).toEqual([]);
    await close();
  });
});

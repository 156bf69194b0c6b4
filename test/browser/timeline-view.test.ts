import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from './accessibility.ts';
import { THEMES } from './dashboard-page.ts';
import { addressState, useDashboard } from './flagship-view.ts';
import { untilDrawn } from './until-drawn.ts';

const dashboard = useDashboard();

const TITLES = [
  'Latency',
  'Requests',
  'Failed requests',
  'Hit ratio',
  'Utilisation of POPs',
  'In flight',
];

describe('timeline', () => {
  it.each(THEMES)('draws all panels and flags, accessibly, %s', async (theme) => {
    const { page, problems, close } = await dashboard.open({ state: 'v=timeline', theme });
    const titles = await page.locator('.chart-title').allTextContents();
    expect(titles.map((title) => title.replace(/ *(log|all slots)$/, ''))).toEqual(TITLES);
    expect(await page.locator('.event-flag text').allTextContents()).toEqual([
      'fra-down',
      'fra-drain',
      'cable-cut',
    ]);
    // p50, p95, p99 and the band of p95 of one strategy.
    const latency = page.locator('.time-panel').first();
    expect(await latency.locator('.chart-lines path').count()).toBe(3);
    expect(await latency.locator('.chart-bands path').count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it('restricts everything to what is dragged over; a double click shows all again', async () => {
    const { page, close } = await dashboard.open({ state: 'v=timeline&t=70' });
    const box = (await page.locator('.timeline-brush .overlay').boundingBox())!;
    const at = (share: number) => box.x + share * box.width;
    const y = box.y + 40;
    await page.mouse.move(at(0.25), y);
    await page.mouse.down();
    await page.mouse.move(at(0.5), y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => addressState(page.url())['win']).toBeDefined();
    const [from, until] = addressState(page.url())['win']!.split('-').map(Number);
    // Eight minutes: a quarter is at 120 s, give or take a bucket.
    expect(Math.abs(from! - 120)).toBeLessThanOrEqual(5);
    expect(Math.abs(until! - 240)).toBeLessThanOrEqual(5);
    const ticks = await page.locator('.timeline-axis text').allTextContents();
    expect(ticks[0]).toMatch(/^2:/);
    await page.mouse.dblclick(at(0.5), y);
    await expect.poll(() => addressState(page.url())['win']).toBeUndefined();
    await close();
  });

  it('goes to where it is clicked, and its cursor follows the pointer in all charts', async () => {
    const { page, close } = await dashboard.open({ state: 'v=timeline' });
    const box = (await page.locator('.timeline-brush .overlay').boundingBox())!;
    await page.mouse.move(box.x + box.width / 4, box.y + 40);
    await untilDrawn(page);
    expect(await page.locator('.timeline-cursor text').textContent()).toMatch(/^(1:59|2:00)$/);
    expect(addressState(page.url())['t']).toBeUndefined();
    await page.mouse.click(box.x + box.width / 4, box.y + 40);
    await expect.poll(() => Number(addressState(page.url())['t'])).toBeCloseTo(120, -1);
    await page
      .locator('.event-flag')
      .nth(1)
      .click({ position: { x: 10, y: 8 } });
    await expect.poll(() => addressState(page.url())['t']).toBe('300');
    await close();
  });

  it('draws a second strategy too, what is pinned and what is selected', async () => {
    const state = 'v=timeline&run=anycast&vs=geo-dns&pin=link/fra-ams&sel=pop/ams';
    const { page, close } = await dashboard.open({ state });
    const titles = await page.locator('.chart-title').allTextContents();
    expect(titles.slice(TITLES.length).map((title) => title.replace(/ *one run$/, ''))).toEqual([
      'fra-ams utilisation',
      'ams requests',
      'ams utilisation',
    ]);
    for (const panel of await page.locator('.time-panel').all()) {
      const seconds = panel.locator('.chart-lines .series-2');
      await expect.poll(() => seconds.count()).toBeGreaterThan(0);
    }
    await close();
  });

  it('is a picture of its own, with its colours', async () => {
    const { page, close } = await dashboard.open({ state: 'v=timeline' });
    await page.keyboard.press('e');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^SVG/ }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    expect(svg.slice(0, 5)).toBe('<svg ');
    expect(svg.length).toBeLessThan(100_000);
    const texts = [...TITLES, 'fra-down'];
    expect(texts.filter((text) => !svg.includes(`>${text}<`))).toEqual([]);
    // Lines have the strategy's colour (light theme), without any stylesheet.
    expect(svg.includes('stroke="rgb(11, 92, 173)"')).toBe(true);
    expect(/ (class|style)=/.exec(svg)).toBeNull();
    await close();
  });

  it('is a table as well', async () => {
    const { page, close } = await dashboard.open({ state: 'v=timeline&win=60-120' });
    await page.keyboard.press('Shift+T');
    await untilDrawn(page);
    // A minute in buckets of 5 s.
    expect(await page.locator('.figures tbody tr').count()).toBe(12);
    expect(await page.locator('.figures thead th').first().textContent()).toBe('time (s)');
    expect(await seriousFindings(page)).toEqual([]);
    await close();
  });

  it.each([
    [1024, 700],
    [1440, 900],
  ])('keeps its text within the window at %i × %i', async (width, height) => {
    const state = 'v=timeline&run=anycast&vs=geo-dns&t=140';
    const { page, close } = await dashboard.open({ state, width, height });
    const outside = await page.evaluate(() => {
      const frame = document.querySelector('.timeline-svg')!.getBoundingClientRect();
      return [...document.querySelectorAll('.timeline-svg text')]
        .filter((text) => text.textContent !== '')
        .filter((text) => {
          const { left, right } = text.getBoundingClientRect();
          return left < frame.left - 1 || right > frame.right + 1;
        })
        .map((text) => text.textContent);
    });
    expect(outside).toEqual([]);
    await close();
  });
});

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import { overlapping, textsOutside } from './inside-window.ts';
import { LABORATORY } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

/** The camera is kept to 1/10,000 of the window, here at twice the size. */
const ROUNDED_PX = 1.5;

const cameraIn = (page: Page): readonly number[] | null =>
  addressState(page.url())['sz']?.split(',').map(Number) ?? null;

/** Where a node stands within the drawing, pixels. */
async function placeOf(page: Page, name: string): Promise<readonly [x: number, y: number]> {
  const transform = await page.locator(`g.node[aria-label^="${name}"]`).getAttribute('transform');
  const [, x, y] = /\((.+),(.+)\)/.exec(transform!)!;
  return [Number(x), Number(y)];
}

describe('zoom and pan of the schematic', () => {
  it('is by wheel about the pointer, by drag, and back by 0', async () => {
    const { page, problems, close } = await flagship.open({ state: 'v=schematic&run=anycast' });
    const before = await placeOf(page, 'POP fra');
    const box = (await page.locator('.schematic-svg').boundingBox())!;
    await page.mouse.move(box.x + before[0] + 30, box.y + before[1] + 30);
    await page.mouse.wheel(0, -500);
    await expect.poll(() => cameraIn(page)?.[0]).toBeCloseTo(2, 2);
    await untilDrawn(page);
    const near = await placeOf(page, 'POP fra');
    // 30 px from the pointer are 60 px at twice the size.
    expect(Math.abs(near[0] - (before[0] - 30))).toBeLessThan(ROUNDED_PX);
    expect(Math.abs(near[1] - (before[1] - 30))).toBeLessThan(ROUNDED_PX);
    const selected = addressState(page.url())['sel'];
    await page.mouse.down();
    await page.mouse.move(box.x + before[0] + 80, box.y + before[1] + 30, { steps: 4 });
    await page.mouse.up();
    await untilDrawn(page);
    const dragged = await placeOf(page, 'POP fra');
    expect(Math.abs(dragged[0] - (near[0] + 50))).toBeLessThan(ROUNDED_PX);
    expect(addressState(page.url())['sel']).toBe(selected);
    await page.keyboard.press('0');
    await expect.poll(() => cameraIn(page)).toBeNull();
    expect(await placeOf(page, 'POP fra')).toEqual(before);
    expect(problems).toEqual([]);
    await close();
  });

  it('pinches on a touch pad', async () => {
    const { page, close } = await laboratory.open({ state: 'v=schematic&run=maglev' });
    await page.locator('.schematic-svg').hover();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -20);
    await page.keyboard.up('Control');
    await expect.poll(() => cameraIn(page)?.[0] ?? 1).toBeGreaterThan(1.2);
    await close();
  });

  it('is in the link: the same again in a window of its own', async () => {
    const first = await flagship.open({ state: 'v=schematic&run=anycast' });
    for (const key of ['+', '+', '-', '+', 'W', 'A']) await first.page.keyboard.press(key);
    await expect.poll(() => cameraIn(first.page)?.[0]).toBe(2.25);
    await untilDrawn(first.page);
    const link = new URL(first.page.url()).hash.slice(1);
    const second = await flagship.open({ state: link, isNew: true });
    expect(await placeOf(second.page, 'POP fra')).toEqual(await placeOf(first.page, 'POP fra'));
    await first.close();
    await second.close();
  });

  it('has buttons for the keyboard; what gets the focus by key comes into view', async () => {
    const { page, close } = await laboratory.open({ state: 'v=schematic&run=maglev' });
    const button = (name: RegExp) => page.getByRole('button', { name });
    expect(await button(/^Zoom out/).isDisabled()).toBe(true);
    for (let press = 0; press < 5; press++) {
      await button(/^Zoom in/).focus();
      await page.keyboard.press('Enter');
    }
    await page.locator('g.node[tabindex="0"]').focus();
    for (const key of ['ArrowRight', ...Array.from({ length: 8 }, () => 'ArrowUp')]) {
      await page.keyboard.press(key);
      await untilDrawn(page);
      const focused = (await page.locator('g.node:focus .node-disc').boundingBox())!;
      const window = (await page.locator('.schematic-svg').boundingBox())!;
      expect(focused.x + focused.width / 2).toBeGreaterThan(window.x);
      expect(focused.x + focused.width / 2).toBeLessThan(window.x + window.width);
      expect(focused.y + focused.height / 2).toBeGreaterThan(window.y);
      expect(focused.y + focused.height / 2).toBeLessThan(window.y + window.height);
    }
    await button(/^Show all/).click();
    await expect.poll(() => cameraIn(page)).toBeNull();
    await close();
  });

  it.each([
    ['network', flagship, 'v=schematic&run=anycast&t=170', 'POP ams'],
    ['laboratory', laboratory, 'v=schematic&run=maglev&t=90', 'server gen3-9'],
  ])('keeps labels whole, apart, as large: %s', async (_, dashboard, state, centre) => {
    const { page, close } = await dashboard.open({ state });
    const [x, y] = await placeOf(page, centre);
    const window = (await page.locator('.schematic-svg').boundingBox())!;
    for (const zoom of [1.5, 3, 8]) {
      const camera = `${zoom},${x / window.width},${y / window.height}`;
      await page.evaluate((hash) => (location.hash = hash), `${state}&sz=${camera}`);
      await untilDrawn(page);
      const label = page.locator(`g.node[aria-label^="${centre}"] .node-label`);
      expect(await label.textContent(), camera).not.toBe('');
      expect(await label.evaluate((one) => getComputedStyle(one).fontSize)).toBe('11.5px');
      // Signs in nodes at the edge are cut with them.
      const cut = (await textsOutside(page, '.schematic')).filter((text) => text.length > 1);
      expect(cut, camera).toEqual([]);
      expect(await overlapping(page, '.schematic .node-label'), camera).toEqual([]);
    }
    await close();
  });
});

it('the map zooms and pans by the same keys and buttons', async () => {
  const { page, close } = await flagship.open({ state: 'v=map&run=anycast' });
  const zoom = () => Number(addressState(page.url())['z']?.split(',')[0] ?? 1);
  await page.keyboard.press('+');
  await expect.poll(zoom).toBe(1.5);
  await page.getByRole('button', { name: /^Zoom in/ }).click();
  await expect.poll(zoom).toBe(2.25);
  const before = addressState(page.url())['z'];
  await page.keyboard.press('D');
  await expect.poll(() => addressState(page.url())['z']).not.toBe(before);
  expect(zoom()).toBe(2.25);
  await page.getByRole('button', { name: /^Show all/ }).click();
  await expect.poll(zoom).toBe(1);
  await close();
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import { overlapping, textsOutside } from './inside-window.ts';
import { LABORATORY } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

describe('balancer', () => {
  it('has a row a server, a lane a server that changed, a bar each time keys moved', async () => {
    const { page, problems, close } = await laboratory.open({
      state: 'v=balancer&run=maglev&t=90',
    });
    expect(await page.locator('g.row').count()).toBe(24);
    expect(await page.locator('g.lane').count()).toBe(8);
    // Eight servers go, eight come back.
    expect(await page.locator('.key-move').count()).toBe(16);
    expect(await page.locator('.chart-events text').allTextContents()).toEqual(['slow', 'crash']);
    expect(await page.locator('.balancer-policy').textContent()).toContain('maglev');
    expect(problems).toEqual([]);
    await close();
  });

  it('has no bars where the policy hashes no keys', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&run=two-choices&t=90' });
    expect(await page.locator('g.row').count()).toBe(24);
    expect(await page.locator('.key-move').count()).toBe(0);
    await close();
  });

  it('shows other loads, and the address says which', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&run=maglev' });
    const cells = () =>
      page
        .locator('.heat-cells')
        .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
    const before = await cells();
    await page.getByLabel('cells').selectOption('in_flight');
    await expect.poll(() => addressState(page.url())['load']).toBe('in_flight');
    await untilDrawn(page);
    expect(await cells()).not.toEqual(before);
    await close();
  });

  it('shows the servers of one POP, or of all', async () => {
    const { page, close } = await flagship.open({ state: 'v=balancer&run=anycast' });
    expect(await page.locator('g.row').count()).toBe(36);
    await page.locator('.balancer-controls select').first().selectOption('iad');
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/iad');
    expect(await page.locator('g.row').count()).toBe(4);
    await close();
  });

  it('restricts the window by a drag, shows a card, goes where it is clicked', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&run=maglev' });
    const box = (await page.locator('.time-canvas').boundingBox())!;
    const [left, right] = [box.x + 108, box.x + box.width - 18];
    const at = (t: number): number => left + (t / 120) * (right - left);
    const y = box.y + 60;
    await page.mouse.move(at(45), y);
    expect(await page.locator('.tooltip').textContent()).toMatch(/fra\/gen3-3.*utilisation/s);
    await page.mouse.click(at(45), y);
    await expect.poll(() => Number(addressState(page.url())['t'])).toBeCloseTo(45, 0);
    await page.mouse.move(at(60), y);
    await page.mouse.down();
    await page.mouse.move(at(100), y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => addressState(page.url())['win']).toBe('60-100');
    await page.mouse.dblclick(at(60), y);
    await expect.poll(() => addressState(page.url())['win']).toBeUndefined();
    await close();
  });

  it('leads into a server by keys', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&run=maglev&t=90' });
    await page.locator('g.row[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => addressState(page.url()))
      .toMatchObject({ v: 'pop', sel: 'server/fra/gen3-1' });
    await close();
  });

  it('is a picture of its own', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&run=maglev' });
    await page.keyboard.press('e');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^SVG/ }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    expect(svg.slice(0, 5)).toBe('<svg ');
    expect(svg).toContain('gen3-7');
    expect(/ (class|style)=/.exec(svg)).toBeNull();
    await close();
  });

  it.each([
    [1024, 700],
    [1440, 900],
  ])('covers nothing and clips nothing at %i × %i', async (width, height) => {
    const state = 'v=balancer&run=maglev&t=90';
    const { page, close } = await laboratory.open({ state, width, height });
    expect(await textsOutside(page, '.balancer')).toEqual([]);
    expect(await overlapping(page, '.balancer-head h2, .balancer-head dd, .picker')).toEqual([]);
    expect(await overlapping(page, '.heat-labels .row-label')).toEqual([]);
    await close();
  });

  it('says so when every server is hidden', async () => {
    const { page, close } = await laboratory.open({ state: 'v=balancer&hide=*' });
    await page.getByText('No servers', { exact: true }).waitFor();
    await close();
  });
});

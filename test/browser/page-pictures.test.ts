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

/** A picture as the page draws it at its own size, half of that of a PNG. */
async function drawnIn(page: DashboardPage['page'], picture: Buffer | string): Promise<PNG> {
  const isSvg = typeof picture === 'string';
  const data = Buffer.from(picture).toString('base64');
  const address = `data:image/${isSvg ? 'svg+xml' : 'png'};base64,${data}`;
  const drawn = await page.evaluate(
    async ({ source, scale }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth * scale;
      canvas.height = image.naturalHeight * scale;
      canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/png');
    },
    { source: address, scale: isSvg ? 1 : 0.5 },
  );
  return PNG.sync.read(Buffer.from(drawn.slice(drawn.indexOf(',') + 1), 'base64'));
}

/** Mean difference of the green channel, 0 … 255, where both have a pixel. */
function differenceOf(a: PNG, b: PNG): number {
  const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum += Math.abs(a.data[4 * (y * a.width + x) + 1]! - b.data[4 * (y * b.width + x) + 1]!);
    }
  }
  return sum / (width * height);
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

  it('have the font of the page as PNG', async () => {
    const { page, close } = await laboratory.open({ state: 'v=pop&run=maglev&t=85&sel=pop/fra' });
    const slot = page.locator('.view-slot');
    const shown = PNG.sync.read(await slot.screenshot());
    const png = await saved(page, 'PNG');
    const svg = (await saved(page, 'SVG')).toString('utf8');
    expect(svg).not.toContain('font-family="sans-serif"');
    const other = await drawnIn(page, svg.replaceAll('Inter, sans-serif', 'sans-serif'));
    const own = differenceOf(shown, await drawnIn(page, png));
    // 4.1 against 5.7 when it was written: what remains are baselines and edges.
    expect(own).toBeLessThan(0.85 * differenceOf(shown, other));
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

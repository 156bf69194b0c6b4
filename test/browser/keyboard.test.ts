import { describe, expect, it } from 'vitest';
import { KEY_BINDINGS } from '../../viz/keys.ts';
import type { DashboardPage } from './dashboard-page.ts';
import { addressState, useDashboard } from './flagship-view.ts';
import { untilDrawn } from './until-drawn.ts';
import { VIEWS } from './views.ts';

const dashboard = useDashboard();
type Page = DashboardPage['page'];

/** A key and what the address says after it, starting from `START`; undefined = left out. */
const START = 'v=map&run=anycast&vs=geo-dns&t=170&sel=pop/fra';
const IN_THE_ADDRESS: readonly (readonly [
  key: string,
  after: Readonly<Record<string, string | undefined>>,
])[] = [
  ['ArrowRight', { t: '171' }],
  ['ArrowLeft', { t: '169' }],
  // Events: fra-down at 60 s, fra-drain at 300 s, cable-cut later.
  ['Shift+ArrowRight', { t: '300' }],
  ['Shift+ArrowLeft', { t: '60' }],
  ['.', { t: '300' }],
  [',', { t: '60' }],
  ['Home', { t: undefined }],
  ['End', { t: '480' }],
  ['[', { speed: '4' }],
  [']', { speed: '30' }],
  // Half of eight minutes about 170 s; all but all again.
  ['w', { win: '50-290' }],
  ['c', { v: 'compare' }],
  ['x', { run: 'geo-dns', vs: 'anycast' }],
  ['v', { diff: '1' }],
  ['Shift+T', { table: '1' }],
  ['p', { pin: 'pop/fra' }],
  ['l', { labels: '0' }],
  ['t', { theme: 'dark' }],
];

describe('keys', () => {
  it.each(VIEWS.map((view, i) => [String(i + 1), view]))('%s shows %s', async (key, view) => {
    const { page, close } = await dashboard.open({ state: key === '1' ? 'v=report' : '' });
    await page.keyboard.press(key);
    await expect.poll(() => addressState(page.url())['v']).toBe(view);
    await page.locator(`.view-${view}`).waitFor();
    await close();
  });

  it('that change the address say what they say', async () => {
    const { page, close } = await dashboard.open({ state: START, isNew: true });
    for (const [key, after] of IN_THE_ADDRESS) {
      await page.evaluate((hash) => (location.hash = hash), START);
      await untilDrawn(page);
      await page.keyboard.press(key);
      for (const [name, value] of Object.entries(after)) {
        await expect.poll(() => addressState(page.url())[name], { message: key }).toBe(value);
      }
    }
    await close();
  });

  it('Escape hides the captions of the story, then clears the selection', async () => {
    const { page, close } = await dashboard.open({ state: START, isNew: true });
    await page.locator('.caption').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.caption').waitFor({ state: 'detached' });
    expect(addressState(page.url())['sel']).toBe('pop/fra');
    await page.keyboard.press('Escape');
    await expect.poll(() => addressState(page.url())['sel']).toBeUndefined();
    await close();
  });

  it('zoom in on time and out, move along it, and 0 shows all', async () => {
    const { page, close } = await dashboard.open({ state: `${START}&z=3,50,8` });
    const presses = async (key: string, window: string | undefined) => {
      await page.keyboard.press(key);
      await expect.poll(() => addressState(page.url())['win'], { message: key }).toBe(window);
    };
    await presses('w', '50-290');
    await presses('w', '110-230');
    await presses('d', '140-260');
    await presses('a', '110-230');
    await presses('s', '50-290');
    await presses('0', undefined);
    expect(addressState(page.url())['z']).toBeUndefined();
    await close();
  });

  it('zoom in on places and out, and look around', async () => {
    const { page, close } = await dashboard.open({ state: 'v=map&run=anycast&z=2,20,10' });
    const camera = (): number[] => (addressState(page.url())['z'] ?? '').split(',').map(Number);
    const presses = async (key: string, part: 0 | 1 | 2, sign: 1 | -1) => {
      const before = camera()[part]!;
      await page.keyboard.press(key);
      const change = (): number => Math.sign(camera()[part]! - before);
      await expect.poll(change, { message: key }).toBe(sign);
    };
    await presses('+', 0, 1);
    await presses('-', 0, -1);
    await presses('W', 1, 1);
    await presses('S', 1, -1);
    await presses('A', 2, -1);
    await presses('D', 2, 1);
    await close();
  });

  it('Space plays and pauses', async () => {
    const { page, close } = await dashboard.open({ state: `${START}&speed=1` });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const clock = page.locator('.clock-now');
    const shown = await clock.textContent();
    await expect.poll(() => clock.textContent()).not.toBe(shown);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' });
    await expect.poll(() => Number(addressState(page.url())['t'])).toBeGreaterThan(170);
    // The address follows a moment later; then nothing moves.
    const isStill = async (): Promise<boolean> => {
      const before = addressState(page.url())['t'];
      await page.waitForTimeout(500);
      return addressState(page.url())['t'] === before;
    };
    await expect.poll(isStill).toBe(true);
    await close();
  });

  it('open the palette, with or without a command, the export and the list of keys', async () => {
    const { page, close } = await dashboard.open({ state: START });
    const opens = async (key: string, name: string, value?: string) => {
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog', { name });
      await dialog.waitFor();
      if (value !== undefined) expect(await dialog.locator('input').inputValue()).toBe(value);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    };
    await opens('f', 'Command palette', '');
    await opens('h', 'Command palette', 'hide ');
    await opens('Control+k', 'Command palette', '');
    await opens('Meta+k', 'Command palette', '');
    await opens('e', 'Export');
    await opens('?', 'Keys');
    // None of them closed what was selected.
    expect(addressState(page.url())['sel']).toBe('pop/fra');
    await close();
  });

  it('are all in the list of keys, and all of them are tested here', async () => {
    const { page, close } = await dashboard.open({ state: START });
    await page.keyboard.press('?');
    const rows = await page.locator('.key-row').count();
    expect(rows).toBe(KEY_BINDINGS.length + VIEWS.length);
    const places = ['+', '-', 'W', 'A', 'S', 'D'];
    const elsewhere = ['Space', 's', 'a', 'd', '0', 'f', 'h', 'e', '?', 'Mod+k', 'Escape'];
    const tested = [
      ...IN_THE_ADDRESS.map(([key]) => (key === 'Shift+T' ? 'T' : key)),
      ...places,
      ...elsewhere,
    ];
    expect(tested.sort()).toEqual(KEY_BINDINGS.map(({ key }) => key).sort());
    await close();
  });
});

describe('without a mouse', () => {
  it('leads from the map to a POP, to its servers, to one, to Compare, and back', async () => {
    const { page, close } = await dashboard.open({ state: 'v=map&run=anycast&t=170', isNew: true });
    await tabTo(page, '.pop');
    expect(await focusRing(page)).toBeGreaterThanOrEqual(2);
    const before = await focusedName(page);
    await page.keyboard.press('ArrowRight');
    expect(await focusedName(page)).not.toBe(before);
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['sel']).toMatch(/^pop\/\w+$/);
    const pop = addressState(page.url())['sel']!.slice('pop/'.length);

    await page.keyboard.press('5');
    await page.locator('.server-tile').first().waitFor();
    await tabTo(page, '.server-tile');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['sel']).toMatch(`server/${pop}/`);
    await page.keyboard.press('Escape');
    await expect.poll(() => addressState(page.url())['sel']).toBe(`pop/${pop}`);

    await page.keyboard.press('c');
    await expect.poll(() => addressState(page.url())['v']).toBe('compare');
    expect(addressState(page.url())['vs']).toBeDefined();
    await page.keyboard.press('c');
    await expect.poll(() => addressState(page.url())['v']).toBe('map');
    expect(addressState(page.url())['sel']).toBe(`pop/${pop}`);
    await close();
  });

  it('finds a POP by its name', async () => {
    const { page, close } = await dashboard.open({ state: 'v=map' });
    await page.keyboard.press('f');
    await page.keyboard.type('frankf');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressState(page.url())['sel']).toBe('pop/fra');
    await close();
  });
});

/** Presses Tab until what has the focus matches; fails after a page full of stops. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.closest(wanted) !== null,
      selector,
    );
    if (isThere) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

const focusedName = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

/** Width of the outline or stroke that shows the focus, pixels. */
const focusRing = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const focused = document.activeElement!;
    const widths = [focused, ...focused.querySelectorAll('*')].flatMap((element) => {
      const { outlineStyle, outlineWidth, stroke, strokeWidth, opacity } =
        getComputedStyle(element);
      const outline = outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
      const isDrawn = element instanceof SVGElement && stroke !== 'none' && opacity !== '0';
      return [outline, isDrawn ? Number.parseFloat(strokeWidth) : 0];
    });
    return Math.max(...widths);
  });

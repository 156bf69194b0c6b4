/**
 * Takes the pictures of the README from a real run of the flagship, in both themes, into
 * `docs/images/NAME-THEME.png`:
 *
 *     npm run screenshots                 runs pop-failure (minutes), or takes the stored results
 *     npm run screenshots -- out/mine     another results folder of pop-failure
 *
 * Needs `npm run build` before. Look at every picture before it is committed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../../test/browser/browser.ts';
import { openDashboard, startView, THEMES } from '../../test/browser/dashboard-page.ts';
import { resultFolder } from '../../test/browser/result-folder.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');

interface Picture {
  readonly name: string;
  /** The address after `#`. */
  readonly state: string;
  readonly width?: number;
  readonly height?: number;
}

/** Frankfurt fails at 1:00; by 2:50 the hold timer has run out and its users are elsewhere. */
const PICTURES: readonly Picture[] = [
  { name: 'map', state: 'v=map&run=anycast&t=170&sel=pop/fra' },
  { name: 'black-hole', state: 'v=map&run=anycast&t=100&sel=pop/fra&z=4,50,9' },
  { name: 'compare', state: 'v=compare&run=anycast&vs=anycast-bfd&t=100' },
  { name: 'timeline', state: 'v=timeline&run=anycast&t=170' },
  { name: 'pop', state: 'v=pop&run=anycast&t=170&sel=pop/arn' },
  { name: 'report', state: 'v=report&run=anycast-bfd' },
];

const [given] = process.argv.slice(2);
const folder = given ?? (await resultFolder({ scenario: 'pop-failure', args: [] }));
const browser = await launchBrowser();
const view = await startView(resolve(folder));
try {
  mkdirSync(IMAGES, { recursive: true });
  for (const { name, state, width = 1440, height = 900 } of PICTURES) {
    for (const theme of THEMES) {
      const options = { state, theme, width, height, isMotionReduced: true };
      const { page, problems, close } = await openDashboard(browser, view.url, options);
      if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
      const file = join(IMAGES, `${name}-${theme}.png`);
      writeFileSync(file, await page.screenshot({ animations: 'disabled' }));
      process.stderr.write(`${file}\n`);
      await close();
    }
  }
} finally {
  await view.stop();
  await browser.close();
}

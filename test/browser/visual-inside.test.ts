import { describe, it } from 'vitest';
import { THEMES } from './dashboard-page.ts';
import { useDashboard } from './flagship-view.ts';
import { LABORATORY } from './result-folder.ts';
import { expectScreenshot } from './screenshot.ts';

const flagship = useDashboard();
const laboratory = useDashboard(LABORATORY);

/** By name of the committed picture; the address after `#`. */
const STATES = [
  // Frankfurt is dead and its users are with others.
  ['pop-dead', flagship, 'v=pop&run=anycast&t=170&sel=pop/fra'],
  ['schematic-network', flagship, 'v=schematic&run=anycast&t=170'],
  ['requests-timeout', flagship, 'v=requests&run=anycast&vs=geo-dns&t=170&q=timeout'],
  // Eight of 24 servers are dead, and the checks know.
  ['pop-servers', laboratory, 'v=pop&run=maglev&t=90'],
  ['balancer-maglev', laboratory, 'v=balancer&run=maglev&t=90'],
  ['schematic-lab', laboratory, 'v=schematic&run=maglev&t=90'],
] as const;

describe.each(THEMES)('looks as committed, %s', (theme) => {
  it.each(STATES)('%s', async (name, dashboard, state) => {
    const options = { state, theme, width: 1280, height: 800, isMotionReduced: true };
    const { page, close } = await dashboard.open(options);
    // Captions lie over every view; the map's pictures have them.
    const caption = page.getByRole('button', { name: 'Hide captions (Esc)' });
    if ((await caption.count()) > 0) await caption.click();
    await page.mouse.move(0, 0);
    await expectScreenshot(page, `${name}-${theme}`);
    await close();
  });
});

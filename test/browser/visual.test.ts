import { describe, it } from 'vitest';
import { THEMES } from './dashboard-page.ts';
import { expectScreenshot } from './screenshot.ts';
import { useDashboard } from './flagship-view.ts';

const dashboard = useDashboard();

/** By name of the committed picture; the address after `#`. */
const STATES: readonly (readonly [name: string, state: string])[] = [
  // 1:40: Frankfurt is dead, its regions still point at it. 2:50: they have moved.
  ['map-black-hole', 'v=map&run=anycast&t=100'],
  ['map-moved', 'v=map&run=anycast&t=170&sel=pop/fra'],
  ['timeline', 'v=timeline&run=anycast&vs=geo-dns&t=140'],
  // 2:30: with DNS two thirds of Frankfurt's users have gone, with anycast the first are going.
  ['compare', 'v=compare&run=anycast&vs=geo-dns&t=150'],
  ['compare-difference', 'v=compare&run=anycast-bfd&vs=anycast&t=110&diff=1'],
  ['report', 'v=report&run=anycast'],
];

describe.each(THEMES)('looks as committed, %s', (theme) => {
  it.each(STATES)('%s', async (name, state) => {
    const options = { state, theme, width: 1280, height: 800, isMotionReduced: true };
    const { page, close } = await dashboard.open(options);
    await expectScreenshot(page, `${name}-${theme}`);
    await close();
  });
});

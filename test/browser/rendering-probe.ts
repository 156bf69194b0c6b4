import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';

/**
 * Whether this machine draws text and curves as the one on which the screenshots were taken. The
 * browser is pinned, but what its own font lacks (signs, code) comes from the machine's fonts, and
 * curves are rounded by its processor. Where the probe differs, pictures of pages would differ for
 * reasons that are not ours.
 */
const COMMITTED = resolve(import.meta.dirname, 'screenshots', 'probe.png');

const PROBE = `<!doctype html><meta charset="utf-8">
<body style="margin:0;background:#fff;font:16px sans-serif">
<p>Hamburgefonstiv 0123456789 ±µ→≤≈ ✕ ◐ △ ✓ ✗ ⚑ ● ○ ▸ ‹ › « » ∅</p>
<p style="font-family:monospace">f784e23840dfe1e1 npx anycastle run</p>
<p style="font-family:system-ui;font-weight:600">Hamburgefonstiv 0123456789</p>
<svg width="300" height="80"><circle cx="40" cy="40" r="31.3" fill="#0072b2"/>
<path d="M90 70C140-20 190 90 280 9" fill="none" stroke="#d55e00" stroke-width="2.3"/></svg>`;

const known = new WeakMap<Browser, Promise<boolean>>();

export function drawsAsCommitted(browser: Browser): Promise<boolean> {
  let answer = known.get(browser);
  if (answer === undefined) known.set(browser, (answer = compare(browser)));
  return answer;
}

async function compare(browser: Browser): Promise<boolean> {
  const page = await browser.newPage({ viewport: { width: 640, height: 260 } });
  await page.setContent(PROBE);
  const drawn = await page.screenshot();
  await page.close();
  if (process.env['UPDATE_SCREENSHOTS'] === '1') writeFileSync(COMMITTED, drawn);
  const isSame = existsSync(COMMITTED) && readFileSync(COMMITTED).equals(drawn);
  if (!isSame) {
    process.stderr.write('screenshots are not compared: this machine draws text otherwise\n');
  }
  return isSame;
}

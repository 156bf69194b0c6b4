/**
 * Budgets of the dashboard, tier by tier (worlds drawn by `scripts/viz/write-synthetic.ts`), in a
 * headless Chromium without a graphics card: the software renderer decides how far frames are
 * apart, the page decides how much script a frame takes. Script is counted in processor time, all
 * else in wall time, which other programs on the machine stretch. `QUICK=1` plays 4 s instead of
 * 20 s; `TIERS=SM` measures only these.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../test/browser/browser.ts';
import { ensureDashboardBuilt } from '../test/browser/built-dashboard.ts';
import { startView } from '../test/browser/dashboard-page.ts';
import { ensureBuilt, runCli } from '../test/cli/cli-process.ts';
import { firstPaint, measureTier, openProbed } from './dashboard/measure-tier.ts';
import { quantile, row, share, type Row } from './dashboard/rows.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PLAY_SECONDS = process.env['QUICK'] === undefined ? 20 : 4;
/** How much of a story: an hour and a half is what the resident level is reckoned for. */
const STORY_SECONDS = process.env['QUICK'] === undefined ? 5400 : 900;
const MIB = 1024 * 1024;

/** Frame script p95 during playback, and of one step of the scrubber, ms. */
const TARGETS = {
  S: { frameMs: 4, scrubMs: 50, gapMs: 1000 / 60 },
  M: { frameMs: 8, scrubMs: 50, gapMs: 1000 / 60 },
  L: { frameMs: 1000 / 30, scrubMs: 50, gapMs: 1000 / 30 },
} as const;
type Tier = keyof typeof TARGETS;

const isLong = (ms: number): boolean => ms > 50;

function sizes(): Row[] {
  const zipped = (name: string): number =>
    gzipSync(readFileSync(join(ROOT, 'dist/viz', name)), { level: 9 }).length / 1024;
  return [
    row('JS, gzip', zipped('dashboard.js') + zipped('decode-worker.js'), 'KiB', 250),
    row('engine of the playground, gzip (on demand)', zipped('engine-worker.js'), 'KiB', null),
  ];
}

async function measure(tier: Tier, browser: Browser, scratch: string): Promise<Row[]> {
  const folder = join(scratch, tier);
  const script = resolve(ROOT, 'scripts/viz/write-synthetic.ts');
  const args = [...process.execArgv, script, tier, folder, String(STORY_SECONDS)];
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) {
    throw new Error(`no world of tier ${tier}`);
  }
  const view = await startView(folder);
  try {
    const measured = await measureTier(browser, view.url, PLAY_SECONDS);
    const { served, playback, costs, scrubMs, heapBytes, heapGrowthBytes } = measured;
    const target = TARGETS[tier];
    const late = playback.frameGapMs.filter((gap) => gap > 1.5 * target.gapMs).length;
    const isM = tier === 'M';
    return [
      row('script a frame, p50', quantile(costs.scriptMs, 0.5), 'ms', null),
      row('script a frame, p95', quantile(costs.scriptMs, 0.95), 'ms', target.frameMs),
      row('canvases a frame, p95 (renderer)', quantile(costs.renderMs, 0.95), 'ms', null),
      row('tasks over 50 ms of processor time', costs.taskMs.filter(isLong).length, '', 0),
      row('script a step of the scrubber, p95', quantile(scrubMs, 0.95), 'ms', target.scrubMs),
      row('gap between frames, p50 (renderer)', quantile(playback.frameGapMs, 0.5), 'ms', null),
      row('frames late (renderer)', share(late, playback.frameGapMs.length), '%', null),
      row('heap after playback', heapBytes / MIB, 'MiB', isM ? 300 : null),
      row('grown during playback', heapGrowthBytes / MIB, 'MiB', isM ? 5 : null),
      row('served: first paint', served.paintMs, 'ms', isM ? 1000 : null),
      row('served: interactive', served.interactiveMs, 'ms', isM ? 1500 : null),
      ...(isM ? await fromDisk(browser, folder, scratch) : []),
    ];
  } finally {
    await view.stop();
  }
}

async function fromDisk(browser: Browser, folder: string, scratch: string): Promise<Row[]> {
  const file = join(scratch, 'report.html');
  const { exitCode, stderr } = await runCli(['view', folder, '--export', file], scratch);
  if (exitCode !== 0) throw new Error(`no export: ${stderr}`);
  const page = await openProbed(browser, pathToFileURL(file).href);
  const { paintMs, interactiveMs } = await firstPaint(page);
  await page.context().close();
  return [
    row('from disk: first paint', paintMs, 'ms', 1000),
    row('from disk: interactive', interactiveMs, 'ms', 1500),
  ];
}

await ensureBuilt();
await ensureDashboardBuilt();
const scratch = mkdtempSync(join(tmpdir(), 'anycastle-dashboard-bench-'));
const browser = await launchBrowser();
try {
  console.log(`${browser.version()}, headless, software renderer, 1440 × 900`);
  console.log(`${PLAY_SECONDS} s of playback at × 30 of a story of ${STORY_SECONDS} s`);
  for (const line of sizes()) console.log(line.text);
  for (const tier of process.env['TIERS'] ?? 'SML') {
    console.log(`\ntier ${tier}`);
    for (const line of await measure(tier as Tier, browser, scratch)) console.log(line.text);
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}

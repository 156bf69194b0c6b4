import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest, RecordingIndex, Summary } from '../../scenarios/index.ts';
import { runCli } from '../cli/cli-process.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard, startView } from './dashboard-page.ts';
import { HOSTILE_NAMES } from './hostile-payloads.ts';
import { LABORATORY, resultFolder } from './result-folder.ts';
import { untilDrawn } from './until-drawn.ts';
import { VIEWS } from './views.ts';

const ESCAPE = String.fromCharCode(27);
const base = mkdtempSync(join(tmpdir(), 'anycastle-hostile-'));
const folder = join(base, 'results');
let browser: Browser;

beforeAll(async () => {
  [browser] = await Promise.all([
    launchBrowser(),
    resultFolder(LABORATORY).then((real) => cpSync(real, folder, { recursive: true })),
  ]);
  poison();
});
afterAll(async () => {
  await browser?.close();
  rmSync(base, { recursive: true });
});

const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

/** Puts hostile names wherever a file from elsewhere could have them. */
function poison(): void {
  const summary = read<Summary>('summary.json');
  const manifest = read<Manifest>('manifest.json');
  const [first, second] = Object.keys(summary.strategies) as [string, string];
  const servers = Object.values(summary.strategies[first]!.servers);
  const named = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(HOSTILE_NAMES.map((name, i) => [name, values[i % values.length]!]));
  const strategies = Object.entries(summary.strategies).map(([name, one]) => [
    name,
    {
      ...one,
      settings: named(['x']),
      servers: named(servers),
      pops: named(Object.values(one.pops)),
      windows: named(Object.values(one.windows)),
    },
  ]);
  const more = HOSTILE_NAMES.slice(0, 5).map((name) => [name, summary.strategies[second]]);
  const poisoned = {
    ...summary,
    scenario: { ...summary.scenario, name: HOSTILE_NAMES[2] },
    run: { ...summary.run, seed: HOSTILE_NAMES[0] },
    strategies: Object.fromEntries([...strategies, ...more]) as unknown,
    thresholds: HOSTILE_NAMES.map((text) => ({ ...summary.thresholds[0]!, text, entity: text })),
    comparisons: HOSTILE_NAMES.map((during) => ({ ...summary.comparisons[0]!, during })),
    notes: HOSTILE_NAMES,
  };
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(poisoned));

  const path = `timeline/${first}/index.json`;
  const index = read<RecordingIndex>(path);
  const { world } = index;
  const text = JSON.stringify({
    ...index,
    world: {
      ...world,
      pops: world.pops.map((pop) => ({
        ...pop,
        name: HOSTILE_NAMES[11],
        label: HOSTILE_NAMES[15],
      })),
      servers: world.servers.map((server, i) => ({ ...server, name: HOSTILE_NAMES[i] })),
    },
    events: index.events.map((event, i) => ({
      ...event,
      name: HOSTILE_NAMES[i],
      text: HOSTILE_NAMES[i],
    })),
  });
  writeFileSync(join(folder, path), text);
  const story = HOSTILE_NAMES.map((caption, i) => ({ at_s: i / 10, text: caption, show: caption }));
  const sha256 = createHash('sha256').update(text).digest('hex');
  const files = { ...manifest.files, [path]: sha256 };
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...manifest, name: HOSTILE_NAMES[2], story, files }),
  );
}

/** Everything that a reader might open: all views as drawings and tables, dialogs. */
async function lookEverywhere(page: Page): Promise<string[]> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const views = VIEWS.flatMap((_, i) => [String(i + 1), 'Shift+T', 'Shift+T']);
  for (const key of [...views, 'c', 'v', '?', 'Escape', 'e', 'Escape', 'Control+k']) {
    await page.keyboard.press(key);
    await untilDrawn(page);
  }
  return dialogs;
}

describe('D-7: hostile names', () => {
  it('are 200', () => expect(HOSTILE_NAMES).toHaveLength(200));

  it('are inert in the served page', async () => {
    const view = await startView(folder);
    const { page, problems, close } = await openDashboard(browser, view.url);
    expect(await lookEverywhere(page)).toEqual([]);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.evaluate(() => document.querySelectorAll('script').length)).toBe(1);
    // A violation of the policy would mean that markup of a name got into the page.
    expect(problems.filter((text) => /Content Security|Refused/.test(text))).toEqual([]);
    await close();
    await view.stop();
  });

  it('are inert in an exported file', async () => {
    const file = join(base, 'report.html');
    await runCli(['view', folder, '--export', file], base);
    const { page, close, problems } = await openDashboard(browser, pathToFileURL(file).href);
    expect(await lookEverywhere(page)).toEqual([]);
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(problems.filter((text) => /Content Security|Refused/.test(text))).toEqual([]);
    await close();
  });

  it('reach the terminal escaped', async () => {
    const { stdout, exitCode } = await runCli(['view', folder, '--text'], base);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\\u{1b}');
    expect(stdout).not.toContain(ESCAPE);
    expect(stdout).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
    );
  });
});

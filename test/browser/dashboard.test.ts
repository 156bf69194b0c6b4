import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCli } from '../cli/cli-process.ts';
import { seriousFindings } from './accessibility.ts';
import { launchBrowser } from './browser.ts';
import { openDashboard, THEMES } from './dashboard-page.ts';
import { FLAGSHIP, LABORATORY, resultFolder } from './result-folder.ts';
import { differentShare } from './screenshot.ts';

let browser: Browser;
const url = inject('viewUrls')[FLAGSHIP.scenario]!;
const exports = mkdtempSync(join(tmpdir(), 'anycastle-export-'));

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(exports, { recursive: true });
});

describe.each(THEMES)('served, %s', (theme) => {
  it('loads without errors, violations of the policy or foreign requests', async () => {
    const { page, problems, requests, close } = await openDashboard(browser, url, { theme });
    expect(await page.title()).toBe('pop-failure · Anycastle');
    expect(requests).toContain(`${url}data/summary`);
    expect(problems).toEqual([]);
    await close();
  });

  it('has nothing that axe-core finds serious or critical', async () => {
    const { page, close } = await openDashboard(browser, url, { theme });
    expect(await seriousFindings(page)).toEqual([]);
    await close();
  });
});

describe('the checks themselves', () => {
  it('find what is planted: error, inline script, foreign request, nameless button', async () => {
    const { page, problems, close } = await openDashboard(browser, url);
    await page.evaluate(() => {
      console.error('planted');
      document.body.insertAdjacentHTML('beforeend', '<button></button>');
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
      void fetch('http://elsewhere.test/').catch(() => undefined);
    });
    await expect.poll(() => problems.length).toBeGreaterThanOrEqual(3);
    expect(problems.join('\n')).toMatch(/planted/);
    expect(problems.join('\n')).toMatch(/script-src 'self'/);
    expect(problems.join('\n')).toMatch(/elsewhere\.test/);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    expect(await seriousFindings(page)).toContainEqual(expect.stringMatching(/^button-name/));
    await close();
  });

  it('see pixels that differ', () => {
    const picture = (grey: number): PNG => {
      const png = new PNG({ width: 10, height: 10 });
      png.data.fill(255);
      png.data.fill(grey, 0, 4);
      return png;
    };
    expect(differentShare(picture(255), picture(255), 'planted')).toBe(0);
    expect(differentShare(picture(255), picture(0), 'planted')).toBe(0.01);
  });
});

describe('exported', () => {
  it.each([FLAGSHIP, LABORATORY])(
    '$scenario opens from disk with no request at all',
    async (run) => {
      const file = join(exports, `${run.scenario}.html`);
      await runCli(['view', await resultFolder(run), '--export', file], exports);
      const { page, problems, requests, close } = await openDashboard(
        browser,
        pathToFileURL(file).href,
      );
      expect(await page.title()).toBe(`${run.scenario} · Anycastle`);
      expect(requests.filter((url) => !/^(data|blob):/.test(url))).toEqual([
        pathToFileURL(file).href,
      ]);
      expect(problems).toEqual([]);
      const text = readFileSync(file, 'utf8');
      const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!;
      expect(policy).toMatch(
        /^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-/,
      );
      expect(policy).not.toMatch(/unsafe|'self'|https?:/);
      expect(statSync(file).size).toBeLessThan(64 * 1024 * 1024);
      await close();
    },
  );
});

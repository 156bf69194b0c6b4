import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatMetric } from '../../viz/formats.ts';
import { useDashboard } from './flagship-view.ts';
import { LABORATORY, resultFolder } from './result-folder.ts';

const dashboard = useDashboard(LABORATORY);
/** A simulation of the page on a machine that tests share, ms. */
const SIMULATED_MS = 90_000;

interface ResultLine {
  readonly strategy: string;
  readonly replication: number;
  readonly result: { readonly metrics: Readonly<Record<string, number>> };
}

/** The p95 of a strategy's first replication, as the page writes it. */
async function p95OfRun(strategy: string): Promise<string> {
  const lines = readFileSync(`${await resultFolder(LABORATORY)}/results.jsonl`, 'utf8').split('\n');
  const results = lines.filter(Boolean).map((line) => JSON.parse(line) as ResultLine);
  const first = results.find((one) => one.strategy === strategy && one.replication === 0)!;
  return formatMetric('latency_p95_s', first.result.metrics['latency_p95_s']!);
}

/** Strategy, then p95 as it was and as it is now (empty without edits). */
async function outcome(page: Page): Promise<string[]> {
  const table = page.locator('.playground-outcome:not(.is-stale)');
  await table.waitFor({ timeout: SIMULATED_MS });
  const row = table.locator('tbody tr', { hasText: 'p95' }).locator('td');
  const strategy = await table.locator('caption bdi').textContent();
  return [strategy!, ...(await row.allTextContents()).slice(0, 2)];
}

describe('another strategy in the playground', () => {
  it('is what its edits are compared with', async () => {
    const [first, second] = [await p95OfRun('two-choices'), await p95OfRun('maglev')];
    expect(first).not.toBe(second);
    const { page, problems, close } = await dashboard.open({
      state: 'v=playground&run=two-choices',
    });
    await expect.poll(() => outcome(page)).toEqual(['two-choices', first, '']);

    const slider = page.getByRole('slider', { name: 'capacity' });
    await page.getByLabel('capacity of').selectOption({ index: 1 });
    await slider.press('End');
    await expect.poll(async () => (await outcome(page))[2]).not.toBe('');
    const [, before, changed] = await outcome(page);
    expect(before).toBe(first);
    expect(changed).not.toBe(first);

    await page.locator('.top-bar select').first().selectOption('maglev');
    await expect.poll(async () => (await outcome(page)).slice(0, 2)).toEqual(['maglev', second]);
    expect((await outcome(page))[2]).not.toBe(changed);
    await page.getByRole('button', { name: 'Undo all' }).click();
    await expect.poll(() => outcome(page)).toEqual(['maglev', second, '']);
    expect(problems).toEqual([]);
    await close();
  }, 300_000);
});

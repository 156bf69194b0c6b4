import { describe, expect, it } from 'vitest';
import { addressState, useDashboard } from './flagship-view.ts';
import type { RunOfTests } from './result-folder.ts';

const LAB: RunOfTests = {
  scenario: 'pop-lab',
  args: ['--only', 'two-choices', '--replications', '2'],
};
const dashboard = useDashboard(LAB);
/** A simulation of the page on a machine that tests share, ms. */
const SIMULATED_MS = 90_000;

describe('changes of the playground in the address', () => {
  it('are made again in a window of its own, and gone when undone', async () => {
    const first = await dashboard.open({ state: 'v=playground' });
    const policy = first.page.getByLabel('balancing policy');
    const code = first.page.locator('.playground-panel p[role=status] code');
    await code.waitFor({ timeout: SIMULATED_MS });
    const original = await code.textContent();
    await policy.selectOption('maglev');
    await expect.poll(() => addressState(first.page.url())['edit']).toMatch(/^[\w-]+$/);
    await expect
      .poll(async () => ((await code.count()) === 0 ? original : code.textContent()), {
        timeout: SIMULATED_MS,
      })
      .not.toBe(original);
    const changed = await code.textContent();

    const state = new URL(first.page.url()).hash.slice(1);
    const second = await dashboard.open({ state });
    await expect
      .poll(() => second.page.getByLabel('balancing policy').inputValue(), {
        timeout: SIMULATED_MS,
      })
      .toBe('maglev');
    const again = second.page.locator('.playground-panel p[role=status]');
    await again.getByText(`fingerprint ${changed}`).waitFor({ timeout: SIMULATED_MS });
    expect(second.problems).toEqual([]);
    await second.close();

    await first.page.getByRole('button', { name: 'Undo all' }).click();
    await expect.poll(() => addressState(first.page.url())['edit']).toBeUndefined();
    expect(first.problems).toEqual([]);
    await first.close();
  }, 300_000);

  it('of nonsense are said to be that, and nothing is changed', async () => {
    const { page, problems, close } = await dashboard.open({ state: 'v=playground&edit=nonsense' });
    const alert = page.locator('.playground-problems');
    await alert.getByText('cannot be read').waitFor({ timeout: SIMULATED_MS });
    expect(await page.getByRole('button', { name: 'Undo all' }).isDisabled()).toBe(true);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});

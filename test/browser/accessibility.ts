import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly {
      readonly target: readonly unknown[];
      readonly failureSummary?: string;
    }[];
  }[];
}

interface Axe {
  run(options: object): Promise<AxeResults>;
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * What axe-core finds serious or critical, one line each with the elements; empty when nothing.
 * It is injected by the debugger, so the page's policy does not forbid it.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { readFile } = await import('node:fs/promises');
  await page.evaluate(await readFile(AXE, 'utf8'));
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    // Selectors of what is in order are half of the work, and nobody reads them.
    return axe.run({ resultTypes: ['violations'] });
  });
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 5).map(({ target }) => JSON.stringify(target));
      return `${id}: ${help} at ${where.join(', ')}`;
    });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Waits until a run has written so many replications, pilots included, to its folder. */
export async function untilReplications(folder: string, count: number): Promise<void> {
  const results = join(folder, 'results.jsonl');
  const written = (): number =>
    existsSync(results) ? readFileSync(results, 'utf8').split('\n').length - 1 : 0;
  await expect.poll(written, { interval: 5 }).toBeGreaterThanOrEqual(count);
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompiledPackage, compilePackage, ROOT } from './compiled.ts';

/**
 * The library as its files say, through the command line: every gate ends with exit 0. Some three
 * minutes of processor time, so only on request: `ANYCASTLE_FULL_LIBRARY=1 npx vitest run
 * test/golden/full-runs.test.ts`.
 */
const WANTED = process.env['ANYCASTLE_FULL_LIBRARY'] === '1';
if (!WANTED) console.warn('skipped: full runs of the library: ANYCASTLE_FULL_LIBRARY is not 1');

const LIBRARY = join(ROOT, 'scenarios/library');
const NAMES = readdirSync(LIBRARY)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));

describe.skipIf(!WANTED)('a full run', () => {
  let product: CompiledPackage;
  let folder: string;
  beforeAll(() => {
    product = compilePackage('full-runs');
    folder = mkdtempSync(join(tmpdir(), 'anycastle-full-runs-'));
  }, 60_000);
  afterAll(() => {
    product.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(NAMES)(
    'of %s ends with exit 0',
    (name) => {
      const main = join(product.folder, 'cli/main.js');
      const options = ['--no-progress', '--out', join(folder, name)];
      const run = spawnSync(
        process.execPath,
        [main, 'run', join(LIBRARY, `${name}.yaml`), ...options],
        {
          encoding: 'utf8',
        },
      );
      console.info(run.stdout);
      expect(run.status, run.stdout + run.stderr).toBe(0);
    },
    600_000,
  );
});

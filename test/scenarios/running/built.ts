import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Below node_modules, so that dependencies are found from there. */
const FOLDER = join(ROOT, 'node_modules', '.cache', `anycastle-test-${process.pid}`);

/**
 * Compiles what the tests of running need, as the package is built: the processes of a run start in
 * a tenth of the time they take from sources, and what is tested is the form that ships. Takes half
 * a second; types are checked elsewhere.
 */
export function build(): void {
  mkdirSync(FOLDER, { recursive: true });
  const include = ['scenarios/running', 'scenarios/report', 'test/scenarios/running'];
  writeFileSync(
    join(FOLDER, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { noEmit: false, noCheck: true, outDir: './built', rootDir: ROOT },
      include: include.map((folder) => join(ROOT, folder)),
      exclude: [join(ROOT, 'test/**/*.test.ts')],
    }),
  );
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  execFileSync(process.execPath, [join(dirname(typescript), 'bin', 'tsc'), '-p', FOLDER]);
}

/** A compiled module, by its source's path from the root without extension. */
export function built(path: string): URL {
  return pathToFileURL(join(FOLDER, 'built', `${path}.js`));
}

export function removeBuilt(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}

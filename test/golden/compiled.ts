import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The package compiled as it ships, apart from `dist` so that tests run side by side. */
export interface CompiledPackage {
  readonly folder: string;
  /** Address of a compiled module, by its source's path from the root without extension. */
  url(path: string): string;
  remove(): void;
}

/**
 * Compiles the product in a second, unchecked. Whole worlds run several times faster in this form
 * than through the test runner's, and what is tested is what ships.
 */
export function compilePackage(purpose: string): CompiledPackage {
  // Below node_modules, so that dependencies are found from there.
  const place = join(ROOT, 'node_modules', '.cache', `anycastle-${purpose}-${process.pid}`);
  const folder = join(place, 'built');
  mkdirSync(folder, { recursive: true });
  const include = ['balancer', 'topology', 'sim', 'scenarios', 'cli'];
  writeFileSync(
    join(place, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { noEmit: false, noCheck: true, outDir: './built', rootDir: ROOT },
      include: include.map((name) => join(ROOT, name)),
    }),
  );
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  execFileSync(process.execPath, [join(dirname(typescript), 'bin', 'tsc'), '-p', place]);
  symlinkSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  return {
    folder,
    url: (path) => pathToFileURL(join(folder, `${path}.js`)).href,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

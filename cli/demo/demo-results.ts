import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot, packageVersion } from '../package-root.ts';

/** The story as a file, for whoever wants to change it. */
export function demoScenario(): string {
  return fileURLToPath(new URL('cli/demo/story.yaml', packageRoot()));
}

/** Where results of the story may lie: made when the package was built, or by an earlier `demo`. */
export function demoFolders(): { readonly packaged: string; readonly cached: string } {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return {
    packaged: fileURLToPath(new URL('dist/demo/', packageRoot())),
    cached: join(cache, 'anycastle', `demo-${packageVersion()}`),
  };
}

/** The folder that holds finished results of this version and this very text; null: run it. */
export function findDemoResults(): string | null {
  const { packaged, cached } = demoFolders();
  return [packaged, cached].find(holdsDemo) ?? null;
}

function holdsDemo(folder: string): boolean {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return false;
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const text = readFileSync(demoScenario());
    return (
      manifest['state'] === 'complete' &&
      manifest['package_version'] === packageVersion() &&
      manifest['scenario_sha256'] === createHash('sha256').update(text).digest('hex')
    );
  } catch {
    return false;
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'dist/viz/index.html');

/** Builds `dist/viz` unless it is newer than every source of the page. One process builds. */
export async function ensureDashboardBuilt(): Promise<void> {
  const lock = join(ROOT, '.cache/dashboard-build.lock');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  while (!takeLock(lock)) await new Promise((done) => setTimeout(done, 100));
  try {
    const built = statSync(PAGE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (newestSourceMs() < built) return;
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--config', 'viz/vite.config.ts'], {
      cwd: ROOT,
      stdio: 'pipe',
    });
  } finally {
    // Gone already where a machine was so slow that another process took it for left behind.
    rmSync(lock, { recursive: true, force: true });
  }
}

function newestSourceMs(): number {
  const folder = join(ROOT, 'viz');
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(join(folder, name)).mtimeMs));
}

/** A lock older than a minute was left by a process that was killed. */
function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 60_000) rmSync(path, { recursive: true, force: true });
    return false;
  }
}

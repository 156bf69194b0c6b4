import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
export const MAIN = join(ROOT, 'dist/cli/main.js');
const STAMP = join(ROOT, '.cache/built-for-tests');

/**
 * Builds `dist` unless it was built after the last change: processes start three times faster from
 * it, and it is what people run. One test file builds, the others wait for the lock.
 */
export async function ensureBuilt(): Promise<void> {
  const lock = `${STAMP}.lock`;
  mkdirSync(dirname(STAMP), { recursive: true });
  while (!takeLock(lock)) await new Promise((done) => setTimeout(done, 100));
  try {
    const builtMs = existsSync(STAMP) && existsSync(MAIN) ? statSync(STAMP).mtimeMs : 0;
    const folders = ['balancer', 'topology', 'sim', 'scenarios', 'cli'];
    const newest = folders.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => statSync(join(ROOT, folder, name)).mtimeMs),
    );
    if (Math.max(...newest) < builtMs) return;
    const startedMs = Date.now();
    // Type errors are for `npm run check` to tell; the bundler does not look at types.
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const built = spawnSync(process.execPath, [tsx, 'scripts/build/bundle-cli.ts'], { cwd: ROOT });
    if (built.status !== 0) throw new Error(`the command line does not build: ${built.stderr}`);
    writeFileSync(STAMP, '');
    utimesSync(STAMP, startedMs / 1000, startedMs / 1000);
  } finally {
    // Gone already where a machine was so slow that another process took it for left behind.
    rmSync(lock, { recursive: true, force: true });
  }
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

export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when the output so far matches; rejects if the process ends before. */
  waitFor(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>;
}

/** Starts the command line as a process of its own, with pipes for output. */
export function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  }
  const finished = new Promise<Finished>((done, failed) => {
    child.on('error', failed);
    child.on('close', (exitCode, signal) => done({ exitCode, signal, ...output }));
  });
  return {
    process: child,
    finished,
    waitFor: (name, pattern) =>
      new Promise((done, failed) => {
        const look = (): void => {
          if (pattern.test(output[name])) done(output[name]);
        };
        child[name]!.on('data', look);
        look();
        void finished.then(({ stderr }) => failed(new Error(`ended before ${pattern}: ${stderr}`)));
      }),
  };
}

export function runCli(
  args: readonly string[],
  cwd: string,
  env?: NodeJS.ProcessEnv,
): Promise<Finished> {
  return start(args, cwd, env).finished;
}

/** A temporary folder with files in it; `remove` deletes it. */
export function makeFolder(files: Readonly<Record<string, string>>): {
  readonly path: string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'anycastle-cli-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** M/M/1 at 50 %, mean 20 ms: ten short replications take a second. */
export function labText(changes: { readonly limit?: string; readonly run?: string } = {}): string {
  return `version: 1
name: lab
network:
  pops:
    lab: { servers: 1, concurrency: 1 }
traffic:
  arrivals: poisson 50/s
  classes:
    page: { service_time: exponential mean=10ms }
run: ${changes.run ?? '{ duration: 60s, warmup: 5s, seed: 1, replications: 10 }'}
thresholds:
  - mean(latency) < ${changes.limit ?? '1s'}
`;
}

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, labText, MAIN, makeFolder, runCli, start } from './cli-process.ts';

const folder = makeFolder({
  'lab.yaml': labText(),
  'long.yaml': labText({ run: '{ duration: 60s, warmup: 5s, seed: 1, replications: 100000 }' }),
  // A replication of 360 million requests: longer than any test waits.
  'endless.yaml': labText({ run: '{ duration: 2000h, warmup: 5s, seed: 1, replications: 2 }' }),
});
/**
 * The promise is 2 s, and it takes a tenth of that; machines that run other tests beside this one
 * are slower. Who does not stop goes on for minutes.
 */
const STOP_MS_MAX = 15_000;

beforeAll(ensureBuilt);
afterAll(() => folder.remove());

const resultsOf = (out: string): string =>
  readFileSync(join(folder.path, out, 'results.jsonl'), 'utf8');

async function untilResults(out: string, lines: number): Promise<void> {
  for (;;) {
    try {
      if (resultsOf(out).split('\n').length > lines) return;
    } catch {
      // Not begun yet.
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('S-1: a signal keeps what there is', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s: a whole partial result within 2 s, exit %d', async (signal, code) => {
    const out = `out-${signal}`;
    const run = start(['run', 'long.yaml', '--out', out], folder.path);
    await untilResults(out, 2);
    const sentMs = Date.now();
    run.process.kill(signal);
    const { exitCode, stdout, stderr } = await run.finished;
    expect(Date.now() - sentMs).toBeLessThan(STOP_MS_MAX);
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(/finished replications are kept/);
    expect(stdout).toMatch(/^PARTIAL/m);
    expect(stdout).toMatch(/^ \? mean\(latency\) < 1s/m);
    const summary = JSON.parse(readFileSync(join(folder.path, out, 'summary.json'), 'utf8')) as {
      run: { partial: boolean };
    };
    expect(summary.run.partial).toBe(true);
    expect((await runCli(['check', out], folder.path)).exitCode).toBe(0);
  });

  it('a second SIGINT ends at once', async () => {
    const run = start(['run', 'endless.yaml', '--out', 'out-twice'], folder.path);
    // Written once signals are heard.
    const manifest = join(folder.path, 'out-twice/manifest.json');
    await expect.poll(() => existsSync(manifest)).toBe(true);
    run.process.kill('SIGINT');
    // Two that arrive together may be one.
    await run.waitFor('stderr', /once more to stop at once/);
    run.process.kill('SIGINT');
    const sentMs = Date.now();
    expect((await run.finished).exitCode).toBe(130);
    expect(Date.now() - sentMs).toBeLessThan(STOP_MS_MAX);
  });
});

describe('S-2: streams that go away', () => {
  const shell = (script: string): Promise<{ stdout: string; stderr: string }> =>
    promisify(execFile)('bash', ['-c', `set -o pipefail; ${script}`], {
      cwd: folder.path,
      env: { ...process.env, CLI: `${process.execPath} ${MAIN}` },
    });

  it('a reader that leaves is no crash', async () => {
    const { stdout, stderr } = await shell('$CLI schema | head -1');
    expect([stdout.trim(), stderr]).toEqual(['{', '']);
  });

  it('a run without stdout and stderr still saves its results', async () => {
    await shell('$CLI run lab.yaml --out closed >&- 2>&-');
    expect(resultsOf('closed').trim().split('\n')).toHaveLength(10);
    await shell('$CLI run lab.yaml --out piped 2>&1 | true');
    expect(resultsOf('piped').trim().split('\n')).toHaveLength(10);
  });

  it('a dumb terminal, NO_COLOR and a pipe get no escapes; --color always does', async () => {
    const plain = await runCli(['explain', 'random'], folder.path, { TERM: 'dumb', NO_COLOR: '1' });
    expect(plain.stdout).not.toContain('\u001b');
    const painted = await runCli(['explain', 'random', '--color', 'always'], folder.path);
    expect(painted.stdout).toContain('\u001b[1mrandom');
  });
});

describe('view', () => {
  it('prints its address, serves until it is interrupted, and stops at once', async () => {
    await runCli(['run', 'lab.yaml', '--out', 'seen', '--quiet'], folder.path);
    const view = start(['view', 'seen', '--no-open'], folder.path);
    const printed = await view.waitFor('stdout', /^http:\/\/127\.0\.0\.1:\d+\/$/m);
    const page = await fetch(printed.trim());
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('dashboard.js');
    const summary = await fetch(new URL('/data/summary', printed.trim()));
    expect(await summary.json()).toMatchObject({ format: 1, scenario: { name: 'lab' } });
    view.process.kill('SIGINT');
    expect((await view.finished).exitCode).toBe(130);
  });
});

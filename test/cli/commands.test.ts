import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from './in-process.ts';
import { ensureBuilt, labText, makeFolder, runCli, type Finished } from './cli-process.ts';

const folder = makeFolder({
  'lab.yaml': labText(),
  'broken.yaml': labText().replace('servers: 1', 'serverz: 1').replace('10ms', '10'),
  'fails.yaml': labText({ limit: '1ms' }),
  'two.yaml': labText({ run: '{ duration: 60s, warmup: 5s, seed: 1, replications: 10 }' })
    .replace('servers: 1', 'servers: 4')
    .replace('poisson 50/s', 'poisson 300/s').concat(`strategies:
  baseline: least-request
  least-request: { balancer.policy: least-request }
  random: { balancer.policy: random }
`),
});
const run = (...args: string[]): Promise<Finished> => runCli(args, folder.path);
beforeAll(ensureBuilt);
afterAll(() => folder.remove());

const STACK = /^\s+at .*[(:]\d+/m;

describe('run', () => {
  let ran: Finished;
  beforeAll(async () => {
    ran = await run('run', 'lab.yaml');
  });

  it('exits 0, data on stdout, talk on stderr, no colour in a pipe', () => {
    expect(ran).toMatchObject({ exitCode: 0, signal: null });
    expect(ran.stdout).toMatch(/^ ✓ mean\(latency\) < 1s/m);
    expect(ran.stdout).toMatch(
      /^gate default: 1 of 1 hold\. Exit 0\. {3}→ anycastle view out\/lab$/m,
    );
    expect(ran.stderr).toMatch(/^lab {3}1 POP · 1 strategy · 10 replications · seed 1$/m);
    expect(ran.stdout + ran.stderr).not.toContain('\u001b');
  });

  it('leaves the folder that report-format.md describes', () => {
    for (const name of ['manifest.json', 'results.jsonl', 'summary.json']) {
      expect(existsSync(join(folder.path, 'out/lab', name)), name).toBe(true);
    }
  });

  it('check finds it whole, view prints it, compare has nothing to compare', async () => {
    const [checked, viewed, compared] = await Promise.all([
      run('check', 'out/lab'),
      run('view', 'out/lab', '--text'),
      run('compare', 'out/lab'),
    ]);
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
    expect(checked.stdout).toMatch(/whole and unchanged: 10 replications/);
    expect(viewed.stdout).toMatch(/^ p95 latency +[\d.]+ ±[\d.]+ ms$/m);
    expect(compared).toMatchObject({ exitCode: 0 });
  });

  it('--json prints the bytes of summary.json and nothing else on stdout', async () => {
    const { stdout, exitCode } = await run('run', 'lab.yaml', '--json', '--quiet', '--out', 'json');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(readFileSync(join(folder.path, 'json/summary.json'), 'utf8'));
  });

  it('exits 10 when a threshold fails', async () => {
    const { exitCode, stdout } = await run('run', 'fails.yaml', '--out', 'fails');
    expect(exitCode).toBe(10);
    expect(stdout).toMatch(/^ ✗ mean\(latency\) < 1ms/m);
    expect(stdout).toContain('gate default: 0 of 1 hold. Exit 10.');
  });

  it('exits 124 when the wall time is over, with a partial result that is whole', async () => {
    const long = ['--replications', '100000', '--max-wall', '2s', '--out', 'wall'];
    const { exitCode, stdout } = await run('run', 'lab.yaml', ...long);
    expect(exitCode).toBe(124);
    expect(stdout).toMatch(/^PARTIAL/m);
    expect((await run('check', 'wall')).exitCode).toBe(0);
  });

  it('takes settings from flags', async () => {
    const flags = ['--seed', '7', '--replications', '3', '--set', 'traffic.arrivals=poisson 20/s'];
    const { stdout } = await run('run', 'lab.yaml', ...flags, '--json', '--out', 'flags');
    const summary = JSON.parse(stdout) as {
      run: object;
      strategies: { default: { metrics: { requests_per_s: { mean: number } } } };
    };
    expect(summary.run).toMatchObject({ seed: '7', replications: 3 });
    // Poisson 20/s over 3 × 55 s: standard error 0.35/s; five of them.
    expect(summary.strategies.default.metrics.requests_per_s.mean).toBeCloseTo(20, -0.6);
  });
});

describe('compare', () => {
  it('exits 12 with --fail-on worse, in every format', async () => {
    const { exitCode } = await run('run', 'two.yaml', '--out', 'two', '--quiet');
    expect(exitCode).toBe(0);
    const text = await run('compare', 'two', '--fail-on', 'worse');
    expect(text.exitCode).toBe(12);
    expect(text.stdout).toMatch(/^ random +\+[\d.]+ % \[.*\] .*worse$/m);
    const csv = await run('compare', 'two', '--format', 'csv', '--metric', 'latency_mean_s');
    expect(csv.stdout.split('\n')[0]).toMatch(/^strategy,baseline,metric,/);
    expect(csv.stdout).toMatch(/^random,least-request,latency_mean_s,/m);
    const swapped = await run('compare', 'two', '--baseline', 'random', '--fail-on', 'worse');
    expect(swapped.stdout).toMatch(/better/);
    expect((await run('compare', 'two', 'randm')).exitCode).toBe(2);
    const typo = await run('compare', 'two', '--metric', 'latencyp95_s', '--fail-on', 'worse');
    expect(typo).toMatchObject({ exitCode: 2, stdout: '' });
    expect(typo.stderr).toContain("did you mean 'latency_p95_s'?");
  });
});

describe('verify-determinism', () => {
  it('agrees with itself', async () => {
    const { exitCode, stdout } = await run('verify-determinism', 'lab.yaml');
    expect(stdout).toMatch(/^deterministic: 10 replications .* between 1 and \d+ workers$/m);
    expect(exitCode).toBe(0);
  });
});

describe('errors', () => {
  const path = (name: string): string => join(folder.path, name);
  const lab = path('lab.yaml');
  it.each([
    ['no such command', ['rum'], 2, /unknown command 'rum'[\s\S]*Did you mean run/],
    ['no such flag', ['run', lab, '--sed', '1'], 2, /unknown option '--sed'[\s\S]*--seed/],
    ['a bad value', ['run', lab, '--workers', 'many'], 2, /whole number/],
    ['no argument', ['run'], 2, /missing required argument/],
    ['no command', [], 2, /Usage: anycastle/],
    ['no such scenario', ['run', 'pop-failur'], 2, /no such file, and no scenario/],
    ['a folder', ['run', folder.path], 2, /is a folder/],
    ['no such strategy', ['run', lab, '--only', 'x'], 2, /no strategy 'x' in lab; there are def/],
    ['a bad --set', ['run', lab, '--set', 'traffic'], 2, /--set path=value/],
    ['no results', ['check', folder.path], 4, /no readable manifest\.json/],
    ['no results to view', ['view', 'nowhere', '--text'], 4, /no readable manifest\.json/],
    ['no results to compare', ['compare', 'nowhere'], 4, /none of these is a results folder/],
    ['a file in the way', ['run', lab, '--out', `${lab}/x`], 5, /lab\.yaml/],
    ['an existing file', ['init', lab], 5, /lab\.yaml exists already/],
    ['the open network', ['view', path('out/lab'), '--host', '0.0.0.0'], 6, /--host 0\.0\.0\.0/],
    ['no such word', ['explain', 'two-choises'], 2, /did you mean two-choices/],
  ] as const)('%s', async (_, args, code, message) => {
    const { exitCode, stdout, stderr } = await callCli(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK);
    expect(stdout).toBe('');
    expect(exitCode).toBe(code);
  });

  it('an invalid scenario: every error with place, code and caret; exit 3', async () => {
    const { exitCode, stdout, stderr } = await run('validate', 'broken.yaml');
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error\[E\d{4}\]: .*serverz/m);
    expect(stderr).toMatch(/--> broken\.yaml:5:/);
    expect(stderr).toMatch(/did you mean 'servers'/);
    expect(stderr).toMatch(/^error\[E\d{4}\]: .*10/m);
    expect(stderr).toMatch(/^2 errors in 1 file\. Nothing was run\.$/m);
    expect(stderr).not.toMatch(STACK);
  });
});

describe('machine forms', () => {
  const broken = join(folder.path, 'broken.yaml');
  const json = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await callCli(args);
    return JSON.parse(stdout);
  };

  it('validate: json, sarif, github', async () => {
    expect(await json('validate', broken, '--format', 'json')).toMatchObject([
      { severity: 'error', code: 'E0301', line: 5 },
      { severity: 'error', code: 'E0205', line: 9 },
    ]);
    expect(await json('validate', broken, '--format', 'sarif')).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ level: 'error' }, { level: 'error' }] }],
    });
    const { stdout, exitCode } = await callCli(['validate', broken, '--format', 'github']);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^::error file=.*broken\.yaml,line=5,/m);
  });

  it('every other command prints JSON with --json', async () => {
    const lab = join(folder.path, 'lab.yaml');
    expect(await json('validate', lab, '--plan', '--json')).toMatchObject({ name: 'lab' });
    expect(await json('list', '--json')).toContainEqual(
      expect.objectContaining({ name: 'pop-failure' }),
    );
    expect(await json('explain', 'random', '--json')).toMatchObject([{ name: 'random' }]);
    expect(await json('check', join(folder.path, 'out/lab'), '--json')).toMatchObject({ ok: true });
    expect(await json('compare', join(folder.path, 'out/lab'), '--json')).toMatchObject({
      baseline: 'default',
    });
    expect(await json('schema')).toHaveProperty('properties');
  });
});

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, labText, makeFolder, runCli, type Finished } from './cli-process.ts';

/** Loaded before the program, into all of its processes: breaks what a test asks it to break. */
const SABOTAGE = `
const how = process.env.SABOTAGE;
const isReplication = process.send !== undefined;
if (how === 'print' && !isReplication) {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text, ...more) => {
    if (String(text).length > 0) throw new TypeError('broken on purpose');
    return write(text, ...more);
  };
}
if (isReplication && (how === 'kill' || how === 'invariant')) {
  const send = process.send.bind(process);
  process.send = (answer, ...more) => {
    if (how === 'kill') process.kill(process.pid, 'SIGKILL');
    const failure = { name: 'InvariantViolation', message: 'busy > slots', stack: '' };
    if (how === 'invariant') send({ failure }, ...more);
  };
}
`;

const few = '{ duration: 20s, warmup: 2s, seed: 1, replications: 2 }';
const folder = makeFolder({
  'lab.yaml': labText({ run: few }),
  'rare.yaml': labText().replace('mean(latency) < 1s', 'availability >= 99.999%'),
  'sabotage.mjs': SABOTAGE,
});
beforeAll(ensureBuilt);
afterAll(() => folder.remove());

const run = (...args: string[]): Promise<Finished> => runCli(args, folder.path);
const sabotaged = (how: string, ...args: string[]): Promise<Finished> =>
  runCli(args, folder.path, {
    SABOTAGE: how,
    NODE_OPTIONS: `--import=${pathToFileURL(join(folder.path, 'sabotage.mjs')).href}`,
  });
const STACK = /^\s+at .*[(:]\d+/m;

describe('exit codes of what should not happen', () => {
  it('1: a bug says so, without a stack unless asked', async () => {
    const crashed = await sabotaged('print', 'list');
    expect(crashed.exitCode).toBe(1);
    expect(crashed.stderr).toMatch(/^error: broken on purpose$/m);
    expect(crashed.stderr).toContain('This is a bug in Anycastle');
    expect(crashed.stderr).not.toMatch(STACK);
    expect((await sabotaged('print', 'list', '--verbose')).stderr).toMatch(STACK);
  });

  it('7: replications whose process dies twice are named; the result is partial', async () => {
    const { exitCode, stdout, stderr } = await sabotaged(
      'kill',
      'run',
      'lab.yaml',
      '--out',
      'lost',
    );
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/^missing: strategy default, replication 0: .*SIGKILL/m);
    expect(stderr).toMatch(/^missing: strategy default, replication 1: /m);
    expect(stdout).toMatch(/^PARTIAL/m);
  });

  it('7 with --fail-fast after the first, and with --max-memory', async () => {
    const args = ['run', 'lab.yaml', '--fail-fast', '--workers', '1', '--out', 'fast'];
    const fast = await sabotaged('kill', ...args);
    expect(fast.exitCode).toBe(7);
    expect(fast.stderr.match(/^missing: /gm)).toHaveLength(1);
    const full = await run('run', 'lab.yaml', '--max-memory', '1KB', '--replications', '9999');
    expect(full.exitCode).toBe(7);
  });

  it('8: a violated invariant is no result', async () => {
    const { exitCode, stderr } = await sabotaged('invariant', 'run', 'lab.yaml', '--out', 'broken');
    expect(stderr).toMatch(/replication \d: busy > slots/);
    expect(exitCode).toBe(8);
  });

  it('11: nothing failed, something undecided; 0 with --allow-inconclusive', async () => {
    const { exitCode, stdout } = await run('run', 'rare.yaml');
    expect(stdout).toMatch(/^ \? availability >= 99\.999% .* straddles the limit$/m);
    expect(exitCode).toBe(11);
    const resumed = ['run', 'rare.yaml', '--resume', '--allow-inconclusive'];
    expect((await run(...resumed)).exitCode).toBe(0);
  });

  it('4: a folder of another run is not resumed, unless forced; --until is another', async () => {
    const base = ['run', 'lab.yaml', '--out', 'again'];
    const done = await run(...base, '--until', '10s', '--json');
    expect(JSON.parse(done.stdout).run).toMatchObject({ duration_s: 10, replications: 2 });
    const mixed = await run(...base, '--resume');
    expect(mixed.exitCode).toBe(4);
    expect(mixed.stderr).toMatch(/cannot resume.*settings given by flags/);
    expect((await run(...base, '--resume=force')).exitCode).not.toBe(4);
  });
});

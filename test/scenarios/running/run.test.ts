import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkResults,
  compareResults,
  exitCodeFor,
  loadResults,
} from '../../../scenarios/report/index.ts';
import type {
  RunOptions,
  RunProgress,
  runScenario as RunScenario,
} from '../../../scenarios/running/index.ts';
import { parseLog } from '../../../scenarios/running/results-log.ts';
import { build, built, removeBuilt } from './built.ts';
import { labWorld, mm1Options as fromSources, mm1Request, plan } from './mm1-request.ts';

/** As compiled: see `built.ts`. */
let runScenario: typeof RunScenario;

beforeAll(async () => {
  build();
  ({ runScenario } = (await import(built('scenarios/running/index').href)) as {
    runScenario: typeof RunScenario;
  });
});
afterAll(removeBuilt);

const mm1Options = (overrides: Partial<RunOptions> = {}): RunOptions =>
  fromSources({ replicationModule: built('test/scenarios/running/mm1-replication'), ...overrides });

const summaryOf = ({ outDir }: RunOptions): string =>
  readFileSync(join(outDir, 'summary.json'), 'utf8');
const logOf = ({ outDir }: RunOptions): Buffer => readFileSync(join(outDir, 'results.jsonl'));
const misbehaving = (className: string) =>
  mm1Request({
    plans: [plan('good', labWorld('good'), true), plan('bad', labWorld('bad', { className }))],
    gate: ['good'],
  });

describe('a run', () => {
  it('gives the same bytes with one worker, with two, and resumed after any line', async () => {
    const request = mm1Request({
      warmup: 'auto',
      replications: { least: 3, most: 12 },
      precision: { metric: 'latency_mean_s', relative: 0.3 },
    });
    const one = mm1Options({ workers: 1 });
    const two = mm1Options({ workers: 2 });
    const outcome = await runScenario(request, one);
    await runScenario(request, two);
    expect(outcome.stopped).toBeNull();
    expect(outcome.summary.run.replications).toBeGreaterThan(3);
    expect(summaryOf(two)).toBe(summaryOf(one));
    const log = logOf(two);
    const { lines } = parseLog(log);
    const cut = Math.floor(log.length * 0.6);
    writeFileSync(join(two.outDir, 'results.jsonl'), log.subarray(0, cut));
    // As a kill in the middle of writing it leaves it.
    writeFileSync(join(two.outDir, 'summary.json.3182930411'), '{');
    await runScenario(request, { ...two, resume: true });
    expect(summaryOf(two)).toBe(summaryOf(one));
    expect(readdirSync(two.outDir).sort()).toEqual(readdirSync(one.outDir).sort());
    expect(lines.filter(({ kind }) => kind === 'pilot').length).toBeGreaterThanOrEqual(10);
    const { manifest } = await loadResults(two.outDir);
    expect(manifest.notes[0]).toMatch(
      /^resumed with \d+ stored replications, \d+ damaged bytes dropped$/,
    );
    expect((await checkResults(two.outDir)).problems).toEqual([]);
  });

  it('tells progress: pilots, then replications with their interval, up to the end', async () => {
    const seen: RunProgress[] = [];
    await runScenario(
      mm1Request({ warmup: 'auto' }),
      mm1Options({ workers: 2, onProgress: (progress) => seen.push(progress) }),
    );
    expect(seen[0]).toMatchObject({ phase: 'warm-up', pilots: { done: 0, of: 10 } });
    const last = seen.at(-1)!;
    expect(last.strategies.map(({ done, most }) => `${done}/${most}`)).toEqual(['10/10', '10/10']);
    expect(last.strategies[0]!.halfWidth).toBeGreaterThan(0);
    expect(last.eventsPerSecond).toBeGreaterThan(0);
    expect(last.remainingMs).toBe(0);
  });

  it('draws the same numbers for all strategies, or not', async () => {
    const plans = [plan('a', labWorld('a'), true), plan('b', labWorld('b'))];
    const shared = await runScenario(
      mm1Request({ plans, replications: { least: 2, most: 2 } }),
      mm1Options(),
    );
    const own = await runScenario(
      mm1Request({ plans, replications: { least: 2, most: 2 }, commonRandomNumbers: false }),
      mm1Options(),
    );
    expect(shared.summary.strategies['b']!.metrics).toEqual(
      shared.summary.strategies['a']!.metrics,
    );
    expect(own.summary.strategies['b']!.metrics).not.toEqual(own.summary.strategies['a']!.metrics);
  });

  it('writes time series when they are recorded', async () => {
    const options = mm1Options();
    const plans = [plan('a', labWorld('a', { timeline_s: 1 }), true)];
    await runScenario(mm1Request({ plans, replications: { least: 2, most: 2 } }), options);
    const timeline = JSON.parse(readFileSync(join(options.outDir, 'timeline', 'a.json'), 'utf8'));
    expect(timeline).toMatchObject({ format: 1, strategy: 'a', replications: 2, bucket_s: 1 });
    expect(timeline.requests).toHaveLength(20);
    expect(timeline.pop_requests.lab).toEqual(timeline.requests);
  });
});

describe('from the sources', () => {
  it('runs as well, through a TypeScript loader', async () => {
    const { runScenario: runFromSources } = await import('../../../scenarios/running/index.ts');
    const { summary } = await runFromSources(
      mm1Request({ replications: { least: 2, most: 2 } }),
      fromSources(),
    );
    const compiled = await runScenario(
      mm1Request({ replications: { least: 2, most: 2 } }),
      mm1Options(),
    );
    expect(summary).toEqual(compiled.summary);
  });
});

describe('when something dies', () => {
  it('a process that dies once costs nothing', async () => {
    const options = mm1Options({ workers: 2 });
    process.env['MM1_MARK'] = join(options.outDir, 'mark');
    const { stopped, summary, lost } = await runScenario(misbehaving('die-once'), options);
    expect([stopped, lost]).toEqual([null, []]);
    expect(summary.strategies['bad']!.fingerprints).toHaveLength(10);
  });

  it('a process that dies twice costs one replication: exit 7 and its name', async () => {
    const { stopped, summary, lost } = await runScenario(
      misbehaving('die'),
      mm1Options({ workers: 2 }),
    );
    expect(exitCodeFor(summary, stopped)).toBe(7);
    expect(lost).toMatchObject([{ strategy: 'bad', replication: 1 }]);
    expect(lost[0]!.message).toContain('SIGKILL');
    expect(summary.strategies['bad']!.fingerprints).toHaveLength(9);
    expect(summary.strategies['good']!.fingerprints).toHaveLength(10);
    expect(summary.run.partial).toBe(true);
  });

  it.each([
    ['invariant', 8],
    ['throw', 1],
  ] as const)('%s ends the run with exit %d and keeps what was done', async (kind, code) => {
    const { stopped, summary, lost } = await runScenario(misbehaving(kind), mm1Options());
    expect(exitCodeFor(summary, stopped)).toBe(code);
    expect(lost).toHaveLength(1);
    expect(summary.strategies['good']!.fingerprints.length).toBeGreaterThan(0);
  });

  it('--max-wall ends what never ends: exit 124', async () => {
    const options = mm1Options({ workers: 1, maxWallMs: 6000 });
    const { stopped, summary } = await runScenario(misbehaving('hang'), options);
    expect(exitCodeFor(summary, stopped)).toBe(124);
    expect(summary.strategies['bad']!.fingerprints).toHaveLength(1);
    expect((await checkResults(options.outDir)).problems).toEqual([]);
  });

  it('--max-memory ends what takes too much: exit 7', async () => {
    const options = mm1Options({ maxMemoryBytes: 1 });
    const { stopped, summary } = await runScenario(misbehaving('hang'), options);
    expect(exitCodeFor(summary, stopped)).toBe(7);
  });

  it('an abort keeps what is finished; a resume completes it to the same bytes', async () => {
    const whole = mm1Options();
    await runScenario(mm1Request(), whole);
    const abort = new AbortController();
    const options = mm1Options({
      signal: abort.signal,
      onProgress: ({ strategies }) => {
        if (strategies[0]!.done >= 3) abort.abort();
      },
    });
    const { stopped, summary } = await runScenario(mm1Request(), options);
    expect(exitCodeFor(summary, stopped)).toBe(130);
    expect(summary.run).toMatchObject({ partial: true, replications: 3 });
    expect((await checkResults(options.outDir)).problems).toEqual([]);
    await runScenario(mm1Request(), {
      ...options,
      signal: new AbortController().signal,
      resume: true,
    });
    expect(summaryOf(options)).toBe(summaryOf(whole));
  });
});

describe('the folder', () => {
  it('is refused to a second runner while the first one works', async () => {
    const options = mm1Options();
    const first = runScenario(mm1Request(), options);
    await expect(runScenario(mm1Request(), options)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('in use'),
    });
    await first;
  });

  it('is not mixed with another run, and says what differs', async () => {
    const few = { replications: { least: 2, most: 2 } };
    const options = mm1Options();
    await runScenario(mm1Request(few), options);
    const again = { ...options, resume: true } as const;
    await expect(runScenario(mm1Request({ ...few, seed: '2' }), again)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('seed: stored 1, now 2'),
    });
    await expect(runScenario(mm1Request({ ...few, text: 'other' }), again)).rejects.toMatchObject({
      message: expect.stringContaining('scenario (SHA-256)'),
    });
    await expect(
      runScenario(mm1Request(few), { ...again, packageVersion: '9' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('package version: stored 0.0.0, now 9'),
    });
    const plans = [plan('slow', labWorld('slow', { speed: 2 }), true)];
    await expect(runScenario(mm1Request({ ...few, plans }), again)).rejects.toMatchObject({
      message: expect.stringContaining('flags'),
    });
    await runScenario(mm1Request({ ...few, seed: '2' }), { ...again, resume: 'force' });
    expect((await loadResults(options.outDir)).manifest.notes).toContainEqual(
      expect.stringContaining('forced in spite of seed'),
    );
  });

  it('that cannot be made is exit 5, one that is not there exit 4', async () => {
    await expect(
      runScenario(mm1Request(), mm1Options({ outDir: '/dev/null/out' })),
    ).rejects.toMatchObject({ exitCode: 5 });
    await expect(loadResults('/nonexistent')).rejects.toMatchObject({ exitCode: 4 });
  });

  it('damage after the run is found by a check', async () => {
    const options = mm1Options();
    await runScenario(mm1Request({ replications: { least: 2, most: 2 } }), options);
    const log = logOf(options);
    log[log.length - 100] = log[log.length - 100]! ^ 1;
    writeFileSync(join(options.outDir, 'results.jsonl'), log);
    writeFileSync(
      join(options.outDir, 'summary.json'),
      summaryOf(options).replace('"seed": "1"', '"seed": "3"'),
    );
    const { problems } = await checkResults(options.outDir);
    expect(problems.some((problem) => /^summary.json: changed/.test(problem))).toBe(true);
    expect(problems.some((problem) => /damaged bytes after line 3/.test(problem))).toBe(true);
  });

  it('can be compared afterwards, alone or with another', async () => {
    const a = mm1Options();
    const b = mm1Options();
    const { summary } = await runScenario(mm1Request(), a);
    await runScenario(mm1Request({ seed: '2' }), b);
    const alone = await compareResults([a.outDir]);
    expect(alone.comparisons).toEqual(summary.comparisons);
    expect(alone.comparisons[0]).toMatchObject({
      strategy: 'fast',
      verdict: 'better',
      better_in: 10,
    });
    const both = await compareResults([a.outDir, b.outDir], { metrics: ['latency_mean_s'] });
    expect(both.comparisons.map(({ strategy }) => strategy)).toEqual([
      'fast',
      `${b.outDir}:slow`,
      `${b.outDir}:fast`,
    ]);
    expect(both.notes).toContainEqual(expect.stringContaining('different seeds'));
    await expect(compareResults([a.outDir], { baseline: 'nobody' })).rejects.toThrow(
      "no strategy 'nobody'",
    );
  });
});

import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest, Summary } from '../../scenarios/index.ts';
import { ensureDashboardBuilt } from '../browser/built-dashboard.ts';
import { ensureBuilt, labText, makeFolder, runCli, start, type Started } from './cli-process.ts';
import { untilReplications } from './until-replications.ts';
import { get, send } from './raw-http.ts';

/** Long enough to be watched: many replications of a tenth of a second, one at a time. */
const REPLICATIONS = 30;
const LONG = `{ duration: 15000s, warmup: 5s, seed: 1, replications: ${REPLICATIONS} }`;
/** So long that no test sees its end, however fast the machine. */
const ENDLESS = ['long.yaml', '--replications', '100000', '--workers', '1', '--no-progress'];

const folder = makeFolder({ 'lab.yaml': labText(), 'long.yaml': labText({ run: LONG }) });
const started: Started[] = [];

beforeAll(async () => {
  await ensureBuilt();
  await ensureDashboardBuilt();
  await runCli(['run', 'lab.yaml', '-q'], folder.path);
});
afterAll(() => {
  for (const { process } of started) process.kill('SIGKILL');
  folder.remove();
});

async function view(...args: string[]): Promise<{ url: URL; port: number; view: Started }> {
  const view = start(['view', ...args, '--no-open'], folder.path);
  started.push(view);
  const url = new URL(/http:\S+/.exec(await view.waitFor('stdout', /http:\S+\s/))![0]);
  return { url, port: Number(url.port), view };
}

async function piece<T>(port: number, id: string): Promise<T> {
  return (await (await fetch(`http://127.0.0.1:${port}/data/${id}`)).json()) as T;
}

describe('view as a process', () => {
  it('serves page, code, data of a finished run; refuses strangers; ends on SIGINT', async () => {
    const { url, port, view: viewer } = await view('out/lab');
    expect(url.hostname).toBe('127.0.0.1');
    const page = await get(port, '/');
    expect(page.body).toContain('<title>Anycastle</title>');
    const code = /src="([^"]+)"/.exec(page.body)![1]!;
    expect((await get(port, code)).headers.get('content-type')).toMatch(/^text\/javascript/);
    expect((await piece<Summary>(port, 'summary')).scenario.name).toBe('lab');
    const addresses = ['127.0.0.1', '::1'];
    const v6 = await send(port, 'GET / HTTP/1.1', ['Host: localhost'], addresses[1]).catch(
      () => null,
    );
    if (v6 !== null) expect(v6.status).toBe(200);
    expect((await send(port, 'GET / HTTP/1.1', ['Host: evil.test'])).status).toBe(421);
    expect((await get(port, '/data/summary', 'Origin: http://evil.test')).status).toBe(403);
    expect((await get(port, '/data/..%2fmanifest.json')).status).toBe(404);
    viewer.process.kill('SIGINT');
    expect((await viewer.finished).exitCode).toBe(130);
  });

  it('D-4: shows itself to the network only with a token', async () => {
    const refused = await runCli(['view', 'out/lab', '--host', '0.0.0.0'], folder.path);
    expect(refused.exitCode).toBe(6);
    expect(refused.stderr).toMatch(/--token auto/);
    const { url, port } = await view('out/lab', '--host', '0.0.0.0', '--token', 'auto');
    expect((await get(port, '/')).status).toBe(401);
    expect((await get(port, `/${url.search}`)).status).toBe(303);
  });

  it('a taken port is said in a sentence', async () => {
    const { port } = await view('out/lab');
    const second = await runCli(['view', 'out/lab', '--port', String(port)], folder.path);
    expect([second.exitCode, second.stderr]).toEqual([5, expect.stringContaining('EADDRINUSE')]);
  });

  it('an exported report holds all data and no address', async () => {
    const done = await runCli(['view', 'out/lab', '--export', 'report.html'], folder.path);
    expect(done.stdout.trim()).toBe(join(folder.path, 'report.html'));
    expect(done.exitCode).toBe(0);
  });
});

describe('a run that goes on', () => {
  it('is followed: progress, fresh partial summaries, then the end with the real one', async () => {
    const args = ['run', 'long.yaml', '--workers', '1', '--out', 'followed', '--no-progress'];
    const run = start(args, folder.path);
    started.push(run);
    await untilReplications(join(folder.path, 'followed'), 1);
    // Held while it is looked at: what is seen does not depend on who is faster.
    run.process.kill('SIGSTOP');
    const { port } = await view('followed');
    expect((await piece<Manifest>(port, 'manifest')).state).toBe('running');
    const { replications } = (await piece<Summary>(port, 'summary')).run;
    const live = await fetch(`http://127.0.0.1:${port}/live`);
    run.process.kill('SIGCONT');
    await untilReplications(join(folder.path, 'followed'), replications + 2);
    run.process.kill('SIGSTOP');
    const sumUp = async () => (await piece<Summary>(port, 'summary')).run;
    await expect.poll(async () => (await sumUp()).replications).toBeGreaterThan(replications);
    expect(await sumUp()).toMatchObject({ partial: true });
    expect((await sumUp()).replications).toBeLessThan(REPLICATIONS);
    run.process.kill('SIGCONT');

    const text = await live.text();
    const counts = [...text.matchAll(/event: progress\ndata: (.*)/g)].map(
      ([, data]) => (JSON.parse(data!) as { done: number[] }).done[0]!,
    );
    expect(counts.at(-1)).toBe(REPLICATIONS);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(text.match(/event: data/g)!.length).toBeGreaterThan(1);
    expect(text).toMatch(/event: end\ndata: \{"state":"complete"\}\n\n$/);
    expect(await sumUp()).toMatchObject({ partial: false, replications: REPLICATIONS });
    await run.finished;
  });

  it('run --view shows it from the start, goes on, and keeps the exit code', async () => {
    const talking = start(['run', 'long.yaml', '--view', '--out', 'watched'], folder.path);
    started.push(talking);
    const url = /http:\S+/.exec(await talking.waitFor('stderr', /watch it at http:\S+\s/))![0];
    const port = Number(new URL(url).port);
    const state = async (): Promise<string | undefined> =>
      (await piece<Partial<Manifest>>(port, 'manifest').catch(() => ({ state: undefined }))).state;
    await expect.poll(state, { interval: 10 }).toBe('running');
    await talking.waitFor('stderr', /still at http/);
    await expect.poll(state).toBe('complete');
    talking.process.kill('SIGINT');
    expect((await talking.finished).exitCode).toBe(0);
  });

  it('a killed run shows what it had, as partial, and says so', async () => {
    const run = start(['run', ...ENDLESS, '--out', 'killed'], folder.path);
    started.push(run);
    await untilReplications(join(folder.path, 'killed'), 2);
    const { port } = await view('killed');
    expect((await piece<Summary>(port, 'summary')).run.replications).toBeGreaterThan(1);
    const live = await fetch(`http://127.0.0.1:${port}/live`);
    run.process.kill('SIGKILL');
    expect(await live.text()).toMatch(/event: end\ndata: \{"state":"interrupted"\}\n\n$/);
    const { stdout } = await runCli(['view', 'killed', '--text'], folder.path);
    expect(stdout).toMatch(/^PARTIAL {2}some replications are missing$/m);
  });

  it('an unfinished folder reports what the run itself says when it is interrupted', async () => {
    const run = start(['run', ...ENDLESS, '--out', 'stopped'], folder.path);
    started.push(run);
    await untilReplications(join(folder.path, 'stopped'), 3);
    run.process.kill('SIGINT');
    await run.finished;
    const own = await runCli(['view', 'stopped', '--text', '--json'], folder.path);
    cpSync(join(folder.path, 'stopped'), join(folder.path, 'bare'), { recursive: true });
    rmSync(join(folder.path, 'bare/summary.json'));
    const again = await runCli(['view', 'bare', '--text', '--json'], folder.path);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(own.stdout));
  });
});

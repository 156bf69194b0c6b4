import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { BackendIndex, ProbeOutcome } from '../../../balancer/index.ts';
import { createHttpProber, createSystemTimers } from '../../../balancer/live/index.ts';

const root = new URL('../../../', import.meta.url);

/** The first program of the page, its imports pointed at the sources. */
async function exampleOfPage(): Promise<string> {
  const page = await readFile(new URL('docs/balancer.md', root), 'utf8');
  const [, program] = /```ts\n([^]*?)```/.exec(page)!;
  return program!
    .replaceAll(`'anycastle/balancer/live'`, `'${new URL('balancer/live/index.ts', root).href}'`)
    .replaceAll(`'anycastle/balancer'`, `'${new URL('balancer/index.ts', root).href}'`);
}

test('the example of docs/balancer.md runs as it stands, against real servers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'balancer-example-'));
  try {
    const file = join(folder, 'example.mts');
    await writeFile(file, await exampleOfPage());
    const tsx = new URL('node_modules/tsx/dist/loader.mjs', root).href;
    const run = promisify(execFile)(process.execPath, ['--import', tsx, file], { timeout: 60_000 });
    const lines = (await run).stdout.trim().split('\n');
    const counts = (title: string) =>
      JSON.parse(lines.find((line) => line.startsWith(title))!.slice(title.length)) as {
        readonly [name: string]: number;
      };
    // Fifty rounds of the weights 1, 2, 3.
    expect(counts('all well')).toEqual({ a: 50, b: 100, c: 150, failed: 0 });
    // Half of the requests meet a dead server first, and are tried again at another.
    const died = counts('c has died');
    expect([died['c'], died['failed']]).toEqual([0, 0]);
    expect(died['a']! + died['b']!).toBe(30);
    expect(lines).toContain('c down');
    // A busy machine may answer a probe late, which takes a or b out for a while.
    const gone = counts('c is gone');
    expect([gone['c'], gone['failed'], gone['a']! + gone['b']!]).toEqual([0, 0, 300]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('http prober', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return (server.address() as AddressInfo).port;
  }

  /** A machine that is busy answers late: who expects an answer has patience. */
  function probe(port: number, timeoutMs: number): Promise<ProbeOutcome> {
    const prober = createHttpProber({
      address: () => ({ host: '127.0.0.1', port }),
      path: '/healthz',
      timeoutMs,
    });
    return new Promise((done) => prober.probe(0 as BackendIndex, done));
  }

  test.each([
    [200, 'pass'],
    [302, 'pass'],
    [404, 'wrong-answer'],
    [503, 'wrong-answer'],
  ])('status %d is a %s', async (status, outcome) => {
    const port = await listen(
      createServer((request, response) => {
        response.statusCode = request.url === '/healthz' ? status : 500;
        response.end('body');
      }),
    );
    expect(await probe(port, 10_000)).toBe(outcome);
  });

  test('refused, silent and broken-off answers fail', async () => {
    const silent = await listen(createServer(() => {}));
    const broken = await listen(
      createServer((_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setImmediate(() => response.destroy());
      }),
    );
    const closed = createServer();
    const refusing = await listen(closed);
    await new Promise((done) => closed.close(done));
    expect(await Promise.all([silent, broken, refusing].map((port) => probe(port, 100)))).toEqual([
      'fail',
      'fail',
      'fail',
    ]);
  });
});

describe('system timers', () => {
  const timers = createSystemTimers();

  test('fire after their delay on a clock that never falls, unless cancelled', async () => {
    const startNs = timers.nowNs;
    const fired: string[] = [];
    const cancelled = timers.after(5e6, () => fired.push('cancelled'));
    timers.cancel(cancelled);
    await new Promise<void>((done) => {
      timers.after(20e6, () => (fired.push('second'), done()));
      timers.after(10e6, () => fired.push('first'));
    });
    timers.cancel(cancelled);
    expect(fired).toEqual(['first', 'second']);
    // Node rounds to its millisecond clock, so a timer may be seen up to 1 ms early.
    expect(timers.nowNs - startNs).toBeGreaterThanOrEqual(19e6);
    expect(Number.isInteger(timers.nowNs)).toBe(true);
  });

  test('refuse delays that setTimeout would take for none', () => {
    expect(() => timers.after(-1, () => {})).toThrow(RangeError);
    expect(() => timers.after(26 * 86_400e9, () => {})).toThrow('24.8 days');
  });
});

import { describe, expect, it } from 'vitest';
import { callCli } from './in-process.ts';

const lookup = (line: string) => callCli(['lookup', ...line.split(' ')]);

interface Report {
  readonly keys: { readonly key: string; readonly before: string; readonly after: string }[];
  readonly moves: {
    readonly moved: number;
    readonly unavoidable: number;
    readonly keyCount: number;
    readonly backends: { readonly id: string; readonly movedAway: number }[];
  };
}

async function report(line: string): Promise<Report> {
  const args = ['--json', 'lookup', ...line.split(' ')];
  const { exitCode, stdout, stderr } = await callCli(args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Report;
}

describe('lookup', () => {
  it('names the backend of each key and where retries go', async () => {
    const { stdout, exitCode } = await lookup(
      '--policy ring-nginx --backends a:80,b:80,c:80 x y --attempts 3',
    );
    expect(exitCode).toBe(0);
    const [, , heading, x, y] = stdout.split('\n');
    expect(heading).toMatch(/^key +backend +retries go to$/);
    for (const line of [x, y]) {
      const names = line!.split(/ +/).slice(1);
      expect(names.toSorted()).toEqual(['a:80', 'b:80', 'c:80']);
    }
  });

  it('rendezvous moves exactly the keys of the backend that leaves', async () => {
    const { moves } = await report('--policy rendezvous --backends b0..b9 --remove b3 --keys 20k');
    expect(moves.keyCount).toBe(20_000);
    expect(moves.moved).toBe(moves.unavoidable);
    expect(moves.backends.filter(({ movedAway }) => movedAway > 0).map(({ id }) => id)).toEqual([
      'b3',
    ]);
  });

  it('one weight of ten from 100 to 99: Katran’s second table moves more', async () => {
    const moved = async (version: string) => {
      const args = '--backends b0..b9=100 --weight b3=99 --option table_size=5003';
      return (await report(`--policy maglev-katran-${version} ${args}`)).moves.moved;
    };
    expect(await moved('v2')).toBeGreaterThan(await moved('v1'));
  });

  it('changes are made in the order given, and a range of names may be weighted', async () => {
    const { moves } = await report('--policy maglev --backends b0..4=2,c --add d --remove d');
    expect(moves.backends.map(({ id }) => id)).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'c']);
    expect(moves.moved).toBe(0);
  });

  it('takes policy and backends from a scenario’s POP, in 80 columns', async () => {
    const { stdout, exitCode } = await lookup(
      '--scenario pop-lab --policy ring-hash --remove fra/gen1-3',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^fra\/gen1-3 +1 → none/m);
    for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
  });

  it.each([
    ['--policy maglv --backends a', /did you mean 'maglev'/],
    ['--policy leastconn --backends a', /did you mean 'least-request'/],
    ['--policy two-choices --backends a', /does not look at keys/],
    ['--backends a', /no policy given/],
    ['--policy maglev', /no backends given/],
    ['--policy maglev --backends a,b,a', /'a' stands there twice/],
    ['--policy maglev --backends b0..b9 --remove b33', /did you mean 'b3'/],
    ['--policy maglev --backends a,b --weight a', /write --weight a=2/],
    ['--policy maglev --backends a,b=x', /a weight is a number/],
    ['--policy maglev --backends a --option table_sise=7', /'table_size'/],
    ['--policy maglev --backends a --option table_size=8', /prime/],
    ['--policy maglev --backends a --keys 0', /count of keys/],
    ['--scenario pop-lab --pop fre', /did you mean 'fra'/],
    ['--pop fra', /need --scenario/],
  ])('%s is bad usage: %s', async (line, message) => {
    const { exitCode, stdout, stderr } = await lookup(line);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

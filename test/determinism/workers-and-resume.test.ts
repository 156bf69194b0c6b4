import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRequest } from '../../scenarios/index.ts';
import type { runScenario as RunScenario } from '../../scenarios/running/index.ts';
import { type CompiledPackage, compilePackage, ROOT } from '../golden/compiled.ts';
import { requestOf, simulateAll } from '../golden/run-in-process.ts';

const SCENARIOS = {
  'mm1-lab': {
    file: join(ROOT, 'scenarios/library/mm1-lab.yaml'),
    changes: { replications: '3', until: '3m' },
  },
  'small-network': { file: join(import.meta.dirname, 'small-network.yaml'), changes: {} },
};

let product: CompiledPackage;
let runScenario: typeof RunScenario;
let folder: string;

beforeAll(async () => {
  product = compilePackage('determinism');
  folder = mkdtempSync(join(tmpdir(), 'anycastle-determinism-'));
  ({ runScenario } = (await import(product.url('scenarios/running/index'))) as {
    runScenario: typeof RunScenario;
  });
});
afterAll(() => {
  product.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function run(request: RunRequest, name: string, workers: number, resume = false) {
  const outDir = join(folder, name);
  const { summary } = await runScenario(request, {
    outDir,
    workers,
    resume,
    packageVersion: '0.0.0',
  });
  const text = readFileSync(join(outDir, 'summary.json'), 'utf8');
  const fingerprints = fingerprintsOf(summary.strategies);
  return { outDir, fingerprints, text, timelines: filesIn(join(outDir, 'timeline')) };
}

/** Time series and recordings: bytes by path, as text that says which differ. */
function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path)).toString('base64')]),
  );
}

function fingerprintsOf(
  strategies: Readonly<Record<string, { readonly fingerprints: readonly string[] }>>,
): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(strategies).map(([name, { fingerprints }]) => [name, fingerprints]),
  );
}

describe.each(Object.entries(SCENARIOS))('%s', (name, { file, changes }) => {
  let request: RunRequest;
  let alone: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    request = await requestOf(product, file, changes);
    alone = await run(request, `${name}-1`, 1);
  });

  it('gives replications that differ from each other', () => {
    const all = Object.values(alone.fingerprints).flat();
    expect(all).toHaveLength(request.plans.length * 3);
    expect(new Set(all).size).toBe(all.length);
  });

  it('gives the same fingerprints and bytes with one worker and with two', async () => {
    const together = await run(request, `${name}-2`, 2);
    expect(together.fingerprints).toEqual(alone.fingerprints);
    expect(together.text).toBe(alone.text);
    expect(together.timelines).toEqual(alone.timelines);
  });

  it('gives the same bytes when resumed after half of the log, and after a torn line', async () => {
    const { outDir } = await run(request, `${name}-resumed`, 2);
    const log = readFileSync(join(outDir, 'results.jsonl'));
    for (const kept of [0.5, 0.9]) {
      writeFileSync(join(outDir, 'results.jsonl'), log.subarray(0, Math.floor(log.length * kept)));
      const resumed = await run(request, `${name}-resumed`, 1, true);
      expect(resumed.fingerprints).toEqual(alone.fingerprints);
      expect(resumed.text).toBe(alone.text);
      expect(resumed.timelines).toEqual(alone.timelines);
    }
  });

  it('gives the same results twice in one process, and as in a process of its own', async () => {
    const first = await simulateAll(product, request);
    const second = await simulateAll(product, request);
    expect(second).toEqual(first);
    const names = request.plans.map((plan) => plan.name);
    expect(
      Object.fromEntries(first.map((all, i) => [names[i]!, all.map((one) => one.fingerprint)])),
    ).toEqual(alone.fingerprints);
  });
});

it('a recording that has gone is made again on resume, to the same bytes', async () => {
  const { file, changes } = SCENARIOS['small-network'];
  const request = await requestOf(product, file, changes);
  const { outDir, timelines } = await run(request, 'recorded', 2);
  const own = (path: string): boolean => path.startsWith('geo-dns/');
  expect(Object.keys(timelines).filter(own)).toContain('geo-dns/traces.json');
  rmSync(join(outDir, 'timeline/geo-dns'), { recursive: true });
  expect((await run(request, 'recorded', 2, true)).timelines).toEqual(timelines);
});

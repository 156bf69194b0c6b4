import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Summary } from '../../scenarios/index.ts';
import { type CompiledPackage, compilePackage, ROOT } from '../golden/compiled.ts';

/** `.ci/node22.sh` puts it there; ANYCASTLE_NODE22 names another. */
const OTHER = process.env['ANYCASTLE_NODE22'] ?? join(ROOT, '.cache/node22/bin/node');

const RUNS: readonly (readonly [string, readonly string[]])[] = [
  ['mm1-lab', [join(ROOT, 'scenarios/library/mm1-lab.yaml'), '--until', '3m']],
  ['small-network', [join(import.meta.dirname, 'small-network.yaml')]],
];

/** Why the comparison cannot be made, or null. */
function obstacle(): string | null {
  if (!existsSync(OTHER)) return `no Node 22 at ${OTHER}: run .ci/node22.sh`;
  const version = spawnSync(OTHER, ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (!version.startsWith('v22.')) return `${OTHER} is ${version || 'no Node'}, not v22`;
  return version === process.version ? `both are ${version}` : null;
}

const reason = obstacle();
if (reason !== null) console.warn(`skipped: Node versions are not compared: ${reason}`);

describe.skipIf(reason !== null)('under Node 22 and this Node', () => {
  let product: CompiledPackage;
  let folder: string;
  beforeAll(() => {
    product = compilePackage('node-versions');
    folder = mkdtempSync(join(tmpdir(), 'anycastle-node-versions-'));
  });
  afterAll(() => {
    product.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  function summaryUnder(node: string, name: string, run: readonly string[]): string {
    const out = join(folder, name);
    const main = join(product.folder, 'cli/main.js');
    const options = ['--replications', '2', '--workers', '2', '--no-progress', '--out', out];
    const done = spawnSync(node, [main, 'run', ...run, ...options], { encoding: 'utf8' });
    // Two replications are too few for a verdict: exit 11, undecided.
    expect(done.status, done.stderr).toBe(11);
    return readFileSync(join(out, 'summary.json'), 'utf8');
  }

  it.each(RUNS)('%s: the same fingerprints, the same bytes', (name, run) => {
    const here = summaryUnder(process.execPath, `${name}-here`, run);
    const there = summaryUnder(OTHER, `${name}-there`, run);
    const manifest = readFileSync(join(folder, `${name}-there`, 'manifest.json'), 'utf8');
    const { node_version } = JSON.parse(manifest) as { readonly node_version: string };
    expect(node_version).toMatch(/^22\./);
    expect(fingerprintsOf(there)).toEqual(fingerprintsOf(here));
    expect(there).toBe(here);
  });
});

function fingerprintsOf(text: string): string[] {
  const { strategies } = JSON.parse(text) as Summary;
  return Object.values(strategies).flatMap(({ fingerprints }) => fingerprints);
}

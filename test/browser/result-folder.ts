import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBuilt, MAIN, runCli } from '../cli/cli-process.ts';

/** A run whose results tests look at. */
export interface RunOfTests {
  /** A name of the library, or a file. */
  readonly scenario: string;
  /** Further arguments of `run`. */
  readonly args: readonly string[];
}

/**
 * The flagship with three of its strategies and as few replications as give intervals. No verdicts:
 * these need ten.
 */
export const FLAGSHIP: RunOfTests = {
  scenario: 'pop-failure',
  args: ['--only', 'anycast', 'anycast-bfd', 'geo-dns', '--replications', '3'],
};

/** A laboratory without geography: one POP, 24 servers, two policies. */
export const LABORATORY: RunOfTests = {
  scenario: 'pop-lab',
  args: ['--only', 'two-choices', 'maglev', '--replications', '2'],
};

/**
 * The folder with the results of a real run by the code as it is now. Kept in the temporary folder
 * until that code changes, so only the first test file of many waits for it.
 */
export async function resultFolder(run: RunOfTests): Promise<string> {
  await ensureBuilt();
  const key = digest(run);
  const folder = join(tmpdir(), 'anycastle-browser-tests', `${run.scenario}-${key}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const draft = `${folder}.${process.pid}`;
  const done = await runCli(['run', run.scenario, ...run.args, '--out', draft, '-q'], tmpdir());
  // 10 and 11: thresholds, which are not the subject.
  if (![0, 10, 11].includes(done.exitCode ?? 1)) throw new Error(`run failed: ${done.stderr}`);
  try {
    renameSync(draft, folder);
  } catch {
    // Another test file was faster.
    rmSync(draft, { recursive: true });
  }
  return folder;
}

/** Over the code that simulates, what it reads, and what it is asked. */
function digest({ scenario, args }: RunOfTests): string {
  const hash = createHash('sha256').update(JSON.stringify([scenario, args]));
  const root = join(dirname(MAIN), '../..');
  const folders = ['balancer', 'topology', 'sim', 'scenarios'].map((name) => join('dist', name));
  for (const folder of [...folders, 'scenarios/library', 'scenarios/presets']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const name of files.filter((one) => /[.](js|yaml)$/.test(one))) {
      hash.update(name).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

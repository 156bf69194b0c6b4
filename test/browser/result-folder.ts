import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestOfSources } from '../../scripts/viz/digest-of-sources.ts';
import { ensureBuilt, runCli } from '../cli/cli-process.ts';

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
  const key = digestOfSources([JSON.stringify(run)]).slice(0, 16);
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

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../running/manifest.ts';
import { parseLog, RESULTS_FILE } from '../running/results-log.ts';
import { loadReplications, loadResults, type StoredResults } from './load-results.ts';

export interface CheckedResults {
  readonly problems: readonly string[];
  readonly replications: number;
  readonly isPartial: boolean;
}

/**
 * Checks a results folder: checksums of the log and of every file the manifest lists, and that the
 * log holds each replication the summary was made from. No problems = nothing is damaged or
 * missing. Throws a FolderError (4) when there is no summary or manifest to check by.
 */
export async function checkResults(dir: string): Promise<CheckedResults> {
  const stored = await loadResults(dir);
  const problems = [...(await fileProblems(stored)), ...(await logProblems(stored))];
  if (stored.manifest.scenario_sha256 !== sha256(stored.manifest.scenario_text)) {
    problems.push('manifest.json: the scenario text does not have the recorded SHA-256');
  }
  if (stored.manifest.scenario_sha256 !== stored.summary.scenario.sha256) {
    problems.push('summary.json and manifest.json are of different scenarios');
  }
  const { replications, partial } = stored.summary.run;
  return { problems, replications, isPartial: partial };
}

async function fileProblems({ dir, manifest }: StoredResults): Promise<string[]> {
  const problems: string[] = [];
  for (const [path, expected] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(dir, path)).catch(() => null);
    if (bytes === null) problems.push(`${path}: missing`);
    else if (sha256(bytes) !== expected) problems.push(`${path}: changed since it was written`);
  }
  return problems;
}

async function logProblems(stored: StoredResults): Promise<string[]> {
  const bytes = await readFile(join(stored.dir, RESULTS_FILE)).catch(() => null);
  if (bytes === null) return [`${RESULTS_FILE}: missing`];
  const { lines, damagedBytes } = parseLog(bytes);
  const problems =
    damagedBytes > 0
      ? [`${RESULTS_FILE}: ${damagedBytes} damaged bytes after line ${lines.length}`]
      : [];
  const replications = await loadReplications(stored);
  for (const [name, { fingerprints }] of Object.entries(stored.summary.strategies)) {
    const found = replications.get(name)!.map(({ fingerprint }) => fingerprint);
    if (found.join() !== fingerprints.join()) {
      problems.push(`${RESULTS_FILE}: strategy ${name} does not hold the summary's replications`);
    }
  }
  return problems;
}

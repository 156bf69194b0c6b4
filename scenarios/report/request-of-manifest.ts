import { dirname } from 'node:path';
import stringify from 'safe-stable-stringify';
import type { Manifest } from '../../sim/index.ts';
import { decodeScenario, expand } from '../decode-scenario.ts';
import { listLibrary } from '../library.ts';
import { filesInFolder } from '../load.ts';
import { requestRun } from '../request-run.ts';
import { sha256 } from '../running/manifest.ts';
import type { RunRequest } from '../running/run-request.ts';

/**
 * What a results folder was asked to hold, from its manifest alone: the resolved scenario is
 * decoded once more, and must give the very plans whose hash the manifest has. Null where it does
 * not: it names files that are not there any more, or an Anycastle of another mind ran it.
 */
export function requestOfManifest(manifest: Manifest): RunRequest | null {
  const file = listLibrary().find(({ name }) => name === manifest.name)?.file;
  const decoded = decodeScenario(
    file ?? `${manifest.name}.yaml`,
    JSON.stringify(manifest.resolved),
    file === undefined ? {} : { files: filesInFolder(dirname(file), file) },
  );
  if (!decoded.ok) return null;
  const plans = expand(decoded.value);
  if (!plans.ok) return null;
  const request = requestRun(decoded.value, plans.value, manifest.strategies);
  const isSame = sha256(stringify(request.plans as unknown as object)!) === manifest.plans_sha256;
  return isSame ? { ...request, name: manifest.name, seed: manifest.seed } : null;
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import stringify from 'safe-stable-stringify';
import type { Manifest } from '../../sim/index.ts';
import type { RunOptions, RunRequest } from './run-request.ts';

export const MANIFEST_FILE = 'manifest.json';

/** The manifest of a run that begins at `startedAt` (ISO 8601). */
export function newManifest(
  request: RunRequest,
  options: RunOptions,
  startedAt: string,
  notes: readonly string[],
): Manifest {
  return {
    format: 1,
    name: request.name,
    scenario_text: request.text,
    scenario_sha256: sha256(request.text),
    plans_sha256: sha256(stringify(request.plans as unknown as object)!),
    resolved: request.resolved ?? null,
    seed: request.seed,
    package_version: options.packageVersion,
    node_version: process.versions.node,
    host: {
      platform: platform(),
      arch: arch(),
      cpu: cpus()[0]?.model ?? 'unknown',
      cpu_count: cpus().length,
      memory_bytes: totalmem(),
    },
    strategies: request.plans.map(({ name }) => name),
    story: (request.story ?? []).map(({ atNs, forNs, text, show }) => ({
      at_s: atNs === null ? null : atNs / 1e9,
      for_s: forNs === null ? null : forNs / 1e9,
      text,
      show,
    })),
    workers: options.workers,
    started_at: startedAt,
    finished_at: null,
    wall_s: null,
    state: 'running',
    notes,
    files: {},
  };
}

/** Null when there is none or it is damaged. */
export async function readManifest(path: string): Promise<Manifest | null> {
  try {
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    return manifest.format === 1 ? manifest : null;
  } catch {
    return null;
  }
}

/** What keeps stored replications from being mixed with new ones, in words; empty when nothing. */
export function differences(stored: Manifest, current: Manifest): string[] {
  const found: string[] = [];
  const compare = (what: string, before: string, now: string): void => {
    if (before !== now) found.push(`${what}: stored ${before}, now ${now}`);
  };
  compare('scenario (SHA-256)', stored.scenario_sha256, current.scenario_sha256);
  compare('seed', stored.seed, current.seed);
  compare('package version', stored.package_version, current.package_version);
  compare('Node major version', major(stored.node_version), major(current.node_version));
  if (found.length === 0) {
    compare(
      'strategies or settings given by flags (SHA-256)',
      stored.plans_sha256,
      current.plans_sha256,
    );
  }
  return found;
}

export function sha256(contents: string | Buffer): string {
  return createHash('sha256').update(contents).digest('hex');
}

function major(version: string): string {
  return version.split('.')[0]!;
}

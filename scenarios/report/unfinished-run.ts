import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, RunResult, Summary, TimelineFile } from '../../sim/index.ts';
import { FolderError } from '../running/folder-error.ts';
import { isFolderInUse } from '../running/folder-lock.ts';
import { MANIFEST_FILE, readManifest } from '../running/manifest.ts';
import { recordingHashes } from '../running/recording-files.ts';
import { parseLog, RESULTS_FILE } from '../running/results-log.ts';
import type { ResultsLine } from '../running/results-line.ts';
import type { RunRequest } from '../running/run-request.ts';
import { PILOT_STAGES, pilotReplications, warmUpFrom, type WarmUp } from '../running/warm-up.ts';
import { aggregate } from './aggregate.ts';
import { requestOfManifest } from './request-of-manifest.ts';
import { timelineFile } from './timeline-file.ts';

export interface UnfinishedReport {
  /** Partial: what the replications so far are worth. */
  readonly summary: Summary;
  /** By strategy; null where none is recorded. */
  readonly timelines: readonly (TimelineFile | null)[];
}

/** A results folder whose run goes on, or was killed before it could write its summary. */
export class UnfinishedRun {
  readonly #dir: string;
  readonly manifest: Manifest;
  /** Null where the manifest does not give the plans again: progress can be told, no figures. */
  readonly #request: RunRequest | null;
  readonly #lines: ResultsLine[] = [];
  #readBytes = 0;

  private constructor(dir: string, manifest: Manifest) {
    this.#dir = dir;
    this.manifest = manifest;
    this.#request = requestOfManifest(manifest);
  }

  /** Throws a FolderError (4) where no run of ours has begun. */
  static async open(dir: string): Promise<UnfinishedRun> {
    const manifest = await readManifest(join(dir, MANIFEST_FILE));
    if (manifest === null) throw new FolderError(4, `no readable ${MANIFEST_FILE} in ${dir}`);
    return new UnfinishedRun(dir, manifest);
  }

  /** Whether somebody still writes to it. */
  get isRunning(): boolean {
    return isFolderInUse(this.#dir);
  }

  /** At most so many replications of each strategy; null where the manifest does not tell. */
  get replicationsMost(): number | null {
    return this.#request?.replications.most ?? null;
  }

  /** Measured replications so far, by strategy in the manifest's order. */
  get done(): number[] {
    return this.manifest.strategies.map((name) => this.#measured(name).length);
  }

  /** Takes in what was appended since the last call; returns it. */
  async readOn(): Promise<readonly ResultsLine[]> {
    const bytes = await readFrom(join(this.#dir, RESULTS_FILE), this.#readBytes);
    const { lines, validBytes } = parseLog(bytes);
    this.#readBytes += validBytes;
    this.#lines.push(...lines);
    return lines;
  }

  /** What there is so far, as the run itself would report it were it interrupted now. */
  report(): UnfinishedReport | null {
    const request = this.#request;
    if (request === null) return null;
    const results = request.plans.map(({ name }) => this.#measured(name));
    const warmUp = this.#warmUp(request);
    const summary = aggregate({
      request,
      sha256: this.manifest.scenario_sha256,
      results,
      warmUp: warmUp.time,
      isPartial: true,
      notes: warmUp.notes,
    });
    const timelines = request.plans.map(({ name }, plan) => timelineFile(name, results[plan]!));
    return { summary, timelines };
  }

  /** SHA-256 by path of the files of recordings that are there already. */
  async recordings(): Promise<Readonly<Record<string, string>>> {
    const { strategies } = this.manifest;
    const all = await Promise.all(strategies.map((name) => recordingHashes(this.#dir, name)));
    return Object.assign({}, ...all) as Record<string, string>;
  }

  #measured(name: string): RunResult[] {
    const found = this.#lines.filter(
      ({ kind, strategy }) => kind === 'measured' && strategy === name,
    );
    const byReplication = new Map(found.map(({ replication, result }) => [replication, result]));
    return [...byReplication].sort((a, b) => a[0] - b[0]).map(([, result]) => result);
  }

  /** As the run found it: from the last stage of pilots that is complete. */
  #warmUp({ plans, warmup }: RunRequest): WarmUp {
    const worlds = plans.map(({ world }) => world);
    const { preRunNs, cutNs } = worlds[0]!.time;
    let warmUp: WarmUp = { time: { preRunNs, cutNs }, notes: [] };
    if (warmup === 'given') return warmUp;
    for (const stage of PILOT_STAGES) {
      const numbers = pilotReplications(stage);
      const pilots = plans.map(({ name }) =>
        this.#lines
          .filter(
            ({ kind, strategy, replication }) =>
              kind === 'pilot' && strategy === name && numbers.includes(replication),
          )
          .map(({ result }) => result),
      );
      if (pilots.some((all) => all.length < numbers.length)) break;
      warmUp = warmUpFrom(worlds, pilots);
    }
    return warmUp;
  }
}

/** The bytes of a file from a position on; none while there is no file. */
async function readFrom(path: string, position: number): Promise<Buffer> {
  let file;
  try {
    file = await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw new FolderError(4, `cannot read ${path}`, { cause: error });
  }
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - position));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

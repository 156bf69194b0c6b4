import { execFile } from 'node:child_process';
import { extname, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { EdgeRun } from './run-edge.ts';

const replication = resolve(
  import.meta.dirname,
  `edge-replication${extname(import.meta.filename)}`,
);

/**
 * Simulates the edge reference for so many seconds in a process of its own, as the runner has its
 * workers, and where memory is that of the simulation alone.
 */
export async function edgeInProcess(simulatedSeconds: number): Promise<EdgeRun> {
  const args = [...process.execArgv, replication, String(simulatedSeconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as EdgeRun;
}

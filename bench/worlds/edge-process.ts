import { execFile, execFileSync } from 'node:child_process';
import { extname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { R1_SCALE, type EdgeScale } from './edge-world.ts';
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
  const { stdout } = await promisify(execFile)(
    process.execPath,
    commandLine(simulatedSeconds, R1_SCALE),
  );
  return JSON.parse(stdout) as EdgeRun;
}

/** As `edgeInProcess`, while nobody else runs. */
export function edgeAlone(simulatedSeconds: number, scale: EdgeScale = R1_SCALE): EdgeRun {
  const stdout = execFileSync(process.execPath, commandLine(simulatedSeconds, scale), {
    encoding: 'utf8',
  });
  return JSON.parse(stdout) as EdgeRun;
}

function commandLine(simulatedSeconds: number, scale: EdgeScale): string[] {
  return [...process.execArgv, replication, String(simulatedSeconds), JSON.stringify(scale)];
}

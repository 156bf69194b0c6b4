import { existsSync, statSync } from 'node:fs';
import { CommandError, ExitCode } from './exit-code.ts';

/** The file that `run NAME` or `run FILE` means; a CommandError when there is none. */
export async function scenarioFileOf(pathOrName: string): Promise<string> {
  const { findScenarioFile } = await import('../scenarios/index.ts');
  const found = findScenarioFile(pathOrName);
  if (!found.found) {
    throw new CommandError(
      ExitCode.BadUsage,
      `no such file, and no scenario of the library: ${pathOrName}`,
      found.nearest === null
        ? `library: ${found.names.join(', ')}`
        : `did you mean '${found.nearest}'?`,
    );
  }
  if (existsSync(found.file) && statSync(found.file).isDirectory()) {
    throw new CommandError(ExitCode.BadUsage, `${found.file} is a folder, not a scenario file`);
  }
  return found.file;
}

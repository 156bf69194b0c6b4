import { statSync } from 'node:fs';
import type { Diagnostic, RunRequest, Sources } from '../scenarios/index.ts';
import { CommandError, ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Flags that change a scenario; they win over the file. */
export interface ScenarioFlags {
  readonly seed?: string | undefined;
  readonly replications?: string | undefined;
  readonly until?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly only?: readonly string[] | undefined;
}

/** A scenario ready to run, or every reason why not. */
export type LoadedScenario =
  | {
      readonly ok: true;
      readonly request: RunRequest;
      readonly warnings: readonly Diagnostic[];
      readonly sources: Sources;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

/** As `readScenario`; null after printing what is wrong with the scenario (exit 3). */
export async function loadRequest(
  pathOrName: string,
  flags: ScenarioFlags,
  terminal: Terminal,
): Promise<RunRequest | null> {
  const loaded = await readScenario(pathOrName, flags);
  if (loaded.ok) return loaded.request;
  const { renderDiagnostics } = await import('../scenarios/index.ts');
  const { on: color } = terminal.errorPalette;
  terminal.warn(renderDiagnostics(loaded.diagnostics, loaded.sources, { color }));
  return null;
}

/**
 * Reads and checks a scenario given by file or library name. Throws a CommandError when there is no
 * such file or strategy (exit 2).
 */
export async function readScenario(
  pathOrName: string,
  flags: ScenarioFlags,
): Promise<LoadedScenario> {
  const { expand, loadScenario, requestRun } = await import('../scenarios/index.ts');
  const file = await scenarioFileOf(pathOrName);
  const { seed, replications, until } = flags;
  const decoded = await loadScenario(file, {
    ...(seed === undefined ? {} : { seed }),
    ...(replications === undefined ? {} : { replications }),
    ...(until === undefined ? {} : { until }),
    overrides: overridesOf(flags.set ?? []),
  });
  if (!decoded.ok) return decoded;
  const plans = expand(decoded.value);
  if (!plans.ok) return plans;
  const { warnings, sources } = decoded;
  try {
    const request = requestRun(decoded.value, plans.value, flags.only);
    return { ok: true, request, warnings, sources };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CommandError(ExitCode.BadUsage, error.message);
  }
}

/** The file that `run NAME` or `run FILE` means. */
async function scenarioFileOf(pathOrName: string): Promise<string> {
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
  if (statSync(found.file).isDirectory()) {
    throw new CommandError(ExitCode.BadUsage, `${found.file} is a folder, not a scenario file`);
  }
  return found.file;
}

/** `traffic.rate=5k/s` → path and value; the value may hold further equal signs. */
function overridesOf(settings: readonly string[]): Record<string, string> {
  const overrides: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) {
      throw new CommandError(ExitCode.BadUsage, `--set ${setting}: write --set path=value`);
    }
    overrides[setting.slice(0, at)] = setting.slice(at + 1);
  }
  return overrides;
}

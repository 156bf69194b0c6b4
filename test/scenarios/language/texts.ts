import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeScenario,
  expand,
  filesInFolder,
  type DecodeOptions,
  type Diagnostic,
  type Scenario,
  type StrategyPlan,
} from '../../../scenarios/index.ts';

/** Scenario texts that the tests of the language share. */

export const EXAMPLES = join(import.meta.dirname, 'examples');
export const LIBRARY = join(process.cwd(), 'scenarios', 'library');

/** The smallest useful file: everything else may be put in its place. */
export const LAB = `version: 1
name: lab
network:
  pops:
    lab: { servers: 1, concurrency: 1 }
traffic:
  arrivals: poisson 80/s
  classes:
    page: { service_time: exponential mean=10ms }
balancer: { policy: random }
run: { duration: 30m, warmup: 2m, seed: 1, replications: 20 }
`;

/** Files of the examples and of the library, by path. */
export function corpus(): { readonly file: string; readonly text: string }[] {
  return [EXAMPLES, LIBRARY].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, name))
      .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  );
}

export function decodeIn(folder: string, file: string, text: string) {
  return decodeScenario(file, text, { files: filesInFolder(folder, file) });
}

export function errorsOf(text: string, options: DecodeOptions = {}): readonly Diagnostic[] {
  const decoded = decodeScenario('t.yaml', text, options);
  return decoded.ok ? [] : decoded.diagnostics.filter(({ severity }) => severity === 'error');
}

/** `E0304 3:14 unknown policy 'x' | did you mean …`, one a line. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, line, column, message, hint }) =>
      `${code} ${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

export function scenarioOf(text: string, options: DecodeOptions = {}): Scenario {
  const decoded = decodeScenario('t.yaml', text, options);
  if (!decoded.ok) throw new Error(shown(decoded.diagnostics).join('\n'));
  return decoded.value;
}

export function plansOf(text: string, options: DecodeOptions = {}): readonly StrategyPlan[] {
  const plans = expand(scenarioOf(text, options));
  if (!plans.ok) throw new Error(shown(plans.diagnostics).join('\n'));
  return plans.value;
}

export function worldOf(text: string, options: DecodeOptions = {}) {
  return plansOf(text, options)[0]!.world;
}

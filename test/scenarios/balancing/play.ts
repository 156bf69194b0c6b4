import { decodeScenario, expand } from '../../../scenarios/index.ts';
import { createSimulation, type RunResult } from '../../../sim/index.ts';

/** One replication of every strategy of a scenario text, by name. */
export function play(text: string): Readonly<Record<string, RunResult>> {
  const decoded = decodeScenario('scenario.yaml', `version: 1\nname: test\n${text}`);
  if (!decoded.ok) {
    throw new Error(decoded.diagnostics.map(({ message }) => message).join('\n'));
  }
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(plans.diagnostics.map(({ message }) => message).join('\n'));
  return Object.fromEntries(
    plans.value.map(({ name, world }) => [name, createSimulation(world, 'seed', 0).run()]),
  );
}

/** What is wrong with a scenario text: `CODE message | hint`. */
export function refusals(text: string): readonly string[] {
  const decoded = decodeScenario('scenario.yaml', `version: 1\nname: test\n${text}`);
  if (decoded.ok) return [];
  return decoded.diagnostics.map(
    ({ code, message, hint }) => `${code} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

/** What it is warned of: `CODE message`. */
export function warnings(text: string): readonly string[] {
  const decoded = decodeScenario('scenario.yaml', `version: 1\nname: test\n${text}`);
  return decoded.ok ? decoded.warnings.map(({ code, message }) => `${code} ${message}`) : [];
}

/** Share of all requests that reached servers whose names begin so. */
export function shareOf(result: RunResult, prefix: string): number {
  let all = 0;
  let own = 0;
  for (const [name, { requests }] of Object.entries(result.servers)) {
    all += requests!;
    if (name.startsWith(prefix)) own += requests!;
  }
  return own / all;
}

import {
  expand,
  findScenarioFile,
  loadScenario,
  renderDiagnostics,
  requestRun,
} from '../../scenarios/index.ts';
import { createSimulation, type MetricValues, type RunResult } from '../../sim/index.ts';

/** What each strategy of a scenario came to, by name. */
export type Told = Readonly<Record<string, RunResult>>;

/** Dotted paths of the file and what they become, as by `--set`. */
export type Changes = Readonly<Record<string, string>>;

/**
 * One replication of every strategy of a scenario of the library, as its file says unless told
 * otherwise. Throws with the diagnostics if the language refuses it.
 */
export async function tell(name: string, overrides: Changes = {}): Promise<Told> {
  const found = findScenarioFile(name);
  if (!found.found) throw new Error(`the library has no ${name}`);
  const decoded = await loadScenario(found.file, { replications: '1', overrides });
  if (!decoded.ok) throw new Error(renderDiagnostics(decoded.diagnostics, decoded.sources));
  const plans = expand(decoded.value);
  if (!plans.ok) throw new Error(renderDiagnostics(plans.diagnostics, plans.sources));
  const request = requestRun(decoded.value, plans.value);
  return Object.fromEntries(
    request.plans.map(({ name: strategy, world }) => [
      strategy,
      createSimulation(world, request.seed, 0).run(),
    ]),
  );
}

/** A metric that must be there: of the whole story, or before, during or after an event. */
export function metric(result: RunResult | undefined, key: string, when: When = {}): number {
  const metrics = partOf(result!, when);
  const value = metrics?.[key];
  if (value === null || value === undefined) throw new Error(`${result?.strategy}: no ${key}`);
  return value;
}

export interface When {
  readonly before?: string;
  readonly during?: string;
  readonly after?: string;
}

function partOf(result: RunResult, { before, during, after }: When): MetricValues | undefined {
  if (before !== undefined) return result.before[before];
  if (during !== undefined) return result.windows[during];
  return after === undefined ? result.metrics : result.after[after];
}

/** Share of the requests that were not completed. */
export function lost(result: RunResult | undefined, when: When = {}): number {
  return 1 - metric(result, 'availability', when);
}

/** A metric of one server, `lab/0`. */
export function ofServer(result: RunResult | undefined, server: string, key: string): number {
  const value = result!.servers[server]?.[key];
  if (value === null || value === undefined) throw new Error(`${server}: no ${key}`);
  return value;
}

/** Share of all requests that reached servers whose names begin so. */
export function shareOf(result: RunResult | undefined, prefix: string): number {
  let all = 0;
  let own = 0;
  for (const [name, { requests }] of Object.entries(result!.servers)) {
    all += requests!;
    if (name.startsWith(prefix)) own += requests!;
  }
  return own / all;
}

/** Share of the requests of the last so many seconds that were completed. */
export function availabilityAtTheEnd(result: RunResult | undefined, seconds: number): number {
  const { requests, completed, bucketNs } = result!.timeline!;
  const sum = (column: readonly number[]): number =>
    column.slice(-seconds * (1e9 / bucketNs)).reduce((total, count) => total + count, 0);
  return sum(completed) / sum(requests);
}

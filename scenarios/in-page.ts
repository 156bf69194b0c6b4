import {
  createReusedTables,
  createSimulation,
  type Recording,
  type ReusedTables,
  type RunResult,
  type WorldSpec,
} from '../sim/index.ts';
import { policies } from '../balancer/index.ts';
import { replicationSeed } from './running/replication-seed.ts';
import type { Scenario, StrategyPlan } from './scenario.ts';

/**
 * The part of scenarios that also runs in a web page: from a scenario's text to the result of one
 * replication, without files, processes or Node. What it computes has the fingerprint that the
 * command line gets: it is the same code.
 */
export { decodeScenario, expand } from './decode-scenario.ts';
export type { Scenario, StrategyPlan } from './scenario.ts';

/** Names of the load-balancing policies that a scenario may ask for, in the catalogue's order. */
export const policyNames: readonly string[] = policies.map(({ name }) => name);

export interface PageRun {
  readonly result: RunResult;
  /** null where the world records nothing. */
  readonly recording: Recording | null;
}

/** Times before the story, where a run has found them by pilots (`warmup: auto`). */
export interface FoundWarmUp {
  readonly preRunNs: number;
  readonly cutNs: number;
}

/** Replication 0 of a strategy, as `anycastle run` makes it. Blocks while it runs. */
export function simulateOnce(
  scenario: Scenario,
  plan: StrategyPlan,
  warmUp: FoundWarmUp | null,
): PageRun {
  const { seed, commonRandomNumbers } = scenario.run;
  const world =
    warmUp === null ? plan.world : { ...plan.world, time: { ...plan.world.time, ...warmUp } };
  const root = replicationSeed({ seed, commonRandomNumbers }, plan.name);
  const simulation = createSimulation(world, root, 0, { records: true, reused: tablesOf(world) });
  const result = simulation.run();
  return { result, recording: simulation.recording() };
}

/** What large tables are functions of. */
const PARTS = ['network', 'pops', 'classes', 'balancer', 'cache'] as const;

let known: { readonly parts: string; readonly tables: ReusedTables } | null = null;

/** Those of the world before, where the two differ in events or times alone. */
function tablesOf(world: WorldSpec): ReusedTables {
  // Infinity is no JSON, and must not read like something else
  const parts = JSON.stringify(
    PARTS.map((part) => world[part]),
    (_key, value: unknown) => (typeof value === 'number' ? String(value) : value),
  );
  if (known?.parts !== parts) known = { parts, tables: createReusedTables() };
  return known.tables;
}

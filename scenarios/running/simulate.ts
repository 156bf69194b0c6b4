import { isDeepStrictEqual } from 'node:util';
import {
  createReusedTables,
  createSimulation,
  type Recording,
  type ReusedTables,
  type RunResult,
  type WorldSpec,
} from '../../sim/index.ts';

/** What large tables are functions of: replications differ in seed and time, pilots in events. */
const PARTS = ['network', 'pops', 'classes', 'balancer', 'cache'] as const;

/** One entry a strategy, those with equal parts with the same tables; a process serves one run. */
const reusedOf: { readonly world: WorldSpec; readonly tables: ReusedTables }[] = [];

/** The replication module of the product: builds the simulator and runs it. */
export async function runReplication(
  world: WorldSpec,
  seed: string,
  replication: number,
  record?: (recording: Recording) => Promise<void>,
): Promise<RunResult> {
  const reused = reusedTables(world);
  const records = record !== undefined;
  const simulation = createSimulation(world, seed, replication, { reused, records });
  const result = simulation.run();
  const recording = simulation.recording();
  if (recording !== null) await record?.(recording);
  return result;
}

/** The same replication again, with a line for each of its events. */
export function traceReplication(
  world: WorldSpec,
  seed: string,
  replication: number,
  trace: (line: string) => void,
): void {
  createSimulation(world, seed, replication, { reused: reusedTables(world), trace }).run();
}

/** Kept for worlds with equal parts; Zipf tables for all. */
function reusedTables(world: WorldSpec): ReusedTables {
  const same = reusedOf.find((known) => PARTS.every((part) => known.world[part] === world[part]));
  if (same !== undefined) return same.tables;
  const equal = reusedOf.find((known) =>
    PARTS.every((part) => isDeepStrictEqual(known.world[part], world[part])),
  );
  const zipfTables = reusedOf[0]?.tables.zipfTables;
  const tables = equal?.tables ?? {
    ...createReusedTables(),
    ...(zipfTables === undefined ? {} : { zipfTables }),
  };
  reusedOf.push({ world, tables });
  return tables;
}

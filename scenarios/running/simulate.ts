import {
  createReusedTables,
  createSimulation,
  type ReusedTables,
  type RunResult,
  type WorldSpec,
} from '../../sim/index.ts';

/** What large tables are functions of: replications differ in seed and time, pilots in events. */
type WorldParts = Pick<WorldSpec, 'pops' | 'classes' | 'balancer' | 'cache'>;

/** One entry a strategy; a process serves one run, so they are few. */
const reusedOf: { readonly parts: WorldParts; readonly tables: ReusedTables }[] = [];

/** The replication module of the product: builds the simulator and runs it. */
export function runReplication(world: WorldSpec, seed: string, replication: number): RunResult {
  const reused = reusedTables(world);
  return createSimulation(world, seed, replication, { reused }).run();
}

/** Kept for worlds that share these parts, the very objects; Zipf tables for all. */
function reusedTables({ pops, classes, balancer, cache }: WorldSpec): ReusedTables {
  const known = reusedOf.find(
    ({ parts }) =>
      parts.pops === pops &&
      parts.classes === classes &&
      parts.balancer === balancer &&
      parts.cache === cache,
  );
  if (known !== undefined) return known.tables;
  const zipfTables = reusedOf[0]?.tables.zipfTables;
  const tables = { ...createReusedTables(), ...(zipfTables === undefined ? {} : { zipfTables }) };
  reusedOf.push({ parts: { pops, classes, balancer, cache }, tables });
  return tables;
}

import { createSimulation, type RunResult, type WorldSpec } from '../../sim/index.ts';

/** The replication module of the product: builds the simulator and runs it. */
export function runReplication(world: WorldSpec, seed: string, replication: number): RunResult {
  return createSimulation(world, seed, replication).run();
}

import { createSimulation, type RunResult, type WorldSpec } from '../../sim/index.ts';

/** The simulator with a defect: a timer at 1 s, give or take what no seed decides. */
function unsteady(
  world: WorldSpec,
  seed: string,
  replication: number,
  trace?: (line: string) => void,
): RunResult {
  const options = trace === undefined ? {} : { trace };
  const simulation = createSimulation(world, seed, replication, options);
  simulation.tables.kernel.after(1e9 + Math.floor(Math.random() * 1e6), () => undefined);
  return simulation.run();
}

export const runReplication = unsteady;
export const traceReplication = unsteady;

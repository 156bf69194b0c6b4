export {
  createReusedTables,
  createSimulation,
  type ReusedTables,
  type Simulation,
  type SimulationOptions,
} from './simulation.ts';
export type * from './world.ts';
export type * from './run-result.ts';
export type * from './report.ts';
export type * from './recording.ts';
export { latencyOverKey } from './metrics/metric-keys.ts';
export { meanOf } from './kernel/moments.ts';
export { SETTABLE, type SettablePath } from './faults/settings.ts';
export { routingStrategies } from './routing/strategies/index.ts';
export { evictionPolicies } from './pop/eviction/index.ts';
export { swimCheck } from './pop/health/swim-check.ts';

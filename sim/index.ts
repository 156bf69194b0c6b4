export { createSimulation, type Simulation, type SimulationOptions } from './simulation.ts';
export type * from './world.ts';
export type * from './run-result.ts';
export type * from './report.ts';
export { meanOf } from './kernel/moments.ts';
export { ZipfTables } from './kernel/zipf.ts';
export { SETTABLE, type SettablePath } from './faults/settings.ts';

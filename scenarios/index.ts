export { findScenarioFile, listLibrary, type LibraryScenario } from './library.ts';
export { nearestName } from './suggest.ts';
export type { Decoded, Diagnostic, Position, Sources } from './diagnostics.ts';
export { describePlan } from './plan/describe-plan.ts';
export type { PlanDescription, PlanSection } from './plan/plan-description.ts';
export * from './running/index.ts';
export { exitCodeFor } from './report/exit-code.ts';
export type * from '../sim/index.ts';

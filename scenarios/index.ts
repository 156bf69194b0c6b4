export { findScenarioFile, listLibrary, type LibraryScenario } from './library.ts';
export { glossary, type GlossaryEntry, type GlossaryTopic } from './glossary.ts';
export { nearestName } from './suggest.ts';
export type { Decoded, Diagnostic, Position, Sources } from './diagnostics.ts';
export { describePlan } from './plan/describe-plan.ts';
export type { PlanDescription, PlanSection } from './plan/plan-description.ts';
export * from './running/index.ts';
export * from './report/index.ts';
export type * from '../sim/index.ts';
export {
  verifyDeterminism,
  type DeterminismReport,
  type Difference,
} from './verify-determinism.ts';
export { firstDifferentEvent, type DifferentEvent, type Replay } from './first-different-event.ts';
export * from './lookup/index.ts';
export { explain, type Explained, type Explanation } from './explain.ts';
export { decodeScenario, expand } from './decode-scenario.ts';
export { filesInFolder, loadScenario } from './load.ts';
export type { FileRead, ScenarioFiles } from './scenario-files.ts';
export type {
  DecodeOptions,
  Scenario,
  ScenarioPrecision,
  ScenarioRun,
  StrategyPlan,
} from './scenario.ts';
export {
  METRICS,
  type MetricDefinition,
  type MetricName,
  type Threshold,
} from './schema/threshold.ts';
export { metricKey } from './schema/metric-key.ts';
export { LIMITS } from './limits.ts';
export { requestRun } from './request-run.ts';
export { renderDiagnostics, type RenderOptions } from './render-diagnostics.ts';
export { ERROR_CODES, type ErrorCode } from './error-codes.ts';
export { scenarioJsonSchema } from './json-schema.ts';

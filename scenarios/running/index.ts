export { runScenario } from './run-scenario.ts';
export type { RunOutcome } from './run.ts';
export type {
  LostReplication,
  PlannedStrategy,
  Precision,
  RunOptions,
  RunProgress,
  RunRequest,
  StopReason,
  StrategyProgress,
} from './run-request.ts';
export { RESULTS_FILE } from './results-log.ts';
export { FolderError } from './folder-error.ts';

export { createDispatcher, type DispatcherPorts } from './create-dispatcher.ts';
export type { Dispatcher } from './dispatcher.ts';
export type { DispatchEnds, Refusal } from './dispatch-ends.ts';
export type {
  AffinitySettings,
  DispatchSettings,
  FailureReason,
  LimitSettings,
  RetryBudgetSettings,
  RetrySettings,
} from './dispatch-settings.ts';
export type { ClientCookies } from './client-memory.ts';
export { Tickets } from './ticket.ts';
export type { AwaitedPicks } from './awaited-picks.ts';
export { HOST_SELECTION_ATTEMPTS, pickForRetry } from './retry-host.ts';

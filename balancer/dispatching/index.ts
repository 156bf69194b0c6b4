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
} from './settings.ts';
export type { ClientCookies } from './client-memory.ts';
export { ObservedBalancer, type TrafficListener } from './observed-balancer.ts';
export { Tickets } from './ticket.ts';

import { CircuitBreaker } from '../admission/circuit-breaker.ts';
import { ConnectionQueue } from '../admission/connection-queue.ts';
import {
  ActiveRetryBudget,
  DepositRetryBudget,
  type RetryBudget,
} from '../admission/retry-budget.ts';
import type { BackendIndex } from '../backend-pool.ts';
import type { Balancer } from '../balancer.ts';
import type { Timers } from '../ports.ts';
import type { AwaitedPicks } from './awaited-picks.ts';
import { BackendChoice } from './backend-choice.ts';
import { createClientMemory, type ClientCookies } from './client-memory.ts';
import type { DispatchEnds } from './dispatch-ends.ts';
import type { DispatchSettings, RetryBudgetSettings } from './dispatch-settings.ts';
import { Dispatcher } from './dispatcher.ts';
import { Tickets } from './ticket.ts';

export interface DispatcherPorts {
  readonly balancer: Balancer;
  readonly timers: Timers;
  /** Of clients that carry cookies; needed for affinity by cookie. */
  readonly cookies?: ClientCookies;
  /** For policies whose picks take time: `SyncPrequal`, `Backpressure`. */
  readonly awaited?: AwaitedPicks | null;
  /** Whether a backend stands in the table, drained or not; all of the pool when absent. */
  readonly isMember?: (backend: BackendIndex) => boolean;
  /** Of dispatchers whose requests are numbered together; each its own when absent. */
  readonly tickets?: Tickets;
}

/** A dispatcher of the pieces that the settings ask for, in front of one balancer. */
export function createDispatcher(
  settings: DispatchSettings,
  ports: DispatcherPorts,
  ends: DispatchEnds,
): Dispatcher {
  const { balancer, timers, cookies, awaited = null } = ports;
  const { limits, retries, affinity } = settings;
  const breaker = new CircuitBreaker({
    requests: limits?.requests ?? Infinity,
    pending: limits?.pending ?? Infinity,
    retries: limits?.retries ?? Infinity,
  });
  const perBackend = limits?.connections ?? Infinity;
  const memory = affinity === undefined ? null : createClientMemory(affinity, balancer, cookies);
  const { isMember = (backend) => balancer.pool.isMember(backend) } = ports;
  const parts = {
    settings,
    timers,
    choice: new BackendChoice({ balancer, clock: timers, settings, memory, isMember }),
    breaker,
    budget: budgetOf(retries?.budget ?? null, () => breaker.used('requests')),
    queue: perBackend === Infinity ? null : new ConnectionQueue({ perBackend, queue: Infinity }),
    awaited,
    tickets: ports.tickets ?? new Tickets(),
  };
  return new Dispatcher(parts, ends);
}

function budgetOf(budget: RetryBudgetSettings | null, active: () => number): RetryBudget | null {
  if (budget === null) return null;
  if (budget.kind === 'active') {
    return new ActiveRetryBudget(active, budget.ratio * 100, budget.least);
  }
  return new DepositRetryBudget(budget.ttlNs, budget.ratio, budget.perSecond);
}

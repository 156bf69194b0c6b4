import type { RequestEndings } from '../../request-endings.ts';
import type { Tables } from '../../tables.ts';
import { Dispatcher, type DispatchEnds } from './dispatcher.ts';

/** Puts a dispatcher into the way of requests, unless balancers only pick in this world. */
export function attachDispatcher(
  tables: Tables,
  endings: RequestEndings,
  send: DispatchEnds['send'],
): void {
  const { around } = tables.world.balancer;
  const { retries, limits, affinity, transport, loads, holdsBack } = around ?? {};
  const parts = [retries, limits, affinity, transport].filter((part) => part !== undefined);
  const does = parts.length > 0 || loads?.awaitsProbes === true || holdsBack === true;
  if (around === undefined || !does) return;
  endings.dispatcher = new Dispatcher(tables, around, {
    send,
    failed: (request, reason) => endings.failed(request, reason),
    unanswered: (request) => endings.unanswered(request),
    gaveUp: (request) => endings.gaveUp(request),
    reset: (request) => endings.resetByTable(request),
  });
}

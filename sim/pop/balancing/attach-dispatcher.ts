import type { RequestEndings } from '../../request-endings.ts';
import type { Tables } from '../../tables.ts';
import { Dispatchers } from './dispatchers.ts';
import { PacketDispatch } from './packet-dispatch.ts';
import type { RequestEnds } from './request-dispatch.ts';

/** Puts dispatchers into the way of requests, unless balancers only pick in this world. */
export function attachDispatcher(
  tables: Tables,
  endings: RequestEndings,
  send: RequestEnds['send'],
): void {
  const { around } = tables.world.balancer;
  if (around === undefined) return;
  const { retries, limits, affinity, transport, loads, holdsBack } = around;
  const ends: RequestEnds = {
    send,
    failed: (request, reason) => endings.failed(request, reason),
    unanswered: (request) => endings.unanswered(request),
    gaveUp: (request) => endings.gaveUp(request),
    reset: (request) => endings.resetByTable(request),
  };
  if (transport !== undefined) {
    endings.dispatcher = new PacketDispatch(tables, transport, ends);
    return;
  }
  const parts = [retries, limits, affinity].filter((part) => part !== undefined);
  const does = parts.length > 0 || loads?.awaitsProbes === true || holdsBack === true;
  if (does) endings.dispatcher = new Dispatchers(tables, around, ends);
}

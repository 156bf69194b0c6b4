import type { EventAction } from '../../sim/index.ts';
import { parseDuration } from '../schema/duration.ts';
import type { EventSettings, Verb } from '../schema/events.ts';
import { actionOf } from './actions.ts';
import { valueAt, type BuildContext } from './context.ts';

/** One action of an event, from `delayNs` after its start on, for `lengthNs`. */
export interface EventPhase {
  readonly action: EventAction;
  readonly delayNs: number;
  readonly lengthNs: number;
}

/** How long a process that is restarted is gone, unless `for:` says otherwise. */
const RESTART_NS = 5e9;

/**
 * What an event does, and when. All but `restart` do one thing; that one drains until it is back,
 * and is without power at the end of it. Null after saying what is wrong.
 */
export function phasesOf(
  event: EventSettings,
  index: number,
  verb: Verb,
  context: BuildContext,
): readonly EventPhase[] | null {
  if (verb !== 'restart') {
    const action = actionOf(event, index, verb, context);
    return action === null ? null : [{ action, delayNs: 0, lengthNs: event.for ?? Infinity }];
  }
  const downNs = event.for ?? RESTART_NS;
  const stop: EventAction = { verb: 'fail', mode: 'power' };
  const drainNs = event.drain === undefined ? 0 : drainOf(event.drain, index, context);
  if (drainNs === null) return null;
  if (drainNs === 0) return [{ action: stop, delayNs: 0, lengthNs: downNs }];
  return [
    { action: { verb: 'drain', gradualNs: 0 }, delayNs: 0, lengthNs: drainNs + downNs },
    { action: stop, delayNs: drainNs, lengthNs: downNs },
  ];
}

/** `drain: 30s` beside `restart`. */
function drainOf(written: readonly string[], index: number, context: BuildContext): number | null {
  const parsed = written.length === 1 ? parseDuration(written[0]!) : null;
  if (parsed?.ok === true) return parsed.value;
  const place = valueAt(context, 'events', index, 'drain');
  context.findings.error('E0206', place, "beside 'restart', 'drain' is how long before it", {
    hint: 'drain: 30s',
  });
  return null;
}

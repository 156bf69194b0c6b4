import type { EventAction } from '../../sim/index.ts';
import { isGradual, type EventSettings, type Verb } from '../schema/events.ts';
import { keyAt, type BuildContext } from './context.ts';
import { checkPop } from './services.ts';
import { decodeSettings } from '../settable.ts';

/** What an event does to its targets; null after saying what is wrong. */
export function actionOf(
  event: EventSettings,
  index: number,
  verb: Exclude<Verb, 'restart'>,
  context: BuildContext,
): EventAction | null {
  switch (verb) {
    case 'fail':
      return { verb, mode: event.mode ?? 'power' };
    case 'recover':
    case 'undrain':
    case 'add':
    case 'remove':
      return { verb };
    case 'reweight':
      return reweight(event, index, context);
    case 'degrade':
      return degrade(event, index, context);
    case 'drain':
      return { verb, gradualNs: isGradual(event.withdraw) ? event.withdraw.gradualNs : 0 };
    case 'withdraw':
    case 'announce':
      return { verb, from: fromOf(event, index, context) };
    case 'prepend':
      return { verb, count: event.count ?? 1, from: fromOf(event, index, context) };
    case 'surge':
      return { verb, factor: event.factor ?? 2 };
    case 'set': {
      const settings = decodeSettings(['events', index, 'set'], context);
      return settings === null ? null : { verb, settings };
    }
  }
}

function reweight(
  { weight }: EventSettings,
  index: number,
  context: BuildContext,
): EventAction | null {
  if (weight !== undefined) return { verb: 'reweight', weight };
  const place = keyAt(context, 'events', index, 'reweight');
  context.findings.error('E0209', place, "'weight' is missing", { hint: 'weight: 4' });
  return null;
}

function degrade(event: EventSettings, index: number, context: BuildContext): EventAction | null {
  const action = {
    verb: 'degrade' as const,
    ...(event.service_time === undefined ? {} : { serviceTimeFactor: event.service_time }),
    ...(event.probe_loss === undefined ? {} : { probeLossRatio: event.probe_loss }),
    ...(event.errors === undefined ? {} : { errorRatio: event.errors }),
    ...(event.latency === undefined ? {} : { latencyFactor: event.latency }),
    ...(event.loss === undefined ? {} : { lossRatio: event.loss }),
    ...(event.bandwidth === undefined ? {} : { bandwidthFactor: event.bandwidth }),
  };
  if (Object.keys(action).length > 1) return action;
  context.findings.error(
    'E0410',
    keyAt(context, 'events', index, 'degrade'),
    'degrade: in what way?',
    {
      hint: 'service_time: x8, probe_loss: 35%, errors: 5%, latency: x2, loss: 1%, bandwidth: x0.5',
    },
  );
  return null;
}

function fromOf(
  event: EventSettings,
  index: number,
  context: BuildContext,
): readonly string[] | 'all' {
  const from = event.from ?? ['all'];
  if (from.length === 1 && from[0] === 'all') return 'all';
  for (const [i, pop] of from.entries()) {
    checkPop(pop.replace(/^pop\//, ''), context, 'events', index, 'from', i);
  }
  return from.map((pop) => pop.replace(/^pop\//, ''));
}

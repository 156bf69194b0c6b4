import type { RecordedEvent } from '../../recording.ts';
import type { EntityRef, EventAction, EventSpec } from '../../world.ts';

/** The story's events in order of time, each with a sentence that a newcomer understands. */
export function recordedEvents(events: readonly EventSpec[]): readonly RecordedEvent[] {
  return events.map((event) => {
    const { name, atNs, untilNs, targets, action } = event;
    const until = Number.isFinite(untilNs) ? ` until ${clock(untilNs)}` : '';
    return {
      name,
      at_s: atNs / 1e9,
      until_s: Number.isFinite(untilNs) ? untilNs / 1e9 : null,
      verb: action.verb,
      targets: targets.map(pathOf),
      text: `${whom(targets)} ${predicate(action, targets)}${until}`,
    };
  });
}

/** `pop/fra`, as scenarios name it; `world` for everything. */
export function pathOf(target: EntityRef): string {
  switch (target.kind) {
    case 'pop':
      return `pop/${target.pop}`;
    case 'server':
      return `server/${target.pop}/${target.server}`;
    case 'link':
      return `link/${target.link}`;
    case 'origin':
      return `origin/${target.origin}`;
    case 'prefix':
      return `prefix/${target.prefix}`;
    case 'region':
      return `region/${target.region}`;
    case 'class':
      return `class/${target.class}`;
    case 'world':
      return 'world';
  }
}

function whom(targets: readonly EntityRef[]): string {
  const [first, second, ...rest] = targets.map(pathOf);
  if (first === undefined) return 'the scenario';
  if (second === undefined) return first;
  return rest.length === 0 ? `${first} and ${second}` : `${first} and ${rest.length + 1} more`;
}

function predicate(action: EventAction, targets: readonly EntityRef[]): string {
  switch (action.verb) {
    case 'fail':
      // How a cable fails makes no difference.
      return targets[0]?.kind === 'link' ? 'is cut' : `fails (${action.mode})`;
    case 'recover':
      return 'recovers';
    case 'degrade':
      return `degrades: ${degradation(action)}`;
    case 'drain':
      return action.gradualNs > 0 ? `drains over ${action.gradualNs / 1e9} s` : 'drains';
    case 'undrain':
      return 'takes traffic again';
    case 'add':
      return targets.length > 1 ? 'join the pool' : 'joins the pool';
    case 'remove':
      return targets.length > 1 ? 'leave the pool' : 'leaves the pool';
    case 'reweight':
      return `weighs ${action.weight}`;
    case 'withdraw':
      return `is withdrawn${from(action.from)}`;
    case 'announce':
      return `is announced${from(action.from)}`;
    case 'prepend':
      return `is prepended ×${action.count}${from(action.from)}`;
    case 'surge':
      return `surges to ×${action.factor}`;
    case 'set':
      return `sets ${Object.entries(action.settings).map(settingText).join(', ')}`;
  }
}

function from(pops: readonly string[] | 'all'): string {
  return pops === 'all' ? '' : ` at ${pops.join(', ')}`;
}

function settingText([path, value]: readonly [string, unknown]): string {
  return `${path} = ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

function degradation(action: Extract<EventAction, { verb: 'degrade' }>): string {
  const factor = (what: string, value: number | undefined) =>
    value === undefined ? [] : [`${what} ×${value}`];
  const share = (what: string, value: number | undefined) =>
    value === undefined ? [] : [`${what} ${Number((value * 100).toPrecision(4))} %`];
  return [
    ...factor('service time', action.serviceTimeFactor),
    ...factor('latency', action.latencyFactor),
    ...factor('bandwidth', action.bandwidthFactor),
    ...share('loss', action.lossRatio),
    ...share('errors', action.errorRatio),
    ...share('lost probes', action.probeLossRatio),
  ].join(', ');
}

/** `4:00`, `1:02:03`, with a decimal where it is not a whole second. */
function clock(timeNs: number): string {
  const tenths = Math.round(timeNs / 1e8);
  const seconds = Math.floor(tenths / 10);
  const two = (part: number): string => String(part).padStart(2, '0');
  const decimal = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const short = `${minutes % 60}:${two(seconds % 60)}${decimal}`;
  return hours === 0 ? short : `${hours}:${two(minutes % 60)}:${two(seconds % 60)}${decimal}`;
}

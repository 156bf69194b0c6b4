import type { EntityRef, EventSpec } from '../../sim/index.ts';
import { resolveEntities } from '../entities.ts';
import { LIMITS } from '../limits.ts';
import { isGradual, VERBS, VERB_KEYS, type EventSettings, type Verb } from '../schema/events.ts';
import { notYet } from '../not-yet.ts';
import { mapAt } from '../tree.ts';
import { valueAt, keyAt, type BuildContext } from './context.ts';
import { checkEffects } from './event-effects.ts';
import { phasesOf } from './event-phases.ts';
import { startsOf } from './event-times.ts';
import { sampleOf } from './share.ts';

/** Kinds of entities that a verb is about. */
const SUBJECTS: Readonly<Record<Exclude<Verb, 'set'>, readonly EntityRef['kind'][]>> = {
  fail: ['pop', 'server', 'link', 'origin'],
  recover: ['pop', 'server', 'link', 'origin'],
  degrade: ['pop', 'server', 'link', 'origin', 'region'],
  drain: ['pop', 'server'],
  undrain: ['pop', 'server'],
  restart: ['server', 'pop'],
  add: ['server'],
  remove: ['server'],
  reweight: ['server'],
  withdraw: ['prefix'],
  announce: ['prefix'],
  prepend: ['prefix'],
  surge: ['world', 'region', 'class'],
};

/** The story with globs, `after`, `every`, `share` and `batch` written out, in order of time. */
export function buildEvents(context: BuildContext, durationNs: number): readonly EventSpec[] {
  const settings = context.sections.read(context.root, 'events') ?? [];
  const starts = startsOf(settings, context);
  const expanded: { spec: EventSpec; order: number }[] = [];
  for (const [index, event] of settings.entries()) {
    const start = starts[index];
    const verb = verbOf(event, index, context);
    if (verb === null || start === undefined || start === null) continue;
    if (start >= durationNs) warnTooLate(event, index, context);
    for (const spec of expandEvent(event, index, verb, start, durationNs, context)) {
      expanded.push({ spec, order: expanded.length });
    }
    if (expanded.length > LIMITS.events) {
      context.findings.error(
        'E0407',
        valueAt(context, 'events', index),
        'more than 1 million events',
      );
      return [];
    }
  }
  expanded.sort((a, b) => a.spec.atNs - b.spec.atNs || a.order - b.order);
  return expanded.map(({ spec }) => spec);
}

/** Its window is empty as well, so that thresholds about it find no data. */
function warnTooLate({ name }: EventSettings, index: number, context: BuildContext): void {
  const what = name === undefined ? 'an event' : `'${name}'`;
  const message = `${what} begins when the run is over: it never happens`;
  context.findings.warn('W0112', valueAt(context, 'events', index), message);
}

/** The only verb of an event; `drain` may be qualified by `withdraw: gradual 10m`. */
function verbOf(event: EventSettings, index: number, context: BuildContext): Verb | null {
  const { findings } = context;
  const written = mapAt(context.root, ['events', index])?.entries.keys() ?? [];
  // A verb that is not built yet has been refused; its qualifiers are not verbs of their own.
  if ([...written].some((key) => notYet(['events', index, key]) !== null)) return null;
  const qualified = event.drain !== undefined && isGradual(event.withdraw);
  const verbs = VERBS.filter((verb) => event[verb] !== undefined).filter(
    (verb) =>
      !(qualified && verb === 'withdraw') && !(event.restart !== undefined && verb === 'drain'),
  );
  if (verbs.length !== 1) {
    const place = valueAt(context, 'events', index);
    if (verbs.length === 0) {
      if (!context.sections.isSound(context.root, 'events')) return null;
      findings.error('E0410', place, 'the event does nothing', {
        hint: `verbs: ${VERBS.join(', ')}`,
      });
    } else findings.error('E0410', place, `one event has one verb, not ${verbs.join(' and ')}`);
    return null;
  }
  const verb = verbs[0]!;
  if (verb === 'withdraw' && isGradual(event.withdraw)) {
    findings.error(
      'E0410',
      valueAt(context, 'events', index, 'withdraw'),
      "'gradual' belongs to drain",
      {
        hint: 'withdraw: prefix/NAME',
      },
    );
    return null;
  }
  for (const [key, owners] of Object.entries(VERB_KEYS)) {
    if (event[key as keyof EventSettings] === undefined || owners.includes(verb)) continue;
    findings.error(
      'E0410',
      keyAt(context, 'events', index, key),
      `'${key}' belongs to ${owners.join(', ')}, not to ${verb}`,
    );
  }
  return verb;
}

function expandEvent(
  event: EventSettings,
  index: number,
  verb: Verb,
  startNs: number,
  durationNs: number,
  context: BuildContext,
): EventSpec[] {
  const phases = phasesOf(event, index, verb, context);
  const targets =
    verb === 'set' ? [{ kind: 'world' } as const] : targetsOf(event, index, verb, context);
  if (phases === null || targets === null) return [];
  checkEffects(event, index, verb, targets, context);
  const chosen =
    event.share === undefined
      ? targets
      : sampleOf(targets, event.share, `${context.seed}/event/${event.name ?? index}`);
  const name = event.name ?? null;
  const from = (atNs: number, who: readonly EntityRef[]): EventSpec[] =>
    phases.map(({ action, delayNs, lengthNs }) => ({
      name,
      atNs: atNs + delayNs,
      untilNs: atNs + delayNs + lengthNs,
      targets: who,
      action,
    }));
  if (event.batch !== undefined) {
    const { batch, every = 0 } = event;
    const batches = Array.from({ length: Math.ceil(chosen.length / batch) }, (_, i) =>
      from(startNs + i * every, chosen.slice(i * batch, (i + 1) * batch)),
    );
    return batches.flat();
  }
  if (event.every === undefined) return from(startNs, chosen);
  if (event.every <= 0) {
    context.findings.error(
      'E0207',
      valueAt(context, 'events', index, 'every'),
      "'every' must be above 0",
    );
    return [];
  }
  const fits = Math.max(1, Math.ceil((durationNs - startNs) / event.every));
  const times = Math.min(event.times ?? fits, LIMITS.events + 1);
  const repeated = Array.from({ length: times }, (_, i) =>
    from(startNs + i * event.every!, chosen),
  );
  return repeated.flat();
}

function targetsOf(
  event: EventSettings,
  index: number,
  verb: Exclude<Verb, 'set'>,
  context: BuildContext,
): readonly EntityRef[] | null {
  const { names, findings } = context;
  const written = event[verb];
  const subjects = SUBJECTS[verb];
  if (!Array.isArray(written)) {
    findings.error(
      'E0203',
      valueAt(context, 'events', index, verb),
      `'${verb}' needs what it is about`,
      {
        hint: `${verb}: ${subjects[0]!}/NAME`,
      },
    );
    return null;
  }
  const refs = new Map<string, EntityRef>();
  let valid = true;
  for (const [i, text] of written.entries()) {
    const listed = valueAt(context, 'events', index, verb, i);
    const resolved = resolveEntities(String(text), names);
    if (!resolved.ok) {
      findings.error(resolved.code, listed, resolved.message, { hint: resolved.hint });
      valid = false;
      continue;
    }
    for (const ref of resolved.refs) refs.set(JSON.stringify(ref), ref);
    const kind = resolved.refs[0]?.kind;
    if (kind === undefined || subjects.includes(kind)) continue;
    findings.error('E0410', listed, `${verb} is not for a ${kind}`, {
      hint: `it is for: ${subjects.join(', ')}`,
    });
    valid = false;
  }
  return valid ? [...refs.values()] : null;
}

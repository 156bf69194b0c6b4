import { parseDuration } from '../schema/duration.ts';
import type { EventSettings } from '../schema/events.ts';
import { nearestName } from '../suggest.ts';
import { keyAt, valueAt, type BuildContext } from './context.ts';

/**
 * When each event begins, ns: `at`, or `after: NAME + 30s` from another's start; null where wrong.
 */
export function startsOf(
  events: readonly EventSettings[],
  context: BuildContext,
): readonly (number | null)[] {
  const byName = new Map<string, number>();
  for (const [index, { name }] of events.entries()) {
    if (name === undefined) continue;
    if (byName.has(name)) {
      context.findings.error(
        'E0411',
        valueAt(context, 'events', index, 'name'),
        `another event is called '${name}'`,
      );
    } else byName.set(name, index);
  }
  const starts: (number | null | undefined)[] = events.map(() => undefined);
  for (let index = 0; index < events.length; index++) {
    resolve(index, events, byName, starts, context);
  }
  return starts.map((start) => start ?? null);
}

/** Follows `after` without recursion, as a chain may be as long as the list. */
function resolve(
  first: number,
  events: readonly EventSettings[],
  byName: ReadonlyMap<string, number>,
  starts: (number | null | undefined)[],
  context: BuildContext,
): void {
  const chain: { index: number; plusNs: number }[] = [];
  const open = new Set<number>();
  let index = first;
  let base: number | null | undefined = starts[index];
  while (base === undefined) {
    if (open.has(index)) {
      context.findings.error(
        'E0412',
        valueAt(context, 'events', index, 'after'),
        'the event begins after itself',
      );
      base = null;
      break;
    }
    open.add(index);
    const own = ownStart(index, events, byName, context);
    if (own === null) base = null;
    else if (own.after === null) base = 0;
    chain.push({ index, plusNs: own?.plusNs ?? 0 });
    if (base === undefined) {
      index = own!.after!;
      base = starts[index];
    }
  }
  for (const { index: at, plusNs } of chain.reverse()) {
    base = base === null || base === undefined ? null : base + plusNs;
    starts[at] = base;
  }
}

function ownStart(
  index: number,
  events: readonly EventSettings[],
  byName: ReadonlyMap<string, number>,
  context: BuildContext,
): { after: number | null; plusNs: number } | null {
  const { at, after } = events[index]!;
  const { findings } = context;
  if ((at === undefined) === (after === undefined)) {
    if (at === undefined && !context.sections.isSound(context.root, 'events')) return null;
    const place =
      at === undefined
        ? valueAt(context, 'events', index)
        : keyAt(context, 'events', index, 'after');
    findings.error(
      'E0413',
      place,
      at === undefined ? 'the event has no time' : "'at' and 'after' both set the time",
      {
        hint: 'at: 5m, or after: NAME + 30s',
      },
    );
    return null;
  }
  if (after === undefined) return { after: null, plusNs: at! };
  const match = /^([A-Za-z0-9][A-Za-z0-9_-]*)(?:\s*\+\s*(\S+))?$/.exec(after.trim());
  const plus = match?.[2] === undefined ? { ok: true as const, value: 0 } : parseDuration(match[2]);
  const place = valueAt(context, 'events', index, 'after');
  if (match === null || !plus.ok) {
    findings.error('E0206', place, `'${after}' is not NAME or NAME + DURATION`, {
      hint: 'after: fra-down + 30s',
    });
    return null;
  }
  const other = byName.get(match[1]!);
  if (other !== undefined) return { after: other, plusNs: plus.value };
  const near = nearestName(match[1]!, byName.keys());
  findings.error('E0307', place, `unknown event '${match[1]!}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
  return null;
}

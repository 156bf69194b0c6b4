import type { EntityState, StateChange } from '../../recording.ts';
import type { EntityRef, EventSpec, WorldSpec } from '../../world.ts';
import type { EntityNames } from '../entity-names.ts';

/** What holds of an entity at some moment of the story. */
interface Standing {
  fail: 'power' | 'blackhole' | 'clean' | 'error' | null;
  isDrained: boolean;
  isWithdrawn: boolean;
  /** `degrade` events under way. */
  degradations: number;
}

/** A beginning or an end of an event. */
interface Turn {
  readonly atNs: number;
  readonly event: EventSpec;
  readonly index: number;
  readonly isEnd: boolean;
}

/**
 * What the story does to whom and when, read off its events: the same rules by which `faults/` acts
 * on the tables (a second failure of a POP that is down changes nothing; the end of a failure is a
 * recovery). Several things may hold at once; the gravest is the state.
 */
export function stateChanges(world: WorldSpec, names: EntityNames): readonly StateChange[] {
  const standings = new Map<string, Standing>();
  const changes: StateChange[] = [];
  const standingOf = (key: string): Standing => {
    const standing = standings.get(key) ?? {
      fail: null,
      isDrained: false,
      isWithdrawn: false,
      degradations: 0,
    };
    standings.set(key, standing);
    return standing;
  };
  for (const change of absentAtFirst(world, names)) {
    standingOf(`${change.kind} ${change.index}`).isWithdrawn = true;
    changes.push(change);
  }
  for (const turn of turnsOf(world)) {
    for (const { kind, index } of touched(turn.event, names)) {
      const standing = standingOf(`${kind} ${index}`);
      const before = stateOf(standing, kind);
      apply(standing, turn, kind === 'pop' && isAnnounced(world, names.pops[index]!));
      const state = stateOf(standing, kind);
      if (state === before) continue;
      const t_s = turn.atNs / 1e9;
      changes.push({ t_s, kind, index, state, cause: causeOf(turn), event: turn.index });
    }
  }
  return changes;
}

/** POPs that do not announce, and servers whose first mention is that they are added. */
function absentAtFirst(world: WorldSpec, names: EntityNames): readonly StateChange[] {
  const absent = (kind: 'pop' | 'server', index: number, cause: string): StateChange => {
    return { t_s: 0, kind, index, state: 'withdrawn', cause, event: -1 };
  };
  const pops = names.pops.flatMap((name, index) =>
    world.network === undefined || isAnnounced(world, name)
      ? []
      : [absent('pop', index, 'not announced by the scenario')],
  );
  const seen = new Set<number>();
  const servers: StateChange[] = [];
  for (const { event, isEnd } of turnsOf(world)) {
    const { verb } = event.action;
    if (isEnd || (verb !== 'add' && verb !== 'remove')) continue;
    for (const { index } of touched(event, names)) {
      if (!seen.has(index) && verb === 'add')
        servers.push(absent('server', index, 'not there yet'));
      seen.add(index);
    }
  }
  return [...pops, ...servers];
}

/** In order of time; at one instant in the order in which their timers are set. */
function turnsOf({ events, time }: WorldSpec): readonly Turn[] {
  return events
    .flatMap((event, index): Turn[] => [
      { atNs: event.atNs, event, index, isEnd: false },
      { atNs: event.untilNs, event, index, isEnd: true },
    ])
    .filter(({ atNs }) => atNs <= time.durationNs)
    .toSorted((a, b) => a.atNs - b.atNs || a.index - b.index || Number(a.isEnd) - Number(b.isEnd));
}

type Touched = Pick<StateChange, 'kind' | 'index'>;

function touched({ targets, action }: EventSpec, names: EntityNames): readonly Touched[] {
  if (['surge', 'set', 'prepend', 'reweight'].includes(action.verb)) return [];
  if (action.verb === 'withdraw' || action.verb === 'announce') {
    const { from } = action;
    const pops = targets.flatMap((target) =>
      target.kind === 'pop' ? [target.pop] : from === 'all' ? names.pops : from,
    );
    return [...new Set(pops)].map((pop) => ({ kind: 'pop', index: names.pops.indexOf(pop) }));
  }
  return targets.flatMap((target) => indexOf(target, names) ?? []);
}

function indexOf(target: EntityRef, names: EntityNames): Touched | null {
  switch (target.kind) {
    case 'pop':
      return { kind: 'pop', index: names.pops.indexOf(target.pop) };
    case 'server':
      return { kind: 'server', index: names.servers.indexOf(`${target.pop}/${target.server}`) };
    case 'link':
      return { kind: 'link', index: names.links.indexOf(target.link) };
    case 'origin':
      return { kind: 'origin', index: names.origins.indexOf(target.origin) };
    case 'region':
      return { kind: 'region', index: names.regions.indexOf(target.region) };
    default:
      return null;
  }
}

/** `isAnnounced`: at the start of the story, which is what the end of an event goes back to. */
function apply(standing: Standing, { event: { action }, isEnd }: Turn, isAnnounced: boolean): void {
  switch (action.verb) {
    case 'fail':
      standing.fail = isEnd ? null : (standing.fail ?? action.mode);
      return;
    case 'recover':
      if (!isEnd) standing.fail = null;
      return;
    case 'degrade':
      standing.degradations += isEnd ? -1 : 1;
      return;
    case 'drain':
      standing.isDrained = !isEnd;
      return;
    case 'undrain':
      if (!isEnd) standing.isDrained = false;
      return;
    case 'add':
    case 'remove':
      standing.isWithdrawn = (action.verb === 'remove') !== isEnd;
      return;
    case 'withdraw':
      standing.isWithdrawn = isEnd ? !isAnnounced : true;
      return;
    case 'announce':
      standing.isWithdrawn = isEnd ? !isAnnounced : false;
      return;
    default:
  }
}

function stateOf(standing: Standing, kind: StateChange['kind']): EntityState {
  const { fail } = standing;
  // A POP that fails cleanly withdraws and serves whoever still comes.
  if (fail === 'clean' && kind === 'pop') return 'withdrawn';
  if (fail === 'error' && kind !== 'link') return 'failing';
  if (fail !== null) return 'down';
  if (standing.isDrained) return 'draining';
  if (standing.isWithdrawn) return 'withdrawn';
  return standing.degradations > 0 ? 'degraded' : 'up';
}

function isAnnounced({ routing: { announceFrom } }: WorldSpec, pop: string): boolean {
  return announceFrom === 'all' || announceFrom.includes(pop);
}

function causeOf({ event: { name, action, targets }, isEnd }: Turn): string {
  const hasMode = action.verb === 'fail' && targets[0]?.kind !== 'link';
  const mode = hasMode ? ` (${action.mode})` : '';
  if (isEnd) return `${name ?? `${action.verb}${mode}`} ends`;
  return `${action.verb}${name === null ? '' : ` ${name}`}${mode}`;
}

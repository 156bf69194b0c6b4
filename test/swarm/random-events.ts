import type { EntityRef, EventAction, EventSpec, WorldSpec } from '../../sim/world.ts';
import type { Draws } from './draws.ts';

/** One to six events within the story; each lasts a while or for ever. */
export function randomEvents(draws: Draws, world: WorldSpec): EventSpec[] {
  const events = Array.from({ length: draws.integer(1, 6) }, (_, index) => {
    const atNs = draws.integer(0, world.time.durationNs - 1);
    const untilNs = draws.chance(0.8) ? atNs + draws.integer(1e8, 5e9) : Infinity;
    const target = randomTarget(draws, world);
    const name = draws.chance(0.5) ? `event${index}` : null;
    return { name, atNs, untilNs, targets: [target], action: randomAction(draws, world, target) };
  });
  return events.toSorted((a, b) => a.atNs - b.atNs);
}

function randomTarget(draws: Draws, world: WorldSpec): EntityRef {
  const pop = draws.oneOf(world.pops);
  const targets: EntityRef[] = [
    { kind: 'server', pop: pop.name, server: draws.oneOf(pop.servers).name },
    { kind: 'pop', pop: pop.name },
    { kind: 'world' },
    { kind: 'class', class: draws.oneOf(world.classes).name },
  ];
  const regions = (world.network?.nodes ?? []).flatMap(({ attributes }) =>
    attributes?.kind === 'region' ? [attributes.name] : [],
  );
  if (regions.length > 0) {
    targets.push(
      { kind: 'region', region: draws.oneOf(regions) },
      { kind: 'prefix', prefix: 'www' },
    );
  }
  for (const origin of world.origins) targets.push({ kind: 'origin', origin: origin.name });
  const links = (world.network?.edges ?? []).flatMap(({ attributes }) =>
    attributes?.kind === 'backbone' ? [attributes.name] : [],
  );
  if (links.length > 0) targets.push({ kind: 'link', link: draws.oneOf(links) });
  return draws.oneOf(targets);
}

function randomAction(draws: Draws, world: WorldSpec, target: EntityRef): EventAction {
  const failures = ['power', 'blackhole', 'clean', 'error'] as const;
  const fail: EventAction = { verb: 'fail', mode: draws.oneOf(failures) };
  switch (target.kind) {
    case 'server':
      return draws.oneOf<EventAction>([
        fail,
        { verb: 'drain', gradualNs: 0 },
        {
          verb: 'degrade',
          serviceTimeFactor: draws.real(2, 8),
          probeLossRatio: draws.oneOf([0, 0.4]),
          errorRatio: draws.oneOf([0, 0.3]),
        },
      ]);
    case 'pop':
      if (world.network === undefined) return fail;
      return draws.oneOf<EventAction>([
        fail,
        { verb: 'drain', gradualNs: draws.oneOf([0, 2e9]) },
        { verb: 'degrade', serviceTimeFactor: draws.real(2, 8), errorRatio: 0.1 },
        { verb: 'degrade', lossRatio: draws.real(0.001, 0.1), bandwidthFactor: 0.5 },
      ]);
    case 'origin':
      return draws.oneOf<EventAction>([
        fail,
        { verb: 'degrade', serviceTimeFactor: draws.real(2, 8), errorRatio: draws.oneOf([0, 0.4]) },
      ]);
    case 'link':
      return draws.oneOf<EventAction>([
        { verb: 'fail', mode: 'power' },
        {
          verb: 'degrade',
          latencyFactor: draws.real(1, 4),
          lossRatio: 0.001,
          bandwidthFactor: 0.1,
        },
      ]);
    case 'prefix':
      return randomAnnouncement(draws, world);
    case 'region':
      return draws.oneOf<EventAction>([
        { verb: 'degrade', lossRatio: draws.real(0.001, 0.1) },
        randomSurge(draws, world),
      ]);
    case 'class':
      return randomSurge(draws, world);
    default:
      return draws.oneOf([randomSurge(draws, world), randomSettings(draws, world)]);
  }
}

/** A trace has no rate to multiply: its settings change instead. */
function randomSurge(draws: Draws, world: WorldSpec): EventAction {
  if (world.traffic.arrivals.law === 'trace') return randomSettings(draws, world);
  return { verb: 'surge', factor: draws.real(0.3, 3) };
}

function randomAnnouncement(draws: Draws, world: WorldSpec): EventAction {
  const names = world.pops.map(({ name }) => name);
  const from = draws.chance(0.3) ? ('all' as const) : [draws.oneOf(names)];
  return draws.oneOf<EventAction>([
    { verb: 'withdraw', from },
    { verb: 'announce', from },
    { verb: 'prepend', count: draws.integer(1, 4), from },
  ]);
}

function randomSettings(draws: Draws, world: WorldSpec): EventAction {
  const { arrivals } = world.traffic;
  const settings: Record<string, unknown> = draws.oneOf<Record<string, unknown>>([
    { 'dns.ttl': draws.integer(1e8, 5e9) },
    { 'dns.clients_ignoring_ttl': 0.5 },
    { 'bgp.mrai': draws.integer(0, 2e9), 'bgp.bfd': draws.chance(0.5) },
    { 'bgp.hold_timer': draws.integer(1e9, 4e9) },
    arrivals.law === 'trace' ? {} : { 'traffic.rate': arrivals.ratePerSecond * draws.real(0.3, 3) },
  ]);
  return { verb: 'set', settings };
}

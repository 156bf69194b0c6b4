import { EventKind } from './kernel/event-kind.ts';
import { isFetch, NO_OWNER, ownerIndex } from './pop/owners.ts';
import type { Tables } from './tables.ts';

/** Makes an event's integers speak, for traces: `request 812 · page · AMS`. */
export function describeEvent(
  tables: Tables,
  kind: EventKind,
  subject: number,
  _detail: number,
): string {
  switch (kind) {
    case EventKind.Arrival:
    case EventKind.RateStepped:
      return tables.arrivals.processes[subject]!.name;
    case EventKind.PopReached:
    case EventKind.PatienceEnded:
    case EventKind.RetryDue:
      return describeRequest(tables, subject);
    case EventKind.ServiceEnded:
      return subject < 0
        ? `server ${tables.pops.serverNames[-1 - subject]!}`
        : describeVisit(tables, subject);
    case EventKind.ShieldReached:
    case EventKind.OriginReached:
    case EventKind.OriginAnswered:
    case EventKind.FillReached:
      return describeFetch(tables, subject);
    case EventKind.OriginDeadline:
      return `origin ${tables.origins.names[subject]!}`;
    default:
      return String(subject);
  }
}

function describeRequest({ requests, world, pops }: Tables, request: number): string {
  const pop = pops.names[requests.pop[request]!] ?? 'no POP';
  const { name } = world.classes[requests.classIndex[request]!]!;
  return `request ${request} · ${name} · ${pop} · attempt ${requests.attempt[request]!}`;
}

function describeFetch({ fetches, pops }: Tables, fetch: number): string {
  const pop = pops.names[fetches.pop[fetch]!]!;
  return `fetch ${fetch} · object ${fetches.object[fetch]!} · ${pop}`;
}

function describeVisit(tables: Tables, visit: number): string {
  const { visits } = tables.stations;
  const owner = visits.owner[visit]!;
  const server = `server ${tables.pops.serverNames[visits.server[visit]!]!}`;
  if (owner === NO_OWNER) return `${server} · nobody`;
  if (owner < NO_OWNER) return `${server} · a health probe`;
  const index = ownerIndex(owner);
  const what = isFetch(owner) ? describeFetch(tables, index) : describeRequest(tables, index);
  return `${server} · ${what}`;
}

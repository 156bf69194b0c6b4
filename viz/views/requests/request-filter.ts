import type { RecordedRequest, RecordedWorld } from '../../../sim/recording.ts';
import type { RequestOrder, TimeWindow } from '../../store.ts';

/** What can stand before a colon in the filter: `pop:fra outcome:timeout`. */
export const FILTER_FIELDS = [
  'outcome',
  'cache',
  'pop',
  'server',
  'class',
  'region',
  'id',
] as const;
type FilterField = (typeof FILTER_FIELDS)[number];

/** Names of a request's fields, as they are shown and filtered by. */
export type RequestNames = Readonly<Record<FilterField, string>>;

export function namesOf(request: RecordedRequest, world: RecordedWorld): RequestNames {
  const pop = world.pops[request.pop]?.name ?? '';
  const server = world.servers[request.server]?.name;
  return {
    outcome: request.outcome,
    cache: request.cache,
    pop,
    server: server === undefined ? '' : `${pop}/${server}`,
    class: world.classes[request.class] ?? '',
    region: world.regions[request.region]?.name ?? '',
    id: request.id,
  };
}

/**
 * Whether a request matches all words of a filter. `field:text` asks that the field begins with the
 * text, `-` before a word that it does not; a word without a field may begin any of them.
 */
export function matchesFilter(names: RequestNames, filter: string): boolean {
  return wordsOf(filter).every((word) => {
    const isNegated = word.startsWith('-') && word.length > 1;
    return matchesWord(names, isNegated ? word.slice(1) : word) !== isNegated;
  });
}

function matchesWord(names: RequestNames, word: string): boolean {
  const colon = word.indexOf(':');
  const field = FILTER_FIELDS.find((known) => known === word.slice(0, colon));
  const starts = (text: string, part: string): boolean => text.toLowerCase().startsWith(part);
  if (field !== undefined) return starts(names[field], word.slice(colon + 1));
  return FILTER_FIELDS.some((known) => starts(names[known], word));
}

const wordsOf = (filter: string): string[] => filter.toLowerCase().split(/\s+/).filter(Boolean);

/** The filter with a word added, or without it where it stands there already. */
export function toggleWord(filter: string, word: string): string {
  const words = filter.split(/\s+/).filter(Boolean);
  const rest = words.filter((one) => one !== word);
  return (rest.length < words.length ? rest : [...words, word]).join(' ');
}

/** Requests of a window that match, in the order asked for; equal ones as they were sent. */
export function chooseRequests(
  requests: readonly RecordedRequest[],
  world: RecordedWorld,
  by: {
    readonly filter: string;
    readonly order: RequestOrder;
    readonly window: TimeWindow | null;
  },
): readonly RecordedRequest[] {
  const { filter, order, window } = by;
  const chosen = requests.filter((request) => {
    const isInside =
      window === null || (request.sent_s >= window.from_s && request.sent_s <= window.until_s);
    return isInside && matchesFilter(namesOf(request, world), filter);
  });
  if (order === 'sent') return chosen;
  const rank = (request: RecordedRequest): number =>
    order === 'slowest' ? (request.latency_s ?? Infinity) : request.attempts.length;
  return chosen.sort((a, b) => rank(b) - rank(a) || a.sent_s - b.sent_s);
}

export const ORDER_WORDS: Readonly<Record<RequestOrder, string>> = {
  sent: 'as sent',
  slowest: 'slowest first',
  attempts: 'most attempts first',
};

import type { EntityState, RecordingIndex } from '../../sim/recording.ts';

import type { RecordingPlayer } from './recording-player.ts';

/** From one instant to another, seconds. */
type Span = readonly [from_s: number, until_s: number];

interface Lost {
  readonly slots: number;
  /** Not there to serve: neither taken away by an autoscaler, which the recording knows. */
  readonly spans: readonly Span[];
}

/** States in which a server's slots serve nobody. */
const GONE: ReadonlySet<EntityState> = new Set(['down', 'failing', 'withdrawn']);

/**
 * The recorded utilisation of a POP is over all servers that its autoscaler has up: one that failed
 * or was taken out counts as idle, so a POP with half of its servers dead and the others full reads
 * 50 %. What its users meet is over the slots that can serve; the story says which those are. A
 * whole POP that is down keeps its figure: its state says more.
 */
export class LivingSlots {
  /** By POP: what it lost in the course of the story. */
  readonly #lost = new Map<number, Lost[]>();
  /** By POP: slots that the recording counts, with the spans in which it does not. */
  readonly #counted = new Map<number, Lost[]>();

  constructor({ world, moments, duration_s }: RecordingIndex) {
    const gone = spansBy(
      moments.states.filter(({ kind }) => kind === 'server'),
      ({ index }) => index,
      ({ state }) => GONE.has(state),
      duration_s,
    );
    if (gone.size === 0) return;
    const off = spansBy(
      moments.server_states,
      ({ server }) => server,
      ({ scaling }) => scaling === 'off' || scaling === 'starting',
      duration_s,
    );
    for (const pop of new Set([...gone.keys()].map((server) => world.servers[server]!.pop))) {
      const { first_server: first, server_count: count } = world.pops[pop]!;
      const members = Array.from({ length: count }, (_, i) => first + i);
      const withSlots = (server: number, spans: readonly Span[]): Lost => {
        return { slots: world.servers[server]!.concurrency, spans };
      };
      const offOf = (server: number): readonly Span[] => off.get(server) ?? [];
      this.#counted.set(
        pop,
        members.map((server) => withSlots(server, offOf(server))),
      );
      this.#lost.set(
        pop,
        members.flatMap((server) => {
          const spans = gone.get(server);
          return spans === undefined ? [] : withSlots(server, without(spans, offOf(server)));
        }),
      );
    }
  }

  /** A POP's recorded utilisation in a span of time, over the slots that can serve. */
  corrected(utilisation: number, pop: number, from_s: number, until_s: number): number {
    const lost = this.#lost.get(pop);
    if (lost === undefined || !(utilisation > 0 && utilisation <= 1)) return utilisation;
    const length_s = until_s - from_s;
    const counted = this.#counted
      .get(pop)!
      .reduce(
        (sum, { slots, spans }) => sum + slots * (length_s - overlap(spans, from_s, until_s)),
        0,
      );
    const gone = lost.reduce(
      (sum, { slots, spans }) => sum + slots * overlap(spans, from_s, until_s),
      0,
    );
    if (gone === 0 || counted <= gone) return utilisation;
    // What a server finishes after it was taken out may be more than the others could do.
    return Math.min(1, (utilisation * counted) / (counted - gone));
  }
}

/** So many of a POP's servers can serve at a time, as far as the story is concerned. */
export function livingServers(
  { index: { world }, states }: Pick<RecordingPlayer, 'index' | 'states'>,
  pop: number,
  time_s: number,
): number {
  const { first_server: first, server_count: count } = world.pops[pop]!;
  const isLiving = (server: number): boolean =>
    !GONE.has(states.at('server', server, time_s).state);
  return Array.from({ length: count }, (_, i) => first + i).filter(isLiving).length;
}

/** Spans in which something holds of an entity, from changes in order of time. */
function spansBy<Change extends { readonly t_s: number }>(
  changes: readonly Change[],
  entityOf: (change: Change) => number,
  holds: (change: Change) => boolean,
  duration_s: number,
): Map<number, Span[]> {
  const since = new Map<number, number>();
  const spans = new Map<number, Span[]>();
  const end = (entity: number, t_s: number): void => {
    const from_s = since.get(entity);
    since.delete(entity);
    if (from_s === undefined || t_s <= from_s) return;
    spans.set(entity, [...(spans.get(entity) ?? []), [from_s, t_s]]);
  };
  for (const change of changes) {
    const entity = entityOf(change);
    if (!holds(change)) end(entity, change.t_s);
    else if (!since.has(entity)) since.set(entity, change.t_s);
  }
  for (const entity of since.keys()) end(entity, duration_s);
  return spans;
}

/** The parts of `spans` that none of `others` covers. */
function without(spans: readonly Span[], others: readonly Span[]): readonly Span[] {
  return others.reduce<readonly Span[]>(
    (rest, [from_s, until_s]) =>
      rest.flatMap(([a, b]): readonly Span[] => {
        const parts: readonly Span[] = [
          [a, Math.min(b, from_s)],
          [Math.max(a, until_s), b],
        ];
        return parts.filter(([start, end]) => end > start);
      }),
    spans,
  );
}

function overlap(spans: readonly Span[], from_s: number, until_s: number): number {
  return spans.reduce(
    (sum, [a, b]) => sum + Math.max(0, Math.min(b, until_s) - Math.max(a, from_s)),
    0,
  );
}

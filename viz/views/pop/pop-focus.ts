import type { RecordingPlayer } from '../../data/recording-player.ts';
import { serverOfPath } from '../../data/servers-now.ts';
import type { Selection } from '../../store.ts';

/** How deep one has drilled: all POPs, one POP, one server of it. Indices; null = not that deep. */
export interface PopFocus {
  readonly pop: number | null;
  readonly server: number | null;
}

/** What the selection points at; a world of one POP is always inside it. */
export function popFocus(player: RecordingPlayer, selection: Selection | null): PopFocus {
  const { pops, servers, origins } = player.index.world;
  if (selection?.kind === 'server') {
    const server = serverOfPath(player, selection.name);
    if (server >= 0) return { pop: servers[server]!.pop, server };
  }
  const wanted =
    selection?.kind === 'origin'
      ? (origins.find(({ name }) => name === selection.name)?.near_pop ?? -1)
      : selection?.kind === 'pop'
        ? pops.findIndex(({ name }) => name === selection.name)
        : -1;
  if (wanted >= 0) return { pop: wanted, server: null };
  return { pop: pops.length === 1 ? 0 : null, server: null };
}

/** The selection one level up; undefined where there is no level above. */
export function levelAbove(
  player: RecordingPlayer,
  { pop, server }: PopFocus,
): Selection | null | undefined {
  const { pops } = player.index.world;
  if (server !== null && pop !== null) return { kind: 'pop', name: pops[pop]!.name };
  return pop !== null && pops.length > 1 ? null : undefined;
}

import type { RecordingPlayer } from '../../data/recording-player.ts';
import { serverPath } from '../../data/servers-now.ts';
import { isHidden } from '../../hide.ts';
import type { Selection } from '../../store.ts';
import { popFocus } from '../pop/pop-focus.ts';

/** The servers that the view shows: those of the POP that is selected, else of all. */
export interface BalancerScope {
  /** null = all POPs. */
  readonly pop: number | null;
  readonly servers: readonly number[];
  readonly label: (server: number) => string;
}

export function balancerScope(
  player: RecordingPlayer,
  selection: Selection | null,
  hidden: string,
): BalancerScope {
  const { servers, pops } = player.index.world;
  const { pop } = popFocus(player, selection);
  return {
    pop,
    servers: servers.flatMap((server, index) => {
      const isWanted = pop === null || server.pop === pop;
      const path = serverPath(player, index);
      const isGone =
        isHidden(hidden, `server/${path}`) ||
        isHidden(hidden, `pop/${pops[server.pop]?.name ?? ''}`);
      return isWanted && !isGone ? [index] : [];
    }),
    label: (server) => (pop === null ? serverPath(player, server) : servers[server]!.name),
  };
}

import type { EntityState, RecordedServer } from '../../sim/recording.ts';
import type { RecordingPlayer } from './recording-player.ts';
import type { ServerHistory, ServerStateNow } from './server-history.ts';

/** What a server is at one instant. Figures are NaN without a value. */
export interface ServerNow {
  readonly server: RecordedServer;
  readonly index: number;
  /** As scenarios call it: `fra/gen3-7`. */
  readonly path: string;
  /** What its balancer thinks of it. */
  readonly state: ServerStateNow;
  /** What it is. */
  readonly truth: EntityState;
  readonly requestsPerSecond: number;
  /** Inside, waiting or served. */
  readonly inFlight: number;
  /** Busy slots ÷ slots, 0 … 1; 1.01 above. */
  readonly utilisation: number;
  /** Of those inside, those that no slot serves; mean over the bucket. */
  readonly queued: number;
}

/** The servers of a POP in the order of the scenario. */
export function serversNow(
  player: RecordingPlayer,
  history: ServerHistory,
  pop: number,
  time_s: number,
): readonly ServerNow[] {
  const of = player.index.world.pops[pop];
  if (of === undefined) return [];
  return Array.from({ length: of.server_count }, (_, i) =>
    serverNow(player, history, of.first_server + i, time_s),
  );
}

export function serverNow(
  player: RecordingPlayer,
  history: ServerHistory,
  index: number,
  time_s: number,
): ServerNow {
  const { servers, states } = player;
  const { world } = player.index;
  const server = world.servers[index]!;
  const inFlight = servers?.value('in_flight', index, time_s) ?? Number.NaN;
  const utilisation = servers?.value('utilisation', index, time_s) ?? Number.NaN;
  const ofPop = states.at('pop', server.pop, time_s).state;
  return {
    server,
    index,
    path: serverPath(player, index),
    state: history.at(index, time_s),
    truth: ofPop === 'down' ? 'down' : states.at('server', index, time_s).state,
    requestsPerSecond: servers?.rate('requests', index, time_s) ?? Number.NaN,
    inFlight,
    utilisation,
    queued: Math.max(0, inFlight - Math.min(utilisation, 1) * server.concurrency),
  };
}

export function serverPath({ index }: RecordingPlayer, server: number): string {
  const { name, pop } = index.world.servers[server]!;
  return `${index.world.pops[pop]?.name ?? '?'}/${name}`;
}

/** The reverse of `serverPath`; -1 where there is none. */
export function serverOfPath(player: RecordingPlayer, path: string): number {
  return player.index.world.servers.findIndex((_, index) => serverPath(player, index) === path);
}

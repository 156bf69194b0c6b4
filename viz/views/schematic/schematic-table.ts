import { initialServerState, ServerHistory } from '../../data/server-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { serversNow } from '../../data/servers-now.ts';
import { formatPercent, formatRate } from '../../formats.ts';
import { SERVER_MARKS } from '../../server-marks.ts';
import { STATE_MARKS } from '../../theme.ts';
import type { TableColumn, TableModel, TableRow } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { linksNow, popsNow } from '../map/network-now.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'name' },
  { title: 'kind' },
  { title: 'state' },
  { title: 'requests per second', format: formatRate, isFigure: true },
  { title: 'utilisation', format: formatPercent, isFigure: true },
  { title: 'utilisation back', format: formatPercent, isFigure: true },
];

/** Everything that the schematic shows: POPs, servers of the only POP, origins, links. */
export function schematicTable({ store }: Dashboard): TableModel {
  const player = store.recording.value;
  void player?.loaded.value;
  const time_s = store.calmTime_s.value;
  const caption = `Network of ${store.strategy.value.slice(0, 60)} at ${Math.floor(time_s)} s`;
  if (!player) return { caption, columns: COLUMNS, rows: [] };
  const initial = initialServerState(player.index, store.report.value.manifest);
  return {
    caption,
    columns: COLUMNS,
    rows: [
      ...popRows(player, time_s),
      ...serverRows(player, new ServerHistory(player.index, initial), time_s),
      ...originRows(player, time_s),
      ...linkRows(player, time_s),
    ],
  };
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function popRows(player: RecordingPlayer, time_s: number): TableRow[] {
  return popsNow(player, time_s).map(({ pop, state, requestsPerSecond, utilisation }) => ({
    path: `pop/${pop.name}`,
    cells: [
      pop.name,
      'POP',
      STATE_MARKS[state.state].word,
      orNull(requestsPerSecond),
      orNull(utilisation),
      null,
    ],
  }));
}

function serverRows(player: RecordingPlayer, history: ServerHistory, time_s: number): TableRow[] {
  if (player.index.world.pops.length > 1) return [];
  return serversNow(player, history, 0, time_s).map((now) => ({
    path: `server/${now.path}`,
    cells: [
      now.server.name,
      'server',
      SERVER_MARKS[now.state.state].word,
      orNull(now.requestsPerSecond),
      orNull(now.utilisation),
      null,
    ],
  }));
}

function originRows(player: RecordingPlayer, time_s: number): TableRow[] {
  return player.index.world.origins.map(({ name }, i) => ({
    path: `origin/${name}`,
    cells: [
      name,
      'origin',
      STATE_MARKS[player.states.at('origin', i, time_s).state].word,
      null,
      null,
      null,
    ],
  }));
}

function linkRows(player: RecordingPlayer, time_s: number): TableRow[] {
  return linksNow(player, time_s, null, '').map(({ link, isDown, utilisation }) => ({
    path: `link/${link.name}`,
    cells: [
      link.name,
      'link',
      isDown ? 'down' : 'up',
      null,
      orNull(utilisation[0]),
      orNull(utilisation[1]),
    ],
  }));
}

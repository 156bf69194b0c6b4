import { initialServerState, ServerHistory } from '../../data/server-history.ts';
import type { RecordingPlayer } from '../../data/recording-player.ts';
import { serversNow } from '../../data/servers-now.ts';
import { formatClock, formatCount, formatPercent, formatRate } from '../../formats.ts';
import { SERVER_MARKS, truthMark } from '../../server-marks.ts';
import { utilisationLetter } from '../../theme.ts';
import type { TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { mapTable } from '../map/map-table.ts';
import { popFocus } from './pop-focus.ts';

/** All POPs, or the servers of the POP that one is in; of a server: the changes of its state. */
export function popTable(dashboard: Dashboard): TableModel {
  const { store } = dashboard;
  const player = store.recording.value;
  if (!player) return mapTable(dashboard);
  void player.loaded.value;
  const { pop, server } = popFocus(player, store.selection.value);
  if (pop === null) return mapTable(dashboard);
  const initial = initialServerState(player.index, store.report.value.manifest);
  const history = new ServerHistory(player.index, initial);
  return server === null
    ? serverTable(player, history, pop, store.calmTime_s.value)
    : changeTable(player, history, server);
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function serverTable(
  player: RecordingPlayer,
  history: ServerHistory,
  pop: number,
  time_s: number,
): TableModel {
  const { name } = player.index.world.pops[pop]!;
  return {
    caption: `Servers of ${name.slice(0, 60)} at ${Math.floor(time_s)} s`,
    columns: [
      { title: 'server' },
      { title: 'state' },
      { title: 'since', format: clockOrStart, isFigure: true },
      { title: 'in fact' },
      { title: 'requests per second', format: formatRate, isFigure: true },
      { title: 'utilisation', format: formatPercent, isFigure: true },
      { title: 'class' },
      { title: 'in flight', format: formatCount, isFigure: true },
      { title: 'queued', format: formatCount, isFigure: true },
      { title: 'slots', isFigure: true },
      { title: 'weight', isFigure: true },
      { title: 'speed', isFigure: true },
    ],
    rows: serversNow(player, history, pop, time_s).map((now) => ({
      path: `server/${now.path}`,
      cells: [
        now.server.name,
        SERVER_MARKS[now.state.state].word,
        now.state.since_s,
        truthMark(now.truth, now.state.state).word,
        orNull(now.requestsPerSecond),
        orNull(now.utilisation),
        utilisationLetter(now.utilisation),
        orNull(now.inFlight),
        orNull(now.queued),
        now.server.concurrency,
        now.server.weight,
        now.server.speed,
      ],
    })),
  };
}

const clockOrStart = (time_s: number | null): string =>
  time_s === null ? 'the start' : formatClock(time_s);

function changeTable(player: RecordingPlayer, history: ServerHistory, server: number): TableModel {
  const { name } = player.index.world.servers[server]!;
  return {
    caption: `States of server ${name.slice(0, 60)}`,
    columns: [
      { title: 'from', format: clockOrStart, isFigure: true },
      { title: 'until', format: clockOrStart, isFigure: true },
      { title: 'state' },
      { title: 'cause' },
    ],
    rows: history.spans(server).map(({ from_s, until_s, state, cause }) => ({
      cells: [from_s, until_s, SERVER_MARKS[state].word, cause ?? ''],
    })),
  };
}

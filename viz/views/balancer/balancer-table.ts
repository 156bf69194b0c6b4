import { initialServerState, ServerHistory } from '../../data/server-history.ts';
import { serverNow } from '../../data/servers-now.ts';
import {
  formatClock,
  formatCount,
  formatMetric,
  formatPercent,
  formatRate,
} from '../../formats.ts';
import { SERVER_MARKS } from '../../server-marks.ts';
import type { TableColumn, TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { balancerScope } from './balancer-scope.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'server' },
  { title: 'state' },
  { title: 'since', format: (at) => (at === null ? 'the start' : formatClock(at)), isFigure: true },
  { title: 'changes of state', isFigure: true },
  { title: 'weight', isFigure: true },
  { title: 'utilisation', format: formatPercent, isFigure: true },
  { title: 'in flight', format: formatCount, isFigure: true },
  { title: 'requests per second', format: formatRate, isFigure: true },
  // Means over all replications, from the report.
  { title: 'utilisation, whole run', format: formatPercent, isFigure: true },
  { title: 'requests, whole run', format: formatCount, isFigure: true },
  {
    title: 'mean wait, whole run (s)',
    format: (value) => formatMetric('queue_wait_mean_s', value),
    isFigure: true,
  },
];

/** Servers now, and what the report says of each over the whole run. */
export function balancerTable({ store }: Dashboard): TableModel {
  const player = store.recording.value;
  const strategy = store.strategy.value;
  const policy = player?.index.world.balancer ?? 'nobody knows what';
  const caption = `Servers of ${strategy.slice(0, 60)}, balanced by ${policy.slice(0, 60)}`;
  if (!player) return { caption, columns: COLUMNS, rows: [] };
  void player.loaded.value;
  const initial = initialServerState(player.index, store.report.value.manifest);
  const history = new ServerHistory(player.index, initial);
  const { servers } = balancerScope(player, store.selection.value, store.hidden.value);
  const ofRun = store.report.value.summary.strategies[strategy]?.servers ?? {};
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    caption,
    columns: COLUMNS,
    rows: servers.map((index) => {
      const now = serverNow(player, history, index, store.calmTime_s.value);
      const metrics = ofRun[now.path] ?? {};
      return {
        path: `server/${now.path}`,
        cells: [
          now.path,
          SERVER_MARKS[now.state.state].word,
          now.state.since_s,
          history.spans(index).length - 1,
          now.server.weight,
          orNull(now.utilisation),
          orNull(now.inFlight),
          orNull(now.requestsPerSecond),
          metrics['utilisation']?.mean ?? null,
          metrics['requests']?.mean ?? null,
          metrics['queue_wait_mean_s']?.mean ?? null,
        ],
      };
    }),
  };
}

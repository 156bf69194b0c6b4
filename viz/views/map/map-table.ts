import { formatCount, formatLatency, formatPercent, formatRate } from '../../formats.ts';
import { STATE_MARKS, utilisationLetter } from '../../theme.ts';
import type { TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { popsNow } from './network-now.ts';

/** POPs at this instant, busiest first. */
export function mapTable({ store }: Dashboard): TableModel {
  const player = store.recording.value ?? null;
  void player?.loaded.value;
  const time_s = store.calmTime_s.value;
  const pops = player === null ? [] : popsNow(player, time_s);
  const value = (number: number): number | null => (Number.isNaN(number) ? null : number);
  return {
    caption: `POPs of ${store.strategy.value} at ${Math.floor(time_s)} s`,
    columns: [
      { title: 'POP' },
      { title: 'place' },
      { title: 'state' },
      { title: 'requests per second', format: formatRate, isFigure: true },
      { title: 'failed per second', format: formatRate, isFigure: true },
      { title: 'utilisation', format: formatPercent, isFigure: true },
      { title: 'class' },
      { title: 'p50 latency (s)', format: formatLatency, isFigure: true },
      { title: 'p95 latency (s)', format: formatLatency, isFigure: true },
      { title: 'hit ratio', format: formatPercent, isFigure: true },
      { title: 'in flight', format: formatCount, isFigure: true },
    ],
    rows: [...pops]
      .sort((a, b) => (b.requestsPerSecond || 0) - (a.requestsPerSecond || 0) || a.index - b.index)
      .map((now) => ({
        path: `pop/${now.pop.name}`,
        cells: [
          now.pop.name,
          now.pop.label,
          `${STATE_MARKS[now.state.state].sign} ${STATE_MARKS[now.state.state].word}`.trim(),
          value(now.requestsPerSecond),
          value(now.failedPerSecond),
          value(now.utilisation),
          utilisationLetter(now.utilisation),
          value(now.latencyP50_s),
          value(now.latencyP95_s),
          value(now.hitRatio),
          value(now.inFlight),
        ],
      })),
  };
}

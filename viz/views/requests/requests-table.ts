import type { RecordedRequest, TraceSegmentKind } from '../../../sim/recording.ts';
import { formatClock, formatLatency } from '../../formats.ts';
import type { TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { chooseRequests, namesOf } from './request-filter.ts';
import { tracesOf } from './traces.ts';

const KINDS: readonly TraceSegmentKind[] = [
  ...(['resolve', 'connect', 'request', 'queue', 'service', 'wait'] as const),
  ...(['shield', 'origin', 'transfer', 'silence', 'backoff'] as const),
];

/** The requests that are listed, with the time of each kind of segment and the last decision. */
export function requestsTable({ store }: Dashboard): TableModel {
  const player = store.recording.value;
  const traces = player ? (tracesOf(player) ?? null) : null;
  const world = player?.index.world;
  const requests =
    traces === null || world === undefined
      ? []
      : chooseRequests(traces.requests, world, {
          filter: store.requestFilter.value,
          order: store.requestOrder.value,
          window: store.window.value,
        });
  return {
    caption: `Traced requests of ${store.strategy.value.slice(0, 60)}`,
    columns: [
      ...['request', 'region', 'class', 'POP', 'server', 'outcome', 'cache'].map((title) => ({
        title,
      })),
      { title: 'sent', format: (value) => formatClock(value ?? 0), isFigure: true },
      { title: 'attempts', isFigure: true },
      { title: 'latency (s)', format: formatLatency, isFigure: true },
      ...KINDS.map((kind) => ({ title: `${kind} (s)`, format: formatLatency, isFigure: true })),
      { title: 'why this POP' },
      { title: 'why this server' },
    ],
    rows: requests.map((request) => {
      const names = namesOf(request, world!);
      const last = request.attempts.at(-1);
      return {
        path: `request/${request.id}`,
        cells: [
          names.id,
          names.region,
          names.class,
          names.pop,
          names.server,
          names.outcome,
          names.cache,
          request.sent_s,
          request.attempts.length,
          request.latency_s,
          ...KINDS.map((kind) => timeOf(request, kind)),
          last?.why_pop ?? '',
          last?.why_server ?? '',
        ],
      };
    }),
  };
}

function timeOf({ segments }: RecordedRequest, kind: TraceSegmentKind): number | null {
  const own = segments.filter((segment) => segment.kind === kind);
  return own.length === 0 ? null : own.reduce((sum, { duration_s }) => sum + duration_s, 0);
}

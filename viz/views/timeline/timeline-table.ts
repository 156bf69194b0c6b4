import {
  bucketAt,
  bucketsWithin,
  type PanelLayer,
  type PanelLine,
  type TimePanel,
} from '../../charts/time-panel.ts';
import { shorten } from '../../controls/table-twin.ts';
import { formatShortClock } from '../../formats.ts';
import type { TableColumn, TableModel } from '../../table-model.ts';
import type { Dashboard } from '../../view.ts';
import { shownPanels } from './timeline-chart.ts';

/** A row for each bucket of the window, a column for each line. */
export function timelineTable({ store }: Dashboard): TableModel {
  const panels = shownPanels(store);
  const { from_s, until_s } = store.window.value ?? store.span.value;
  const names = [store.strategy.value, store.versus.value].filter((name) => name !== null);
  const columns = panels.flatMap((panel) =>
    columnsOf(panel, store.strategy.value, store.versus.value),
  );
  const longest = columns
    .map(({ series }) => series)
    .sort((a, b) => a.bucket_s - b.bucket_s || b.values.length - a.values.length)[0];
  const buckets = longest === undefined ? [] : bucketsWithin(longest, [from_s, until_s]);
  return {
    caption: `${names.map((name) => shorten(name, 60)).join(' and ')} over time`,
    columns: [
      { title: 'time (s)', format: (time_s) => formatShortClock(time_s ?? 0), isFigure: true },
      ...columns.map(({ column }) => column),
    ],
    rows: buckets.map(([bucket]) => {
      const time_s = longest!.start_s + bucket * longest!.bucket_s;
      return { cells: [time_s, ...columns.map(({ series }) => bucketAt(series, time_s))] };
    }),
  };
}

interface SeriesColumn {
  readonly column: TableColumn;
  readonly series: PanelLine | PanelLayer;
}

/** Of both strategies, their names only where there are two. */
function columnsOf(
  { title, format, lines, layers }: TimePanel,
  own: string,
  other: string | null,
): readonly SeriesColumn[] {
  const whose = (series: 1 | 2): string =>
    other === null ? '' : ` · ${series === 1 ? own : other}`;
  const columnOf = (series: PanelLine | PanelLayer, what: string): SeriesColumn => ({
    column: {
      title: `${title} ${series.name}${what}${whose('series' in series ? series.series : 1)}`,
      format,
      isFigure: true,
    },
    series,
  });
  return [
    ...layers.map((layer) => columnOf(layer, '')),
    ...lines.flatMap((line) => {
      const [least, greatest] = line.band ?? [null, null];
      const ends = [
        [least, ' least'],
        [greatest, ' greatest'],
      ] as const;
      return [
        columnOf(line, ''),
        ...ends.flatMap(([values, what]) =>
          values === null ? [] : [columnOf({ ...line, values }, what)],
        ),
      ];
    }),
  ];
}

import { mountStripChart, type StripSeries } from '../../charts/strip-chart.ts';
import type { SeriesPlayer } from '../../data/series-player.ts';
import type { Dashboard } from '../../view.ts';

/** One figure of an entity over the story. */
export interface FigureStrip<Column extends string> {
  readonly title: string;
  readonly column: Column;
  readonly format: (value: number | null) => string;
  /** Counts of a bucket are shown per second. */
  readonly isCount: boolean;
}

/** Small charts side by side, one a figure, of one entity of the recorded replication. */
export function mountFigureStrips<Column extends string>(
  container: HTMLElement,
  dashboard: Dashboard,
  loaded: { readonly value: number },
  strips: readonly FigureStrip<Column>[],
  of: { readonly series: SeriesPlayer<Column>; readonly entity: number },
): () => void {
  const stops = strips.map((strip) => {
    const cell = document.createElement('div');
    cell.className = 'strip-cell figure-strip';
    container.append(cell);
    return mountStripChart(cell, dashboard, () => {
      void loaded.value;
      const { title, format } = strip;
      return { title, format, series: [stripSeries(strip, of.series, of.entity)] };
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function stripSeries<Column extends string>(
  { title, column, isCount }: FigureStrip<Column>,
  series: SeriesPlayer<Column>,
  entity: number,
): StripSeries {
  const { bucket_s, values } = series.over(column, entity);
  return {
    name: title,
    start_s: 0,
    bucket_s,
    values: values.map((value) =>
      Number.isNaN(value) ? null : isCount ? value / bucket_s : value,
    ),
    band: null,
  };
}

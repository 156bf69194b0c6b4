/** Values of buckets over the story; null = no value. */
export interface TimeSeries {
  readonly start_s: number;
  readonly bucket_s: number;
  readonly values: readonly (number | null)[];
}

/** A line of a panel: its colour says whose it is, its stroke says what it is. */
export interface PanelLine extends TimeSeries {
  /** What it is: `p95`. */
  readonly name: string;
  /** Whose: 1 = the strategy, 2 = what it is compared with. */
  readonly series: 1 | 2;
  readonly stroke: 'strong' | 'thin' | 'dashed' | 'dotted';
  /** Smallest and largest over replications; null without. */
  readonly band: readonly [low: TimeSeries['values'], high: TimeSeries['values']] | null;
}

/** A layer of a stack, lowest first. */
export interface PanelLayer extends TimeSeries {
  readonly name: string;
  /** Position among the colours of layers, 1 to 3. */
  readonly colour: 1 | 2 | 3;
}

/** One chart of many that share an axis of time. */
export interface TimePanel {
  readonly title: string;
  /** Said in small print: `log`, `one replication`. */
  readonly note: string;
  readonly format: (value: number | null) => string;
  /** `share` is 0 to 100 %, `zero` is 0 to the most there is, `log` is what there is. */
  readonly scale: 'zero' | 'share' | 'log';
  readonly lines: readonly PanelLine[];
  readonly layers: readonly PanelLayer[];
}

/** The value of the bucket that a time lies in; the last bucket also has the end. */
export function bucketAt({ start_s, bucket_s, values }: TimeSeries, time_s: number): number | null {
  const bucket = Math.floor((time_s - start_s) / bucket_s);
  return values[Math.min(bucket, values.length - 1)] ?? null;
}

/** The part of a series that lies in a window, as `[bucket, value]`. */
export function bucketsWithin(
  { start_s, bucket_s, values }: TimeSeries,
  [from_s, until_s]: readonly [number, number],
): readonly (readonly [bucket: number, value: number | null])[] {
  const first = Math.max(Math.floor((from_s - start_s) / bucket_s), 0);
  const end = Math.min(Math.ceil((until_s - start_s) / bucket_s), values.length);
  return Array.from({ length: Math.max(end - first, 0) }, (_, i) => [
    first + i,
    values[first + i] ?? null,
  ]);
}

/** A domain that holds what a window shows of a panel. */
export function domainOf(
  panel: TimePanel,
  window: readonly [number, number],
): readonly [low: number, high: number] {
  if (panel.scale === 'share') return [0, 1];
  const values = panel.lines.flatMap((line) => [
    ...visible(line, window),
    ...(line.band === null ? [] : visible({ ...line, values: line.band[0] }, window)),
    ...(line.band === null ? [] : visible({ ...line, values: line.band[1] }, window)),
  ]);
  const tops = stackTops(panel.layers, window);
  const most = Math.max(0, ...values, ...tops);
  if (panel.scale === 'zero') return [0, most || 1];
  const least = Math.min(...values.filter((value) => value > 0));
  return Number.isFinite(least) ? [least, Math.max(most, least * 2)] : [1e-3, 1];
}

function visible(series: TimeSeries, window: readonly [number, number]): number[] {
  return bucketsWithin(series, window).flatMap(([, value]) => (value === null ? [] : [value]));
}

function stackTops(layers: readonly PanelLayer[], window: readonly [number, number]): number[] {
  const first = layers[0];
  if (first === undefined) return [];
  return bucketsWithin(first, window).map(([bucket]) =>
    layers.reduce((sum, { values }) => sum + (values[bucket] ?? 0), 0),
  );
}

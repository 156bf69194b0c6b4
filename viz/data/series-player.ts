import type { RecordedLevel, RecordedSeries } from '../../sim/recording.ts';
import type { ChunkShape, DecodedChunk } from './decode-chunk.ts';

/** Loads one chunk; rejects with an Error that names it. */
export type ChunkLoader = (shape: ChunkShape) => Promise<DecodedChunk>;

/** What is shown for a recorded value of an entity in a bucket of time. */
export type Correction = (
  value: number,
  column: string,
  entity: number,
  from_s: number,
  until_s: number,
) => number;

/**
 * The values of one series at any time. The coarse level is loaded at once and stays; chunks of the
 * finest are asked for as time comes near them, and until they are there the coarse one answers.
 */
export class SeriesPlayer<Column extends string> {
  readonly series: RecordedSeries<Column>;
  readonly #duration_s: number;
  readonly #load: ChunkLoader;
  readonly #onLoaded: (problem: string | null) => void;
  readonly #isRatio: ReadonlySet<string>;
  readonly #correction: Correction;
  /** By level, then chunk: null while it is under way or broken. */
  readonly #chunks: (DecodedChunk | null | undefined)[][];

  constructor(
    series: RecordedSeries<Column>,
    duration_s: number,
    load: ChunkLoader,
    onLoaded: (problem: string | null) => void,
    correction: Correction = (value) => value,
  ) {
    this.series = series;
    this.#duration_s = duration_s;
    this.#load = load;
    this.#onLoaded = onLoaded;
    this.#correction = correction;
    this.#isRatio = new Set(
      series.columns.filter(({ type }) => type === 'u8').map(({ name }) => name),
    );
    this.#chunks = series.levels.map(({ chunks }) => Array.from({ length: chunks.length }));
    const coarse = series.levels.length - 1;
    series.levels[coarse]?.chunks.forEach((_, chunk) => this.#ask(coarse, chunk));
  }

  /** Width of the finest buckets, seconds. */
  get bucket_s(): number {
    return this.series.levels[0]?.bucket_s ?? 1;
  }

  /**
   * The value of an entity at a time; NaN where there is none (yet). Ratios are 0 … 1, and 1.01 for
   * anything above 1.
   */
  value(column: Column, entity: number, time_s: number): number {
    return this.valuesAt(column, time_s)(entity);
  }

  /** Counts of a bucket as a rate per second, whichever level answers. */
  rate(column: Column, entity: number, time_s: number): number {
    return this.ratesAt(column, time_s)(entity);
  }

  /** As `value`, for who asks for thousands of entities at one time: the frame is found once. */
  valuesAt(column: Column, time_s: number): (entity: number) => number {
    const found = this.#columnAt(column, time_s);
    if (found === null) return () => Number.NaN;
    const { values, start, from_s, width_s } = found;
    if (!this.#isRatio.has(column)) return (entity) => values[start + entity] ?? Number.NaN;
    return (entity) => {
      const byte = values[start + entity];
      if (byte === undefined) return Number.NaN;
      return this.#correction(ratioOfByte(byte), column, entity, from_s, from_s + width_s);
    };
  }

  ratesAt(column: Column, time_s: number): (entity: number) => number {
    const found = this.#columnAt(column, time_s);
    if (found === null) return () => Number.NaN;
    const { values, start, width_s } = found;
    return (entity) => (values[start + entity] ?? Number.NaN) / width_s;
  }

  /** An entity over the whole story, from the finest level that is loaded whole. */
  over(column: Column, entity: number): { readonly bucket_s: number; readonly values: number[] } {
    const whole = this.#chunks.findIndex((chunks) => chunks.every(Boolean));
    const level = this.series.levels[whole];
    if (level === undefined) return { bucket_s: this.bucket_s, values: [] };
    const values = Array.from(
      { length: level.frames },
      (_, frame) => this.#valueAt(whole, column, entity, frame) ?? Number.NaN,
    );
    return { bucket_s: level.bucket_s, values };
  }

  /** Asks for what is shown at this time and soon after, and for the whole level if it is small. */
  prefetch(time_s: number): void {
    const level = this.series.levels[0];
    if (level === undefined) return;
    const here = Math.floor(this.#frameAt(0, time_s) / level.frames_per_chunk);
    for (const chunk of [here, here + 1]) {
      if (chunk < level.chunks.length) this.#ask(0, chunk);
    }
  }

  /** Asks for every chunk of the finest level: charts over the whole story. */
  prefetchAll(): void {
    this.series.levels[0]?.chunks.forEach((_, chunk) => this.#ask(0, chunk));
  }

  /** Where a column has the bucket of a time, on the finest level that is there. */
  #columnAt(
    column: Column,
    time_s: number,
  ): {
    readonly values: ArrayLike<number>;
    readonly start: number;
    readonly from_s: number;
    readonly width_s: number;
  } | null {
    const { levels, entities } = this.series;
    for (let level = 0; level < levels.length; level++) {
      const perChunk = levels[level]!.frames_per_chunk;
      const frame = this.#frameAt(level, time_s);
      const values = this.#chunks[level]?.[Math.floor(frame / perChunk)]?.[column];
      if (values === undefined) continue;
      const start = (frame % perChunk) * entities;
      const from_s = frame * levels[level]!.bucket_s;
      return { values, start, from_s, width_s: this.#widthOf(level, frame) };
    }
    return null;
  }

  #ask(level: number, chunk: number): void {
    if (this.#chunks[level]?.[chunk] !== undefined) return;
    this.#chunks[level]![chunk] = null;
    this.#load(this.#shapeOf(this.series.levels[level]!, chunk)).then(
      (decoded) => {
        this.#chunks[level]![chunk] = decoded;
        this.#onLoaded(null);
      },
      (error: unknown) => {
        this.#onLoaded(error instanceof Error ? error.message : String(error));
      },
    );
  }

  #shapeOf(level: RecordedLevel, chunk: number): ChunkShape {
    const before = chunk * level.frames_per_chunk;
    return {
      chunk: level.chunks[chunk]!,
      columns: this.series.columns,
      entities: this.series.entities,
      frames: Math.min(level.frames_per_chunk, level.frames - before),
    };
  }

  #frameAt(level: number, time_s: number): number {
    const { bucket_s, frames } = this.series.levels[level]!;
    return Math.min(Math.max(Math.floor(time_s / bucket_s), 0), frames - 1);
  }

  /** The last bucket is cut short by the end of the story. */
  #widthOf(level: number, frame: number): number {
    const { bucket_s } = this.series.levels[level]!;
    return Math.max(Math.min(bucket_s, this.#duration_s - frame * bucket_s), 1e-9);
  }

  #valueAt(level: number, column: Column, entity: number, frame: number): number | undefined {
    const perChunk = this.series.levels[level]!.frames_per_chunk;
    const decoded = this.#chunks[level]?.[Math.floor(frame / perChunk)]?.[column];
    if (decoded === undefined) return undefined;
    const value = decoded[(frame % perChunk) * this.series.entities + entity];
    if (value === undefined || !this.#isRatio.has(column)) return value;
    const from_s = frame * this.series.levels[level]!.bucket_s;
    const until_s = from_s + this.#widthOf(level, frame);
    return this.#correction(ratioOfByte(value), column, entity, from_s, until_s);
  }
}

/** As `ByteScale` says: 250 is 1, 251 is above, 255 is no value. */
export function ratioOfByte(byte: number): number {
  if (byte === 255) return Number.NaN;
  return byte > 250 ? 1.01 : byte / 250;
}

import type { RecordedChunk, RecordedColumn, RecordedSeries } from '../../recording.ts';
import { crc32 } from './crc32.ts';

const FRAMES_PER_CHUNK = 60;
/** A level as small as this is kept in memory whole; wider ones are then of no use. */
const RESIDENT_FRAMES = 600;
const RESIDENT_BYTES = 16 * 1024 * 1024;
/** Widths of the levels by that of the finest: 1 s, 10 s, 60 s. */
const LEVEL_FACTORS = [1, 10, 60];

/** A column of a series at any width: `factor` of its finest frames in one. */
export interface ColumnSource<Column extends string> extends RecordedColumn<Column> {
  readonly at: (factor: number) => Float32Array | Uint8Array;
}

export interface SeriesSource<Column extends string> {
  /** Of the files: `pops`. */
  readonly name: string;
  readonly entities: number;
  readonly bucketNs: number;
  /** Of the finest level. */
  readonly frames: number;
  /** Those of four bytes first. */
  readonly columns: readonly ColumnSource<Column>[];
}

/** Writes the chunks of all levels into `files` and returns what the index says of them. */
export function encodeSeries<Column extends string>(
  source: SeriesSource<Column>,
  files: Map<string, Uint8Array>,
): RecordedSeries<Column> {
  const factors = LEVEL_FACTORS.filter((_, level) => {
    const finer = LEVEL_FACTORS[level - 1];
    return finer === undefined || !isResident(source, Math.ceil(source.frames / finer));
  });
  return {
    entities: source.entities,
    columns: source.columns.map(({ name, type }) => ({ name, type })),
    levels: factors.map((factor, level) => ({
      bucket_s: (source.bucketNs * factor) / 1e9,
      frames: Math.ceil(source.frames / factor),
      frames_per_chunk: FRAMES_PER_CHUNK,
      chunks: encodeLevel(source, level, factor, files),
    })),
  };
}

function isResident<Column extends string>(
  { entities, columns }: SeriesSource<Column>,
  frames: number,
): boolean {
  const frameBytes =
    columns.reduce((sum, { type }) => sum + (type === 'f32' ? 4 : 1), 0) * entities;
  return frames <= RESIDENT_FRAMES && frames * frameBytes <= RESIDENT_BYTES;
}

function encodeLevel<Column extends string>(
  { name, entities, frames, columns }: SeriesSource<Column>,
  level: number,
  factor: number,
  files: Map<string, Uint8Array>,
): RecordedChunk[] {
  const values = columns.map(({ at }) => at(factor));
  const levelFrames = Math.ceil(frames / factor);
  const chunks: RecordedChunk[] = [];
  for (let first = 0; first < levelFrames; first += FRAMES_PER_CHUNK) {
    const end = Math.min(first + FRAMES_PER_CHUNK, levelFrames);
    const parts = values.map((column) => bytesOf(column, first * entities, end * entities));
    const bytes = concatenated(parts);
    const file = `${name}-${level}-${chunks.length}.bin`;
    files.set(file, bytes);
    chunks.push({ file, bytes: bytes.length, crc32: crc32(bytes) });
  }
  return chunks;
}

/** As the machine holds them: little-endian on all that Node and browsers run on today. */
function bytesOf(column: Float32Array | Uint8Array, from: number, until: number): Uint8Array {
  const part = column.subarray(from, until);
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

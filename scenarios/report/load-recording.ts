import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from '@node-rs/crc32';
import type {
  RecordedChunk,
  RecordedLevel,
  RecordedSeries,
  RecordedTraces,
  RecordingIndex,
} from '../../sim/index.ts';
import { FolderError } from '../running/folder-error.ts';
import { RECORDING_INDEX, recordingFolder } from './recording-path.ts';

/** A strategy's recording in a results folder: the index at once, chunks when asked for. */
export interface StoredRecording {
  /** The folder of its files. */
  readonly dir: string;
  readonly index: RecordingIndex;
  /** Throws a FolderError (4) that names the file when it is missing or damaged. */
  chunk(chunk: RecordedChunk): Promise<Uint8Array>;
  /** null where none were asked for. */
  traces(): Promise<RecordedTraces | null>;
}

/**
 * null when nothing was recorded. Throws a FolderError (4) when the index is damaged or of a newer
 * format.
 */
export async function loadRecording(
  dir: string,
  strategy: string,
): Promise<StoredRecording | null> {
  const folder = join(dir, recordingFolder(strategy));
  const text = await readText(join(folder, RECORDING_INDEX));
  if (text === null) return null;
  const index = parse<RecordingIndex>(text, join(folder, RECORDING_INDEX));
  if (index.format !== 1) {
    throw new FolderError(
      4,
      `the recording ${folder} is of format ${String(index.format)}; this version reads format 1`,
    );
  }
  return {
    dir: folder,
    index,
    chunk: (chunk) => readChunk(folder, chunk),
    traces: async () => {
      if (index.traces === null) return null;
      const path = join(folder, index.traces.file);
      const traces = await readText(path);
      if (traces === null) throw new FolderError(4, `no readable ${path}`);
      return parse<RecordedTraces>(traces, path);
    },
  };
}

async function readChunk(folder: string, chunk: RecordedChunk): Promise<Uint8Array> {
  const path = join(folder, chunk.file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new FolderError(4, `cannot read ${path}`, { cause: error });
  }
  if (bytes.length !== chunk.bytes || checksum(bytes) !== chunk.crc32) {
    throw new FolderError(4, `${path} is damaged: its checksum does not hold`);
  }
  // A buffer of its own, so that columns of four bytes are aligned.
  return new Uint8Array(bytes);
}

/**
 * One column of a chunk of a series: frame after frame, a value each entity. `chunkIndex` is the
 * chunk's position in its level.
 */
export function recordedColumn<Column extends string>(
  series: RecordedSeries<Column>,
  level: RecordedLevel,
  chunkIndex: number,
  bytes: Uint8Array,
  name: Column,
): Float32Array | Uint8Array {
  const first = chunkIndex * level.frames_per_chunk;
  const frames = Math.min(level.frames_per_chunk, level.frames - first);
  const length = frames * series.entities;
  let offset = bytes.byteOffset;
  for (const column of series.columns) {
    const isFloat = column.type === 'f32';
    if (column.name === name) {
      return isFloat
        ? new Float32Array(bytes.buffer, offset, length)
        : new Uint8Array(bytes.buffer, offset, length);
    }
    offset += isFloat ? length * 4 : length;
  }
  throw new RangeError(`the series has no column ${name}`);
}

function checksum(bytes: Uint8Array): string {
  return crc32(Buffer.from(bytes)).toString(16).padStart(8, '0');
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function parse<T>(text: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new FolderError(4, `${path} is damaged`, { cause: error });
  }
}

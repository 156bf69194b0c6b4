import type { RecordedChunk, RecordedColumn } from '../../sim/recording.ts';

/** A chunk's values by column: `values[frame × entities + entity]`. */
export type DecodedChunk = Readonly<Record<string, Float32Array | Uint8Array>>;

export interface ChunkShape {
  readonly chunk: RecordedChunk;
  readonly columns: readonly RecordedColumn<string>[];
  readonly entities: number;
  readonly frames: number;
}

/** Views onto a chunk's bytes, which it keeps. Throws an Error that names a corrupted chunk. */
export function decodeChunk(bytes: ArrayBuffer, shape: ChunkShape): DecodedChunk {
  const { chunk } = shape;
  if (bytes.byteLength !== chunk.bytes) {
    throw new Error(`${chunk.file} has ${bytes.byteLength} bytes instead of ${chunk.bytes}`);
  }
  if (crc32(new Uint8Array(bytes)) !== chunk.crc32.toLowerCase()) {
    throw new Error(`${chunk.file} is corrupted: its checksum is not ${chunk.crc32}`);
  }
  return columnsOf(bytes, shape);
}

/** The columns of bytes that are known to be sound. */
export function columnsOf(
  bytes: ArrayBuffer,
  { columns, entities, frames }: ChunkShape,
): DecodedChunk {
  const values = entities * frames;
  let offset = 0;
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const start = offset;
      offset += values * (type === 'f32' ? 4 : 1);
      const column =
        type === 'f32'
          ? new Float32Array(bytes, start, values)
          : new Uint8Array(bytes, start, values);
      return [name, column];
    }),
  );
}

/** The reflected polynomial of zlib and PNG (RFC 1952, section 8). */
const POLYNOMIAL = 0xedb88320;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** CRC-32 in 8 hex digits. Ours, because the page may load no WASM and zlib is not in browsers. */
export function crc32(bytes: Uint8Array): string {
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = TABLE[(remainder ^ byte) & 0xff]! ^ (remainder >>> 8);
  return ((remainder ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}

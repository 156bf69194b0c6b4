/**
 * Time series of many entities in binary chunks.
 *
 * A series has levels: the widths recorded first, then coarser ones (× 10, × 60) until one has few
 * enough frames to be kept in memory whole. A level is cut into chunks of `FRAMES_PER_CHUNK` = 60
 * frames, one file each. A chunk holds the columns one after the other in the order of `columns`;
 * a column holds frame after frame, each one value an entity:
 *
 *   value(column, frame f of the chunk, entity e) = column[f × entities + e]
 *
 * All of 4 bytes come before those of 1, so every column is aligned. Little-endian. The last chunk
 * of a level has the frames that are left. Frame i of a level covers
 * [i × bucket_s, (i + 1) × bucket_s) of the story; the last may be cut short by its end.
 */
export interface RecordedSeries<Column extends string> {
  /** Values a frame and column. For `links` this is two a link: 2 × link + direction. */
  readonly entities: number;
  readonly columns: readonly RecordedColumn<Column>[];
  /** Finest first; the last is the coarse one that is always resident. */
  readonly levels: readonly RecordedLevel[];
}

export interface RecordedColumn<Column extends string> {
  readonly name: Column;
  /**
   * `f32`: NaN = no data. `u8`: a ratio on the recording's `byte_scale`.
   */
  readonly type: 'f32' | 'u8';
}

export interface RecordedLevel {
  readonly bucket_s: number;
  readonly frames: number;
  /** Frames in every chunk but the last, which has the rest. */
  readonly frames_per_chunk: number;
  readonly chunks: readonly RecordedChunk[];
}

export interface RecordedChunk {
  /** In the recording's folder. */
  readonly file: string;
  readonly bytes: number;
  /** CRC-32 (as in zlib and PNG) of the bytes, 8 hex digits. */
  readonly crc32: string;
}

/**
 * Requests count in the bucket in which the client sent them first, and for the POP, server that
 * took the last attempt. Levels: counts are sums, the others time or request means, but quantiles,
 * which are taken anew over all requests of the wider bucket.
 */
export type PopColumn =
  /** Requests (count, f32). */
  | 'requests'
  /** Of these, not completed: errors, rejections, timeouts, unreachable (count, f32). */
  | 'failed'
  /** Requests in its servers, waiting or served; mean over the bucket (f32). */
  | 'in_flight'
  /** Median and 95th percentile of latency of completed requests (seconds, f32). */
  | 'latency_p50_s'
  | 'latency_p95_s'
  /** Of look-ups in the edge cache, those answered from it (ratio, f32). */
  | 'hit_ratio'
  /** Busy slots ÷ slots of servers that are up, mean over the bucket (u8). */
  | 'utilisation'
  /** Sent to clients ÷ egress (u8; 0 where unlimited). */
  | 'egress_utilisation';

/** Carried ÷ bandwidth, mean over the bucket (u8); `none` while the link is down at its end. */
export type LinkColumn = 'utilisation';

export type ServerColumn =
  /** Requests whose last attempt it took (count, f32). */
  | 'requests'
  /** Requests inside, waiting or served; mean over the bucket (f32). */
  | 'in_flight'
  /** Busy slots ÷ slots, mean over the part of the bucket that it was up (u8; `none` without). */
  | 'utilisation';

export type RegionColumn =
  /** Requests that its clients sent (count, f32). */
  | 'requests'
  /** 95th percentile of latency of completed requests (seconds, f32). */
  | 'latency_p95_s'
  /** Requests not completed ÷ requests (u8; `none` without requests). */
  | 'failed_ratio';

/** null = not recorded; the name is the word of `output.record` that asks for it. */
export interface RecordedSeriesSet {
  /** `timeline WIDTH` */
  readonly pops: RecordedSeries<PopColumn>;
  /** `catchments WIDTH` */
  readonly regions: RecordedSeries<RegionColumn> | null;
  /** `link_utilisation WIDTH` */
  readonly links: RecordedSeries<LinkColumn> | null;
  /** `servers WIDTH` */
  readonly servers: RecordedSeries<ServerColumn> | null;
}

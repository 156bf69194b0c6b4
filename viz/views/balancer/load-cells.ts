import type { RecordingPlayer } from '../../data/recording-player.ts';
import type { ServerLoad } from '../../store.ts';

/** The load of servers over the whole story. */
export interface LoadCells {
  readonly bucket_s: number;
  /** By row of the heat map, then bucket; NaN without a value, and while a server is not up. */
  readonly rows: readonly (readonly number[])[];
  /** What the brightest colour stands for. */
  readonly most: number;
}

/** `in_flight` is per slot, so that 1 is full and the rest waits; `requests` per second. */
export function loadCells(
  player: RecordingPlayer,
  servers: readonly number[],
  load: ServerLoad,
): LoadCells {
  const { world } = player.index;
  let bucket_s = 1;
  let most = load === 'utilisation' ? 1 : 0;
  const rows = servers.map((server) => {
    const over = player.servers?.over(load, server) ?? { bucket_s: 1, values: [] };
    bucket_s = over.bucket_s;
    const unit =
      load === 'requests'
        ? bucket_s
        : load === 'in_flight'
          ? (world.servers[server]?.concurrency ?? 1)
          : 1;
    const isUp = upIn(player, server);
    return over.values.map((value, bucket) => {
      if (!isUp(bucket)) return Number.NaN;
      if (value / unit > most && load !== 'utilisation') most = value / unit;
      return value / unit;
    });
  });
  return { bucket_s, rows, most: most || 1 };
}

/** A server that an autoscaler has taken down has no utilisation, though no requests are 0. */
function upIn(player: RecordingPlayer, server: number): (bucket: number) => boolean {
  const values = player.servers?.over('utilisation', server).values;
  return (bucket) => values === undefined || !Number.isNaN(values[bucket] ?? 0);
}

/**
 * Load of the busiest server ÷ mean over servers, by bucket: 1 is perfect balance. Null where
 * nothing is loaded or there is one server.
 */
export function imbalanceOver({ rows }: LoadCells): readonly (number | null)[] {
  const buckets = rows[0]?.length ?? 0;
  return Array.from({ length: buckets }, (_, bucket) => {
    let [sum, most, count] = [0, 0, 0];
    for (const row of rows) {
      const value = row[bucket]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      most = Math.max(most, value);
      count++;
    }
    return count < 2 || sum === 0 ? null : most / (sum / count);
  });
}

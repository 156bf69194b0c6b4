import type { StationReadings } from './gauges.ts';
import { ratio } from './request-metrics.ts';

type Metrics = Record<string, number | null>;

/**
 * How loaded some servers were and how evenly. Load of a server = its utilisation, busy slot time
 * over slot time, so that a server twice as large may take twice as much without being imbalance.
 */
export function loadMetrics(
  readings: StationReadings,
  stations: readonly number[],
  windowNs: number,
): Metrics {
  let busySlotNs = 0;
  let slotNs = 0;
  let insideArea = 0;
  for (const station of stations) {
    busySlotNs += readings.busySlotNs(station);
    slotNs += readings.slotNs(station);
    insideArea += readings.insideArea(station);
  }
  return {
    utilisation: ratio(busySlotNs, slotNs),
    in_system_mean: stations.length > 0 ? ratio(insideArea, windowNs) : null,
    ...balanceMetrics(readings, stations),
  };
}

/** null for one server, which cannot be out of balance, and where nothing was done. */
function balanceMetrics(readings: StationReadings, stations: readonly number[]): Metrics {
  const loads: number[] = [];
  for (const station of stations) {
    const load = ratio(readings.busySlotNs(station), readings.slotNs(station));
    if (load !== null) loads.push(load);
  }
  if (loads.length < 2) return { imbalance: null, load_p99_over_mean: null };
  const ascending = loads.toSorted((a, b) => a - b);
  const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
  // Nearest rank: the smallest load that at least 99 % of the servers do not exceed.
  const p99 = ascending[Math.ceil(0.99 * loads.length) - 1]!;
  return {
    imbalance: ratio(ascending.at(-1)!, mean),
    load_p99_over_mean: ratio(p99, mean),
  };
}

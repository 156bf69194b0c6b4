import { createSimulation } from '../../sim/index.ts';
import { ObserverHub } from '../../sim/metrics/observer-hub.ts';
import { processorSeconds } from '../side-by-side.ts';
import { edgeWorld, R1_SCALE, type EdgeScale } from './edge-world.ts';
import { fillCaches } from './fill-caches.ts';

export interface EdgeRun {
  readonly requests: number;
  readonly events: number;
  /** Processor time of the run without its set-up. */
  readonly seconds: number;
  readonly setUpSeconds: number;
  readonly residentBytes: number;
  /** Columns of the request table and of the queue, a slot that is taken at the end. */
  readonly bytesInFlight: number;
}

export interface EdgeOptions {
  /** Nobody hears of anything: what statistics cost is what this saves. */
  readonly isDeaf?: boolean;
  /** Width of a bucket of the time series; 0, the default, is none. */
  readonly timelineNs?: number;
}

/** Simulates the edge reference for so many seconds, caches full at the start as in the peers. */
export function runEdge(
  simulatedSeconds: number,
  scale: EdgeScale = R1_SCALE,
  { isDeaf = false, timelineNs = 0 }: EdgeOptions = {},
): EdgeRun {
  const created = process.cpuUsage();
  const edge = edgeWorld(Math.round(simulatedSeconds * 1e9), scale);
  const world = { ...edge, record: { ...edge.record, timelineNs } };
  const simulation = createSimulation(world, '1', 0);
  if (isDeaf) (simulation.tables as { observers: ObserverHub }).observers = new ObserverHub([]);
  fillCaches(simulation);
  const setUpSeconds = processorSeconds(created);
  const started = process.cpuUsage();
  simulation.run();
  const seconds = processorSeconds(started);
  const { requests, kernel } = simulation.tables;
  return {
    requests: requests.createdCount,
    events: kernel.eventCount,
    seconds,
    setUpSeconds,
    residentBytes: process.memoryUsage().rss,
    bytesInFlight: columnBytes(requests) / requests.capacity + EVENT_BYTES,
  };
}

/** A request has one event pending: its record, and its share of the calendar. */
const EVENT_BYTES = 32 + 4;

function columnBytes(table: object): number {
  let bytes = 0;
  for (const column of Object.values(table)) {
    if (ArrayBuffer.isView(column)) bytes += column.byteLength;
  }
  return bytes;
}

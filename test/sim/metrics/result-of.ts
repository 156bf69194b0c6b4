import type { Gauges } from '../../../sim/metrics/gauges.ts';
import { summarize } from '../../../sim/summarize.ts';
import type { WorldSpec } from '../../../sim/world.ts';
import type { watched } from './tiny-world.ts';

/** Nothing was ever busy. */
const IDLE: Gauges = {
  servers: { busySlotNs: () => 0, slotNs: () => 20e9, insideArea: () => 0 },
  origins: { busySlotNs: () => 0, slotNs: () => 10e9, insideArea: () => 0 },
  links: null,
};

/** The result of whatever a bench was told. */
export function resultOf(
  world: WorldSpec,
  bench: ReturnType<typeof watched>,
  gauges: Gauges = IDLE,
) {
  return summarize({
    world,
    replication: 3,
    names: bench.names,
    collectors: bench.collectors,
    gauges,
    fingerprint: '0123456789abcdef',
    eventCount: 42,
    unfinished: 1,
  });
}

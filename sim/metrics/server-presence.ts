import type { ScalingLog } from '../autoscaling/scaling-log.ts';
import type { Tables } from '../tables.ts';
import { AreaMeter } from './area-meter.ts';

/**
 * The share of a bucket of time that a server was up: in service, or ending what it had. Servers
 * that no autoscaler starts and stops are up all the time, whatever the story does to them.
 */
export class ServerPresence {
  private readonly meter: AreaMeter | null;

  constructor({ world, stations }: Tables, log: ScalingLog) {
    const isScaled = (world.autoscalers?.length ?? 0) > 0;
    this.meter = isScaled ? presenceMeter(log, stations.count) : null;
  }

  /** To be banked and rebased with the others of a series. */
  get meters(): readonly AreaMeter[] {
    return this.meter === null ? [] : [this.meter];
  }

  /** 0 … 1, since it was last taken `lengthNs` ago. */
  takeShare(server: number, nowNs: number, lengthNs: number): number {
    return this.meter === null ? 1 : this.meter.take(server, nowNs) / lengthNs;
  }
}

/** Reads ∫ (is up) dt off the log, which grows while the story goes on. */
function presenceMeter({ phases }: ScalingLog, serverCount: number): AreaMeter {
  /** Up to the last change of a server; ns from an arbitrary zero, as only growth is asked for. */
  const areaNs = new Float64Array(serverCount);
  const sinceNs = new Float64Array(serverCount);
  const isUp = new Uint8Array(serverCount).fill(1);
  let read = 0;
  const areaAt = (server: number, nowNs: number): number =>
    isUp[server] === 1 ? areaNs[server]! + nowNs - sinceNs[server]! : areaNs[server]!;
  return new AreaMeter(serverCount, (asked, nowNs) => {
    for (; read < phases.length && phases[read]!.atNs <= nowNs; read++) {
      const { atNs, server, phase } = phases[read]!;
      areaNs[server] = areaAt(server, atNs);
      sinceNs[server] = atNs;
      isUp[server] = phase === 'in-service' || phase === 'ending' ? 1 : 0;
    }
    return areaAt(asked, nowNs);
  });
}

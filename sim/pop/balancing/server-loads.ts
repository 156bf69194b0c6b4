import {
  type Balancer,
  LatencyByLoad,
  type LoadReport,
  type ObservedBalancer,
} from '../../../balancer/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Stations } from '../stations.ts';
import type { WatchedCache } from '../watched-cache.ts';

/** The servers of one POP: [first, first + count) over all servers of the world. */
export interface ServerRange {
  readonly first: number;
  readonly count: number;
}

/**
 * What the servers of a POP know of their own load and tell the balancers: requests in flight and
 * latency to who probes; throughput, utilisation and hit ratio in reports. A server's latency is
 * that of the requests that all balancers sent to it.
 */
export class ServerLoads {
  private readonly servers: ServerRange;
  private readonly stations: Stations;
  private readonly kernel: Kernel;
  private readonly latency: LatencyByLoad;
  private readonly finished: Float64Array;
  private readonly failed: Float64Array;
  private readonly busyArea: Float64Array;
  private reportedNs: number;
  /** By server of the world. */
  #caches: readonly (WatchedCache | undefined)[] = [];

  constructor(servers: ServerRange, stations: Stations, kernel: Kernel, latencyDecayNs: number) {
    this.latency = new LatencyByLoad(latencyDecayNs);
    this.servers = servers;
    this.stations = stations;
    this.kernel = kernel;
    this.latency.reserve(servers.count);
    this.finished = new Float64Array(servers.count);
    this.failed = new Float64Array(servers.count);
    this.busyArea = new Float64Array(servers.count);
    this.reportedNs = kernel.nowNs;
  }

  /** The servers hear of what this balancer sends them. */
  hear(balancer: ObservedBalancer): void {
    balancer.listen({
      finished: (backend, outcome, latencyNs) => {
        this.latency.add(backend, this.inFlight(backend), latencyNs, this.kernel.nowNs);
        this.finished[backend]!++;
        if (outcome === 'server-error') this.failed[backend]!++;
      },
    });
  }

  /** Reports tell the hit ratio of these caches too. */
  watch(caches: readonly (WatchedCache | undefined)[]): void {
    this.#caches = caches;
  }

  inFlight(backend: number): number {
    return this.stations.insideCount(this.servers.first + backend);
  }

  /** The answer to a load probe. */
  answer(backend: number): LoadReport {
    const requestsInFlight = this.inFlight(backend);
    const latencyNs = this.latency.estimateNs(backend, requestsInFlight, this.kernel.nowNs);
    return { requestsInFlight, latencyNs };
  }

  /**
   * Reports of the time since the last to all balancers (gRPC's out-of-band reports, A51).
   *
   * @param cutNs when the stations' integrals begin anew, because measuring begins
   */
  report(balancers: readonly Balancer[], cutNs: number): void {
    const { nowNs } = this.kernel;
    const wasCut = this.reportedNs < cutNs && cutNs <= nowNs;
    const sinceNs = wasCut ? cutNs : this.reportedNs;
    const elapsedNs = nowNs - this.reportedNs;
    for (let backend = 0; backend < this.servers.count; backend++) {
      const server = this.servers.first + backend;
      const { gauges } = this.stations;
      const area = gauges.busyAreaAt(server, nowNs);
      const busyNs = wasCut ? area : area - this.busyArea[backend]!;
      this.busyArea[backend] = area;
      const slotNs = gauges.concurrency(server) * (nowNs - sinceNs);
      const hitRatio = this.#caches[server]?.takeHitRatio();
      const report = {
        queriesPerSecond: (this.finished[backend]! * 1e9) / elapsedNs,
        errorsPerSecond: (this.failed[backend]! * 1e9) / elapsedNs,
        utilisation: slotNs > 0 ? busyNs / slotNs : 0,
        ...(hitRatio === undefined ? {} : { hitRatio }),
      };
      for (const balancer of balancers) balancer.report(backend as never, report);
    }
    this.finished.fill(0);
    this.failed.fill(0);
    this.reportedNs = nowNs;
  }
}

/** Requests by the server that took them last: counts and means only, as servers may be many. */
export class ServerTallies {
  readonly requestCount: Float64Array;
  readonly completedCount: Float64Array;
  readonly latencyNsSum: Float64Array;
  readonly latencyNsMax: Float64Array;
  readonly queueWaitNsSum: Float64Array;

  constructor(serverCount: number) {
    this.requestCount = new Float64Array(serverCount);
    this.completedCount = new Float64Array(serverCount);
    this.latencyNsSum = new Float64Array(serverCount);
    this.latencyNsMax = new Float64Array(serverCount);
    this.queueWaitNsSum = new Float64Array(serverCount);
  }

  /** `latencyNs` is negative when the request was not completed. */
  add(server: number, latencyNs: number, queueWaitNs: number): void {
    this.requestCount[server]!++;
    this.queueWaitNsSum[server]! += queueWaitNs;
    if (latencyNs < 0) return;
    this.completedCount[server]!++;
    this.latencyNsSum[server]! += latencyNs;
    if (latencyNs > this.latencyNsMax[server]!) this.latencyNsMax[server] = latencyNs;
  }
}

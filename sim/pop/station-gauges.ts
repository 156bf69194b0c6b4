/**
 * Time integrals of what is going on in each server, over the measured window only: busy slots and
 * requests inside. Unit: slot·ns, request·ns. Reckoned at each change, exact (Little's law holds to
 * rounding).
 */
export class StationGauges {
  private readonly concurrencyByServer: Float64Array;
  private readonly busyArea: Float64Array;
  private readonly insideAreaByServer: Float64Array;
  private readonly sinceNs: Float64Array;
  private readonly busy: Float64Array;
  private readonly inside: Float64Array;
  readonly insideMax: Float64Array;
  /** What had grown when measuring began. */
  private readonly busyBefore: Float64Array;
  private readonly insideBefore: Float64Array;
  private fromNs: number;
  #untilNs = Infinity;

  constructor(concurrency: Float64Array, nowNs: number) {
    const count = concurrency.length;
    this.concurrencyByServer = concurrency;
    this.busyArea = new Float64Array(count);
    this.insideAreaByServer = new Float64Array(count);
    this.sinceNs = new Float64Array(count).fill(nowNs);
    this.busy = new Float64Array(count);
    this.inside = new Float64Array(count);
    this.insideMax = new Float64Array(count);
    this.busyBefore = new Float64Array(count);
    this.insideBefore = new Float64Array(count);
    this.fromNs = nowNs;
  }

  update(server: number, nowNs: number, busy: number, inside: number): void {
    const elapsedNs = nowNs - this.sinceNs[server]!;
    if (elapsedNs > 0 && nowNs <= this.#untilNs) {
      this.busyArea[server]! += this.busy[server]! * elapsedNs;
      this.insideAreaByServer[server]! += this.inside[server]! * elapsedNs;
      this.sinceNs[server] = nowNs;
    }
    this.busy[server] = busy;
    this.inside[server] = inside;
    if (inside > this.insideMax[server]!) this.insideMax[server] = inside;
  }

  /** What lies before `nowNs` does not count. */
  startMeasuring(nowNs: number): void {
    for (let server = 0; server < this.busy.length; server++) {
      this.busyBefore[server]! += this.busyAreaAt(server, nowNs);
      this.insideBefore[server]! += this.insideAreaAt(server, nowNs);
    }
    this.fromNs = nowNs;
    this.busyArea.fill(0);
    this.insideAreaByServer.fill(0);
    this.sinceNs.fill(nowNs);
    this.insideMax.set(this.inside);
  }

  /** What lies after `nowNs` does not count. */
  stopMeasuring(nowNs: number): void {
    for (let server = 0; server < this.busy.length; server++) {
      this.update(server, nowNs, this.busy[server]!, this.inside[server]!);
    }
    this.#untilNs = nowNs;
  }

  concurrency(server: number): number {
    return this.concurrencyByServer[server]!;
  }

  /** ∫ (busy slots) dt up to an instant not before the last change. */
  busyAreaAt(server: number, nowNs: number): number {
    return this.busyArea[server]! + this.busy[server]! * (nowNs - this.sinceNs[server]!);
  }

  /** ∫ (requests inside) dt up to an instant not before the last change. */
  insideAreaAt(server: number, nowNs: number): number {
    return (
      this.insideAreaByServer[server]! + this.inside[server]! * (nowNs - this.sinceNs[server]!)
    );
  }

  /** The same two since the server exists, whatever is measured; up to the end of measuring. */
  busyAreaEver(server: number, nowNs: number): number {
    return this.busyBefore[server]! + this.busyAreaAt(server, nowNs);
  }

  insideAreaEver(server: number, nowNs: number): number {
    return this.insideBefore[server]! + this.insideAreaAt(server, nowNs);
  }

  busySlotNs(server: number): number {
    return this.busyArea[server]!;
  }

  /** Slots × length of the measured window. */
  slotNs(server: number): number {
    return this.concurrencyByServer[server]! * (this.#untilNs - this.fromNs);
  }

  /** ∫ (requests inside) dt. */
  insideArea(server: number): number {
    return this.insideAreaByServer[server]!;
  }
}

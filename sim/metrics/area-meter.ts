/**
 * Reads a growing integral (busy slot·ns, bytes carried) once a bucket. Measuring resets such
 * integrals at the cut of a warm-up, in the middle of a bucket perhaps: `bank` before, `rebase`
 * after keep what had grown.
 */
export class AreaMeter {
  private readonly read: (entity: number, nowNs: number) => number;
  private readonly last: Float64Array;
  private readonly banked: Float64Array;

  constructor(count: number, read: (entity: number, nowNs: number) => number) {
    this.read = read;
    this.last = new Float64Array(count);
    this.banked = new Float64Array(count);
  }

  /** Growth since the last time, which ends here. */
  take(entity: number, nowNs: number): number {
    const area = this.read(entity, nowNs);
    const growth = this.banked[entity]! + area - this.last[entity]!;
    this.banked[entity] = 0;
    this.last[entity] = area;
    return growth;
  }

  bank(nowNs: number): void {
    for (let entity = 0; entity < this.last.length; entity++) {
      this.banked[entity]! += this.read(entity, nowNs) - this.last[entity]!;
    }
  }

  rebase(nowNs: number): void {
    for (let entity = 0; entity < this.last.length; entity++) {
      this.last[entity] = this.read(entity, nowNs);
    }
  }
}

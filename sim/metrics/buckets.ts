import type { TimeSpec } from '../world.ts';

/** The story in equal buckets; the last may be cut short by its end. */
export class Buckets {
  readonly widthNs: number;
  readonly durationNs: number;
  readonly count: number;
  /** Buckets closed so far. */
  closedCount = 0;

  constructor({ durationNs }: TimeSpec, widthNs: number) {
    this.widthNs = widthNs;
    this.durationNs = durationNs;
    this.count = Math.ceil(durationNs / widthNs);
  }

  /** Bucket of an instant; -1 outside the story. */
  at(instantNs: number): number {
    if (instantNs < 0 || instantNs >= this.durationNs) return -1;
    return Math.floor(instantNs / this.widthNs);
  }

  /** End of the bucket that is open; Infinity when all are closed. */
  get endNs(): number {
    if (this.closedCount === this.count) return Infinity;
    return Math.min((this.closedCount + 1) * this.widthNs, this.durationNs);
  }

  /** Length of the bucket that is open. */
  get lengthNs(): number {
    return this.endNs - this.closedCount * this.widthNs;
  }
}

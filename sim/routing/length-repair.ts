import { RouteClass, type Announcements } from './announcements.ts';
import { LENGTH_MAX, UNREACHED } from './gao-rexford.ts';

export interface LengthRepairOptions {
  /** Lengths to keep right, one an AS. */
  readonly lengths: Uint16Array;
  readonly routeClass: Uint8Array;
  readonly neighbour: Uint32Array;
  /** AS a hears from neighbour[heardFrom[a] … heardFromEnd[a]) … */
  readonly heardFrom: Uint32Array;
  readonly heardFromEnd: Uint32Array;
  /** … and tells neighbour[tells[a] … tellsEnd[a]). */
  readonly tells: Uint32Array;
  readonly tellsEnd: Uint32Array;
  /** ASes of this class or a worse one take their length from neighbours; others have it given. */
  readonly freeFrom: RouteClass;
  /** An AS whose length was set, for whoever builds on it; with its length before the repair. */
  readonly onChange: (as: number, before: number) => void;
}

/**
 * Repairs shortest lengths after some of what they rest on changed, touching only what is affected
 * (DynamicSWSF-FP, Ramalingam & Reps 1996). `wanted` is the length that an AS's neighbours and
 * announcements justify; an AS whose length differs waits in a bucket by the smaller of the two.
 * Too long: take the wanted length. Too short: fall to unreached first, so that ASes that rest on
 * each other let go of a route that is gone instead of counting up.
 */
export class LengthRepair {
  private readonly options: LengthRepairOptions;
  private readonly wanted: Uint16Array;
  private readonly isWaiting: Uint8Array;
  private readonly before: Uint16Array;
  private readonly touched: number[] = [];
  private readonly buckets: number[][] = Array.from({ length: LENGTH_MAX + 2 }, () => []);
  private lowest = LENGTH_MAX + 2;
  private highest = -1;

  constructor(options: LengthRepairOptions) {
    this.options = options;
    this.wanted = new Uint16Array(options.lengths.length);
    this.isWaiting = new Uint8Array(options.lengths.length);
    this.before = new Uint16Array(options.lengths.length);
  }

  /** The length of this AS must be `length` from now on; call before `run`. */
  want(as: number, length: number): void {
    this.touch(as);
    this.setWanted(as, length);
  }

  /** What `want` last said of the AS in this repair, or `otherwise`. */
  wantedOr(as: number, otherwise: number): number {
    return this.isWaiting[as] === 1 ? this.wanted[as]! : otherwise;
  }

  /** Length that neighbours and announcements justify; stops looking at `enough`. */
  justified(as: number, heard: HeardBy, enough: number): number {
    const { lengths, routeClass, neighbour, heardFrom, heardFromEnd, freeFrom } = this.options;
    let least = heard.least(as, freeFrom);
    for (let link = heardFrom[as]!; link < heardFromEnd[as]! && least > enough; link++) {
      const from = neighbour[link]!;
      if (routeClass[from] === RouteClass.Own) continue;
      if (lengths[from]! + 1 < least) least = lengths[from]! + 1;
    }
    return least;
  }

  run(heard: HeardBy): void {
    const { lengths } = this.options;
    for (; this.lowest <= this.highest; this.lowest++) {
      const bucket = this.buckets[this.lowest]!;
      for (let i = 0; i < bucket.length; i++) {
        const as = bucket[i]!;
        const wanted = this.wanted[as]!;
        const length = lengths[as]!;
        if (wanted === length || Math.min(wanted, length) !== this.lowest) continue;
        if (wanted < length) {
          lengths[as] = wanted;
          this.offerShorter(as, wanted + 1);
        } else {
          lengths[as] = UNREACHED;
          this.enqueue(as);
          this.takeBack(as, length + 1, heard);
        }
      }
      bucket.length = 0;
    }
    this.lowest = LENGTH_MAX + 2;
    this.highest = -1;
    this.finish();
  }

  private offerShorter(as: number, offered: number): void {
    const { routeClass, neighbour, tells, tellsEnd, freeFrom } = this.options;
    for (let link = tells[as]!; link < tellsEnd[as]!; link++) {
      const to = neighbour[link]!;
      if (routeClass[to]! < freeFrom) continue;
      this.touch(to);
      if (offered < this.wanted[to]!) this.setWanted(to, offered);
    }
  }

  private takeBack(as: number, offered: number, heard: HeardBy): void {
    const { routeClass, neighbour, tells, tellsEnd, freeFrom } = this.options;
    for (let link = tells[as]!; link < tellsEnd[as]!; link++) {
      const to = neighbour[link]!;
      if (routeClass[to]! < freeFrom) continue;
      this.touch(to);
      if (this.wanted[to] === offered) this.setWanted(to, this.justified(to, heard, offered));
    }
  }

  private touch(as: number): void {
    if (this.isWaiting[as] === 1) return;
    this.isWaiting[as] = 1;
    this.touched.push(as);
    this.before[as] = this.options.lengths[as]!;
    this.wanted[as] = this.options.lengths[as]!;
  }

  private setWanted(as: number, length: number): void {
    this.wanted[as] = length;
    if (length !== this.options.lengths[as]) this.enqueue(as);
  }

  private enqueue(as: number): void {
    const key = Math.min(this.wanted[as]!, this.options.lengths[as]!);
    if (key > LENGTH_MAX) return; // unreached and not wanted: at rest
    this.buckets[key]!.push(as);
    this.lowest = Math.min(this.lowest, key);
    this.highest = Math.max(this.highest, key);
  }

  private finish(): void {
    for (const as of this.touched) {
      this.isWaiting[as] = 0;
      if (this.before[as] !== this.options.lengths[as]) this.options.onChange(as, this.before[as]!);
    }
    this.touched.length = 0;
  }
}

/** Announcements by who hears them. */
export class HeardBy {
  private readonly firstHeard: Int32Array;
  private readonly nextHeard: Int32Array;
  private readonly announcements: Announcements;

  constructor(firstHeard: Int32Array, nextHeard: Int32Array, announcements: Announcements) {
    this.firstHeard = firstHeard;
    this.nextHeard = nextHeard;
    this.announcements = announcements;
  }

  /** Shortest announcement of a class that the AS hears; `UNREACHED` if none. */
  least(as: number, heardClass: RouteClass): number {
    const { routeClass, length } = this.announcements;
    let least = UNREACHED;
    for (let i = this.firstHeard[as]!; i >= 0; i = this.nextHeard[i]!) {
      if (routeClass[i] !== heardClass || length[i] === 0) continue;
      least = Math.min(least, length[i]!);
    }
    return least;
  }
}

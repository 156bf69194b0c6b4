import { eventKindNames } from './event-kind.ts';

/** The last 64 events handled, in a ring: what led to a broken invariant. */
export class RecentEvents {
  readonly #timeNs = new Float64Array(RING_SIZE);
  /** Per entry: kind, subject, detail. */
  readonly #what = new Int32Array(RING_SIZE * 4);
  #count = 0;

  add(timeNs: number, kind: number, subject: number, detail: number): void {
    const entry = this.#count++ & (RING_SIZE - 1);
    this.#timeNs[entry] = timeNs;
    this.#what[entry * 4] = kind;
    this.#what[entry * 4 + 1] = subject;
    this.#what[entry * 4 + 2] = detail;
  }

  /** One line an event, oldest first: time in ns, kind, subject, detail. */
  describe(): string {
    const lines: string[] = [];
    for (let i = Math.max(0, this.#count - RING_SIZE); i < this.#count; i++) {
      const entry = i & (RING_SIZE - 1);
      const [kind, subject, detail] = this.#what.subarray(entry * 4, entry * 4 + 3);
      lines.push(`${this.#timeNs[entry]} ns ${eventKindNames[kind!]} ${subject} ${detail}`);
    }
    return lines.join('\n');
  }
}

/** A power of two, and more than the 50 one reads. */
const RING_SIZE = 64;

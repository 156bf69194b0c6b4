import type { AsLinks } from '../as-graph.ts';
import { Relation } from '../attributes.ts';

const HASH = 35;
const MINUS = 45;
const DIGIT_0 = 48;
const BAR = 124;

const FORM = 'expected provider|customer|-1 or peer|peer|0, with an optional source';

/**
 * Reads lines `a|b|r…` out of bytes: a string for each of 432,000 lines would take most of the
 * time.
 */
export class AsLinkParser {
  lineCount = 0;
  duplicateCount = 0;
  conflictCount = 0;
  private count = 0;
  private readonly nearAsn: Uint32Array;
  private readonly farAsn: Uint32Array;
  private readonly relation: Uint8Array;
  /** Relation by pair, lower ASN first: low × 2^32 + high needs 64 bits, so one map a low ASN. */
  private readonly seen = new Map<number, Map<number, number>>();
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    // The shortest line is `1|2|0` and a newline.
    const most = Math.ceil(bytes.length / 6) + 1;
    this.nearAsn = new Uint32Array(most);
    this.farAsn = new Uint32Array(most);
    this.relation = new Uint8Array(most);
  }

  links(): AsLinks {
    return {
      count: this.count,
      nearAsn: this.nearAsn,
      farAsn: this.farAsn,
      relation: this.relation,
    };
  }

  /** Takes the line in [start, end); what is wrong with it, or null. */
  read(start: number, end: number): string | null {
    const { bytes } = this;
    if (start === end || bytes[start] === HASH) return null;
    this.at = start;
    const near = this.number(end);
    if (near < 0 || bytes[this.at++] !== BAR) return FORM;
    const far = this.number(end);
    if (far < 0 || bytes[this.at++] !== BAR) return FORM;
    const isProvider = bytes[this.at] === MINUS;
    if (isProvider) this.at++;
    if (this.number(end) !== (isProvider ? 1 : 0)) return 'the relation is neither -1 nor 0';
    if (this.at !== end && bytes[this.at] !== BAR) return FORM;
    if (near > 0xffff_ffff || far > 0xffff_ffff) return 'an AS number has at most 32 bits';
    if (near === far) return `AS ${near} is linked to itself`;
    this.add(near, far, isProvider ? Relation.Customer : Relation.Peer);
    return null;
  }

  /** Digits from `at` on; −1 if there are none. */
  private number(end: number): number {
    const first = this.at;
    let value = 0;
    while (this.at < end) {
      const digit = this.bytes[this.at]! - DIGIT_0;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.at++;
    }
    return this.at === first ? -1 : value;
  }

  private add(near: number, far: number, relation: Relation): void {
    this.lineCount++;
    const low = near < far ? near : far;
    const high = near < far ? far : near;
    // What the higher-numbered AS is to the lower.
    const fromLow = relation === Relation.Peer || near === low ? relation : Relation.Provider;
    let row = this.seen.get(low);
    if (row === undefined) this.seen.set(low, (row = new Map()));
    const before = row.get(high);
    if (before !== undefined) {
      if (before === fromLow) this.duplicateCount++;
      else this.conflictCount++;
      return;
    }
    row.set(high, fromLow);
    this.nearAsn[this.count] = near;
    this.farAsn[this.count] = far;
    this.relation[this.count++] = relation;
  }
}

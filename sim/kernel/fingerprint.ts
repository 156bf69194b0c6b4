/**
 * A 64-bit rolling hash of everything that happened and in which order, in two 32-bit lanes. Two
 * runs of one seed must agree on it. Not cryptographic: it finds accidents, not adversaries.
 */
export class Fingerprint {
  #laneA = 0x243f_6a88;
  #laneB = 0x85a3_08d3 | 0;

  /** Mixes an event: its time (integer ns), its kind and its subject. */
  event(timeNs: number, kind: number, subject: number): void {
    // a time has 53 bits: the low 32, and the rest
    const low = timeNs | 0;
    const high = Math.floor(timeNs * TWO_TO_MINUS_32) | 0;
    const a = Math.imul(this.#laneA ^ low, 0x9e37_79b1);
    const b = Math.imul(this.#laneB ^ subject, 0x85eb_ca77);
    this.#laneA = ((a ^ (a >>> 15)) + b + high) | 0;
    this.#laneB = ((b ^ (b >>> 13)) + a + kind) | 0;
  }

  /** Mixes what came of something: any 32-bit integer. */
  note(outcome: number): void {
    const b = Math.imul(this.#laneB ^ outcome, 0xc2b2_ae3d);
    this.#laneB = ((b ^ (b >>> 16)) + this.#laneA) | 0;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const a = finalMix(this.#laneA ^ Math.imul(this.#laneB, 0x27d4_eb2f));
    const b = finalMix(this.#laneB ^ Math.imul(a, 0x1656_67b1));
    return hex8(a) + hex8(b);
  }
}

const TWO_TO_MINUS_32 = 2 ** -32;

/** MurmurHash3's finaliser (Appleby): every input bit reaches every output bit. */
function finalMix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return x ^ (x >>> 16);
}

function hex8(x: number): string {
  return (x >>> 0).toString(16).padStart(8, '0');
}

import { utf8 } from '../hashes/bytes.ts';
import {
  sipAbsorb,
  sipBlocks,
  sipDigest,
  sipFinish,
  sipStart,
  swapBytes,
  type SipState,
} from '../hashes/siphash-words.ts';

/** GLB's number of rows. */
export const GLB_ROWS = 65_536;

/**
 * The forwarding table of GitHub's GLB director: in each row the backends are ranked by SipHash of
 * the row's seed and their address (rendezvous, row by row), and the first two are written down.
 * A row is ranked in n hashes of the addresses, behind what they have in common, the row's seed.
 */
export class GlbTable {
  readonly rowCount: number;
  readonly #start: SipState;
  /** Behind the seed of the row that is being ranked. */
  readonly #seeded: SipState;
  /** A row's number as a message: four big-endian bytes, and the length. */
  readonly #rowNumber = sipBlocks(new Uint8Array(4));
  #blocks: readonly Int32Array[] = [];
  /** Of the row that was ranked last: positions of its first two, −1 where there is no second. */
  primary = -1;
  secondary = -1;

  /** `seed` has 32 hexadecimal digits. */
  constructor(seed: string, rowCount = GLB_ROWS) {
    this.rowCount = rowCount;
    this.#start = sipStart(
      Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(seed.slice(2 * i, 2 * i + 2), 16)),
    );
    this.#seeded = Int32Array.from(this.#start);
  }

  /** The seed of a row in hexadecimal, for tests. */
  rowSeed(row: number): string {
    this.#seedRow(row);
    const { first, second } = sipDigest;
    return [first, second].map((word) => word.toString(16).padStart(8, '0')).join('');
  }

  /** Whom `rankRow` ranks. */
  setBackends(ids: readonly string[]): void {
    // 8 bytes of the row's seed stand before an address.
    this.#blocks = ids.map((id) => sipBlocks(addressBytes(id), 8));
  }

  /** Leaves the positions of the row's first two in `primary` and `secondary`. */
  rankRow(row: number): void {
    const blocks = this.#blocks;
    const seeded = this.#seeded;
    this.#seedRow(row);
    seeded.set(this.#start);
    sipAbsorb(seeded, 0, swapBytes(sipDigest.first), swapBytes(sipDigest.second));
    let primary = -1;
    let secondary = -1;
    let high1 = 0;
    let low1 = 0;
    let high2 = 0;
    let low2 = 0;
    for (let i = 0; i < blocks.length; i++) {
      sipFinish(seeded, 0, blocks[i]!, 0);
      const high = sipDigest.first;
      const low = sipDigest.second;
      if (primary < 0 || high < high1 || (high === high1 && low < low1)) {
        secondary = primary;
        high2 = high1;
        low2 = low1;
        primary = i;
        high1 = high;
        low1 = low;
      } else if (secondary < 0 || high < high2 || (high === high2 && low < low2)) {
        secondary = i;
        high2 = high;
        low2 = low;
      }
    }
    this.primary = primary;
    this.secondary = secondary;
  }

  /** All rows: positions of the first two of each, in pairs. */
  rank(ids: readonly string[]): Int32Array {
    this.setBackends(ids);
    const table = new Int32Array(2 * this.rowCount);
    for (let row = 0; row < this.rowCount; row++) {
      this.rankRow(row);
      table[2 * row] = this.primary;
      table[2 * row + 1] = this.secondary;
    }
    return table;
  }

  #seedRow(row: number): void {
    this.#rowNumber[0] = swapBytes(row);
    sipFinish(this.#start, 0, this.#rowNumber, 0);
  }
}

/** Most bytes of an id that count, so that a message fits into the byte of its length. */
const ADDRESS_MOST = 240;

/** The four bytes of an IPv4 address, the text of anything else. */
function addressBytes(id: string): Uint8Array {
  const isIpv4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(id);
  if (isIpv4) return Uint8Array.from(id.split('.'), Number);
  const bytes = utf8(id);
  if (bytes.length > ADDRESS_MOST) throw new RangeError(`"${id}" is longer than 240 bytes`);
  return bytes;
}

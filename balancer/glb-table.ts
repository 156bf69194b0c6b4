import { utf8 } from './hashes/bytes.ts';
import { SipHashWords, swapBytes } from './hashes/siphash-words.ts';

/** GLB's number of rows. */
export const GLB_ROWS = 65_536;

/** The digests of a backend, one a row, in two big-endian words. */
interface Digests {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/**
 * The forwarding table of GitHub's GLB director: in each row the backends are ranked by SipHash of
 * the row's seed and their address (rendezvous, row by row), and the first two are written down.
 * Digests of a backend are computed once; a change costs a ranking of the rows only.
 */
export class GlbTable {
  readonly rowCount: number;
  readonly #sip: SipHashWords;
  readonly #rowSeeds: Digests;
  readonly #digests = new Map<string, Digests>();
  readonly #blocks = new Int32Array(16);

  /** `seed` has 32 hexadecimal digits. */
  constructor(seed: string, rowCount = GLB_ROWS) {
    this.rowCount = rowCount;
    this.#sip = new SipHashWords(
      Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(seed.slice(2 * i, 2 * i + 2), 16)),
    );
    this.#rowSeeds = this.#digestRows(4, (blocks, row) => (blocks[0] = swapBytes(row)));
  }

  /** The seed of a row in hexadecimal, for tests. */
  rowSeed(row: number): string {
    const { first, second } = this.#rowSeeds;
    return [first[row]!, second[row]!].map((word) => word.toString(16).padStart(8, '0')).join('');
  }

  /** Positions of the first two in each row, in pairs; −1 where there is no second. */
  rank(ids: readonly string[]): Int32Array {
    this.#forgetOldest(ids);
    const digests = ids.map((id) => this.#digestsOf(id));
    const table = new Int32Array(2 * this.rowCount).fill(-1);
    const isBefore = (row: number, a: Digests, b: Digests) =>
      a.first[row]! < b.first[row]! ||
      (a.first[row] === b.first[row] && a.second[row]! < b.second[row]!);
    for (let row = 0; row < this.rowCount; row++) {
      let primary = -1;
      let secondary = -1;
      for (let i = 0; i < digests.length; i++) {
        if (primary < 0 || isBefore(row, digests[i]!, digests[primary]!)) {
          secondary = primary;
          primary = i;
        } else if (secondary < 0 || isBefore(row, digests[i]!, digests[secondary]!)) {
          secondary = i;
        }
      }
      table[2 * row] = primary;
      table[2 * row + 1] = secondary;
    }
    return table;
  }

  /** Digests of those that are away are kept for their return, as many as there are backends. */
  #forgetOldest(ids: readonly string[]): void {
    const isPresent = new Set(ids);
    for (const id of this.#digests.keys()) {
      if (this.#digests.size <= 2 * ids.length + 1) return;
      if (!isPresent.has(id)) this.#digests.delete(id);
    }
  }

  #digestsOf(id: string): Digests {
    let digests = this.#digests.get(id);
    if (digests === undefined) {
      const address = addressBytes(id);
      const { first, second } = this.#rowSeeds;
      new Uint8Array(this.#blocks.fill(0).buffer).set(address, 8);
      digests = this.#digestRows(8 + address.length, (blocks, row) => {
        blocks[0] = swapBytes(first[row]!);
        blocks[1] = swapBytes(second[row]!);
      });
      this.#digests.set(id, digests);
    }
    return digests;
  }

  #digestRows(length: number, write: (blocks: Int32Array, row: number) => void): Digests {
    const digests = {
      first: new Uint32Array(this.rowCount),
      second: new Uint32Array(this.rowCount),
    };
    for (let row = 0; row < this.rowCount; row++) {
      write(this.#blocks, row);
      this.#sip.hash(this.#blocks, length);
      digests.first[row] = this.#sip.first;
      digests.second[row] = this.#sip.second;
    }
    return digests;
  }
}

/** Most bytes of an id that count, so that a message fits. */
const ADDRESS_MOST = 48;

/** The four bytes of an IPv4 address, the text of anything else. */
function addressBytes(id: string): Uint8Array {
  const isIpv4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(id);
  if (isIpv4) return Uint8Array.from(id.split('.'), Number);
  const bytes = utf8(id);
  if (bytes.length > ADDRESS_MOST) throw new RangeError(`"${id}" is longer than 48 bytes`);
  return bytes;
}

/** Swaps the pair of each row whose primary takes nothing new, as GLB does while one drains. */
export function swapUnusable(table: Int32Array, isUsable: (position: number) => boolean): void {
  for (let at = 0; at < table.length; at += 2) {
    const primary = table[at]!;
    if (isUsable(primary)) continue;
    table[at] = table[at + 1]!;
    table[at + 1] = primary;
  }
}

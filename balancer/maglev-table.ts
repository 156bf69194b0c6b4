import { hash64 } from './hash.ts';

export interface MaglevEntry {
  /** What the table holds for this entry's slots. */
  readonly owner: number;
  readonly id: string;
  readonly weight: number;
}

/**
 * Fills a Maglev table of `size` slots (a prime) as Envoy does: entries, sorted by id, take turns;
 * each claims the next free slot of its own permutation (offset + j · skip) mod size, where offset
 * and skip are XXH64 of the id with seeds 0 and 1. A lighter entry sits out turns so that claims
 * follow weights. Throws when there are more entries than slots.
 */
export function buildMaglevTable(entries: readonly MaglevEntry[], size: number): Int32Array {
  if (entries.length === 0 || entries.length > size) {
    throw new RangeError(`${entries.length} backends do not fit a Maglev table of ${size} slots`);
  }
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const totalWeight = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const weight = Float64Array.from(sorted, (entry) => entry.weight / totalWeight);
  const maxWeight = weight.reduce((most, each) => Math.max(most, each), 0);
  const target = new Float64Array(sorted.length);
  const next = Float64Array.from(sorted, ({ id }) => Number(hash64(id) % BigInt(size)));
  const skip = Float64Array.from(sorted, ({ id }) => Number(hash64(id, 1) % BigInt(size - 1)) + 1);
  const owners = new Int32Array(size).fill(-1);
  let filled = 0;
  for (let turn = 1; ; turn++) {
    for (let i = 0; i < sorted.length; i++) {
      if (turn * weight[i]! < target[i]!) continue;
      target[i]! += maxWeight;
      let slot = next[i]!;
      while (owners[slot] !== -1) slot = advance(slot, skip[i]!, size);
      owners[slot] = sorted[i]!.owner;
      next[i] = advance(slot, skip[i]!, size);
      if (++filled === size) return owners;
    }
  }
}

/** (slot + skip) mod size for slot < size and skip < size. */
function advance(slot: number, skip: number, size: number): number {
  const sum = slot + skip;
  return sum >= size ? sum - size : sum;
}

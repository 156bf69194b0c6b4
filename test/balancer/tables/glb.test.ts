import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  sipAbsorb,
  sipBlocks,
  sipDigest,
  sipFinish,
  sipStart,
} from '../../../balancer/hashes/siphash-words.ts';
import { siphash24 } from '../../../balancer/hashes/siphash.ts';
import { GlbTable } from '../../../balancer/tables/glb-table.ts';
import { readVectors } from '../read-vectors.ts';

const vectors = readVectors<{
  row_seeds: { seed: string; rows: Record<string, string> };
  tables: {
    seed: string;
    backends: { ip: string; state: string; healthy: boolean }[];
    rows_0_to_31: [number, number][];
    pair_counts_primary_secondary: Record<string, number>;
    sha256_of_65536_rows_u32le_pairs: string;
  }[];
}>('balancing/ch-glb-forwarding-table.json');

test('SipHash on words is SipHash', () => {
  const key = Uint8Array.from({ length: 16 }, (_, i) => i);
  const view = new DataView(key.buffer);
  for (let length = 0; length < 30; length++) {
    const message = Uint8Array.from({ length }, (_, i) => 7 * i + length);
    const state = sipStart(key);
    sipFinish(state, 0, sipBlocks(message), 0);
    const { first, second } = sipDigest;
    const digest = siphash24(view.getBigUint64(0, true), view.getBigUint64(8, true), message);
    const printed = new DataView(new ArrayBuffer(8));
    printed.setBigUint64(0, digest, true);
    expect([first, second]).toEqual([printed.getUint32(0), printed.getUint32(4)]);
    if (length < 8) continue;
    // The first block absorbed before, the rest as another message begins.
    const [low, high] = sipBlocks(message.subarray(0, 8));
    sipAbsorb(state, 0, low!, high!);
    sipFinish(state, 0, sipBlocks(message.subarray(8), 8), 0);
    expect(sipDigest).toEqual({ first, second });
  }
});

describe('the forwarding table of GLB, executed', () => {
  test('seeds of rows', () => {
    const table = new GlbTable(vectors.row_seeds.seed);
    for (const [row, seed] of Object.entries(vectors.row_seeds.rows)) {
      expect(table.rowSeed(Number(row))).toBe(seed);
    }
  });

  test.each(vectors.tables)('$seed', (expected) => {
    const { backends } = expected;
    const table = new GlbTable(expected.seed).rank(backends.map(({ ip }) => ip));
    swapUnusable(table, (i) => backends[i]!.state === 'active' && backends[i]!.healthy);
    const rows = expected.rows_0_to_31.map((_, row) => [table[2 * row], table[2 * row + 1]]);
    expect(rows).toEqual(expected.rows_0_to_31);
    const counts: Record<string, number> = {};
    for (let at = 0; at < table.length; at += 2) {
      const pair = `${table[at]},${table[at + 1]}`;
      counts[pair] = (counts[pair] ?? 0) + 1;
    }
    expect(counts).toEqual(expected.pair_counts_primary_secondary);
    const digest = createHash('sha256').update(new Uint8Array(table.buffer)).digest('hex');
    expect(digest).toBe(expected.sha256_of_65536_rows_u32le_pairs);
  });
});

/** As GLB's director does while a primary drains or is down; policies rank the others instead. */
function swapUnusable(table: Int32Array, isUsable: (position: number) => boolean): void {
  for (let at = 0; at < table.length; at += 2) {
    const primary = table[at]!;
    if (isUsable(primary)) continue;
    table[at] = table[at + 1]!;
    table[at + 1] = primary;
  }
}

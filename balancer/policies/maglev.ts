import { z } from 'zod';
import { utf8 } from '../hashes/bytes.ts';
import { murmur3x64Pair } from '../hashes/murmur.ts';
import { siphash24 } from '../hashes/siphash.ts';
import { hash64 } from '../hashes/xxhash.ts';
import { EnvoyBoundedLoad, hashBalanceFactor } from '../layers/envoy-bounded-load.ts';
import { loadBound } from '../options.ts';
import { definePolicy } from '../policy.ts';
import type { EligibleBackend } from '../pools/eligible-backend.ts';
import { MaglevTable, type MaglevEntry } from '../tables/maglev-table.ts';
import { TablePolicy } from '../tables/table-policy.ts';

/** Envoy's and Katran's default: the prime above 2¹⁶; the Maglev paper's small table. */
const DEFAULT_TABLE_SIZE = 65_537;

/** Envoy's greatest table. */
const MAX_TABLE_SIZE = 5_000_011;

const tableOptions = z.strictObject({
  table_size: z
    .int()
    .min(2)
    .max(MAX_TABLE_SIZE)
    .refine(isPrime, { error: 'the size of a Maglev table is a prime number, such as 65537' })
    .default(DEFAULT_TABLE_SIZE)
    .describe('slots of the table, a prime'),
  load_bound: loadBound().optional(),
});

function isPrime(candidate: number): boolean {
  if (candidate < 2) return false;
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

const byId = (a: EligibleBackend, b: EligibleBackend) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function permutation(owner: number, offsetHash: bigint, skipHash: bigint, size: number) {
  const offset = Number(offsetHash % BigInt(size));
  return { owner, offset, skip: Number(skipHash % BigInt(size - 1)) + 1 };
}

/**
 * Envoy's table: backends in order of id take turns, and a lighter one sits out turns so that
 * claims follow weights. Offset and skip are XXH64 of the id with seeds 0 and 1.
 */
export function buildEnvoyTable(backends: readonly EligibleBackend[], size: number): Int32Array {
  const sorted = [...backends].sort(byId);
  const entries = sorted.map(({ backend, id }) =>
    permutation(backend, hash64(id), hash64(id, 1), size),
  );
  const table = new MaglevTable(entries, size);
  // Nobody sits out a turn: turn · weight always exceeds (turn − 1) claims of that weight.
  if (sorted.every(({ weight }) => weight === sorted[0]!.weight)) return table.fillInTurn();
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const weight = Float64Array.from(sorted, (entry) => entry.weight / total);
  const maxWeight = weight.reduce((most, each) => Math.max(most, each), 0);
  const target = new Float64Array(sorted.length);
  for (let turn = 1; ; turn++) {
    for (let i = 0; i < sorted.length; i++) {
      if (turn * weight[i]! < target[i]!) continue;
      target[i]! += maxWeight;
      if (table.claim(i)) return table.owners;
    }
  }
}

/**
 * Maglev hashing (Eisenbud et al., NSDI 2016, §3.4) as in Envoy: one look into a table that all
 * backends fill in turn. Shares are even within about 1 % when the table has 100 slots a backend; a
 * change of membership moves a few times the keys that it must.
 */
export const maglev = definePolicy({
  name: 'maglev',
  summary: 'Looks the key up in a Maglev table (Envoy, XXH64): O(1), evenly filled.',
  options: tableOptions.extend({ hash_balance_factor: hashBalanceFactor() }),
  consistent: true,
  hashKey64: (text) => hash64(text),
  create: ({ table_size: size, load_bound: bound, hash_balance_factor: factor }) =>
    EnvoyBoundedLoad.around(
      new TablePolicy((backends) => buildEnvoyTable(backends, size), bound),
      factor,
    ),
});

/** go-maglev's SipHash key. */
const PAPER_KEY = 0xdeadbeefcafebaben;

export function buildPaperTable(backends: readonly EligibleBackend[], size: number): Int32Array {
  const entries = [...backends].sort(byId).map(({ backend, id }) => {
    const hash = siphash24(PAPER_KEY, 0n, utf8(id));
    return permutation(backend, hash >> 32n, hash & 0xffffffffn, size);
  });
  return new MaglevTable(entries, size).fillInTurn();
}

/** The table of the paper, without weights, with the hashes of go-maglev (SipHash-2-4). */
export const maglevPaper = definePolicy({
  name: 'maglev-paper',
  summary: 'Looks the key up in the Maglev table of the paper, which knows no weights.',
  options: tableOptions,
  consistent: true,
  hashKey64: (text) => siphash24(PAPER_KEY, 0n, utf8(text)),
  create: ({ table_size: size, load_bound: bound }) =>
    new TablePolicy((backends) => buildPaperTable(backends, size), bound),
});

/** A backend of Katran: its hash is the caller's; weights are whole numbers there. */
export interface KatranEntry {
  readonly owner: number;
  readonly hash: bigint;
  readonly weight: number;
}

/** `kHashSeed2`, `kHashSeed3`, `kHashSeed0`, `kHashSeed1` of `MaglevBase.cpp`. */
const KATRAN_SEEDS = [42n, 2718281828n, 0n, 2307n] as const;

function katranTable(entries: readonly KatranEntry[], size: number): MaglevTable {
  const permutations = entries.map(({ owner, hash }): MaglevEntry => {
    const [word0, word1, seed0, seed1] = KATRAN_SEEDS;
    const offsetHash = murmur3x64Pair(hash, word0, seed0);
    return permutation(owner, offsetHash, murmur3x64Pair(hash, word1, seed1), size);
  });
  return new MaglevTable(permutations, size, { wraps32: true });
}

/** Version 1: weight w claims w slots in the first turn and one in every later turn. */
export function buildKatranV1(entries: readonly KatranEntry[], size: number): Int32Array {
  const table = katranTable(entries, size);
  for (let isFirst = true; ; isFirst = false) {
    for (const [i, { weight }] of entries.entries()) {
      const claims = isFirst ? weight : 1;
      for (let claim = 0; claim < claims; claim++) if (table.claim(i)) return table.owners;
    }
  }
}

/** Version 2: every turn earns an entry its weight, and the greatest weight buys a slot. */
export function buildKatranV2(entries: readonly KatranEntry[], size: number): Int32Array {
  const table = katranTable(entries, size);
  const maxWeight = entries.reduce((most, { weight }) => Math.max(most, weight), 0);
  const earned = new Float64Array(entries.length);
  for (;;) {
    for (const [i, { weight }] of entries.entries()) {
      earned[i]! += weight;
      if (earned[i]! < maxWeight) continue;
      earned[i]! -= maxWeight;
      if (table.claim(i)) return table.owners;
    }
  }
}

function katranEntries(backends: readonly EligibleBackend[]): KatranEntry[] {
  return [...backends]
    .sort(byId)
    .map(({ backend, id, weight }) => ({ owner: backend, hash: hash64(id), weight }));
}

/**
 * Katran's first table. Shares follow weights only when these add up to about the size of the
 * table; when they exceed it, the last backends get nothing (katran#35, #92). A backend's hash is
 * XXH64 of its id.
 */
export const maglevKatranV1 = definePolicy({
  name: 'maglev-katran-v1',
  summary: 'The first Maglev table of Katran, whose weights count in the first turn only.',
  options: tableOptions,
  consistent: true,
  create: ({ table_size: size, load_bound: bound }) =>
    new TablePolicy((backends) => buildKatranV1(katranEntries(backends), size), bound),
});

/** Katran's second table: equal to the first for equal weights, and proportional otherwise. */
export const maglevKatranV2 = definePolicy({
  name: 'maglev-katran-v2',
  summary: 'The second Maglev table of Katran, in proportion to weights of any scale.',
  options: tableOptions,
  consistent: true,
  create: ({ table_size: size, load_bound: bound }) =>
    new TablePolicy((backends) => buildKatranV2(katranEntries(backends), size), bound),
});

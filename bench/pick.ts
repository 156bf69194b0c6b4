/**
 * Picks per second of every policy over 10, 100 and 1000 backends, beside npm's `hashring`, and the
 * time of a rebuild. Rounds alternate between all contestants; printed is the median, with the
 * spread of the rounds. A figure on a shared machine counts only against another of the same run.
 *
 *   npx tsx bench/pick.ts
 */
import { performance } from 'node:perf_hooks';
import HashRing from 'hashring';
import {
  createBalancer,
  mix32,
  policies,
  type BackendIndex,
  type Balancer,
  type PolicyDefinition,
} from '../balancer/index.ts';

const BACKEND_COUNTS = [10, 100, 1000];
const ROUNDS = 7;
const ROUND_MS = 40;
const KEYS = Uint32Array.from({ length: 1 << 14 }, (_, key) => mix32(key, 0));
const KEY_MASK = KEYS.length - 1;

interface Contestant {
  readonly name: string;
  readonly buildMs: number;
  /** Picks for `KEYS[from] … KEYS[from + count − 1]`; a sum, so that nothing is optimised away. */
  readonly pick: (from: number, count: number) => number;
  readonly perSecond: number[];
}

function policyContestant(definition: PolicyDefinition, options: object, n: number): Contestant {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const policy = definition.create(options, { random });
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (let i = 0; i < n; i++) balancer.add({ id: `backend-${i}`, weight: 1 });
  const buildMs = rebuildMs(balancer);
  const written = Object.entries(options).map(([key, value]) => ` ${key}=${value}`);
  return {
    name: definition.name + written.join(''),
    buildMs,
    perSecond: [],
    pick: (from, count) => {
      let sum = 0;
      for (let i = from; i < from + count; i++) sum += balancer.pick(KEYS[i & KEY_MASK]!, 0);
      return sum;
    },
  };
}

/** The least of three rebuilds, as the first runs in the interpreter; of one, if that is long. */
function rebuildMs(balancer: Balancer): number {
  let leastMs = Infinity;
  for (let rebuild = 0; rebuild < 3 && (rebuild === 0 || leastMs < 500); rebuild++) {
    balancer.pool.setEnabled(0 as BackendIndex, false);
    balancer.pool.setEnabled(0 as BackendIndex, true);
    const startMs = performance.now();
    balancer.pick(0, 0);
    leastMs = Math.min(leastMs, performance.now() - startMs);
  }
  return leastMs;
}

function hashringContestant(n: number): Contestant {
  const startMs = performance.now();
  const ring = new HashRing(Array.from({ length: n }, (_, i) => `backend-${i}`));
  const buildMs = performance.now() - startMs;
  const texts = Array.from(KEYS, String);
  return {
    name: 'npm hashring (string keys)',
    buildMs,
    perSecond: [],
    pick: (from, count) => {
      let sum = 0;
      for (let i = from; i < from + count; i++) sum += ring.get(texts[i & KEY_MASK]!).length;
      return sum;
    },
  };
}

function runRound(contestant: Contestant): void {
  const startMs = performance.now();
  let picks = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    contestant.pick(picks, 2000);
    picks += 2000;
    elapsedMs = performance.now() - startMs;
  }
  contestant.perSecond.push((picks / elapsedMs) * 1000);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function contestants(n: number): Contestant[] {
  // GLB is made for up to 256 backends: 65,536 hashes for each.
  const entries = policies
    .filter(({ name }) => name !== 'glb' || n <= 256)
    .map((definition) => policyContestant(definition, {}, n));
  const ring = policies.find(({ name }) => name === 'ring-hash')!;
  return [...entries, policyContestant(ring, { vnodes: 100 }, n), hashringContestant(n)];
}

const cells = new Map<string, string[]>();
for (const n of BACKEND_COUNTS) {
  const field = contestants(n);
  for (const contestant of field) contestant.pick(0, 20_000);
  for (let round = 0; round < ROUNDS; round++) field.forEach(runRound);
  for (const { name, perSecond, buildMs } of field) {
    const spread = (Math.max(...perSecond) - Math.min(...perSecond)) / median(perSecond);
    const millions = (median(perSecond) / 1e6).toFixed(2);
    const halfSpread = (50 * spread).toFixed(0).padStart(2);
    const cell = `${millions.padStart(8)} ±${halfSpread} % ${buildMs.toFixed(1).padStart(7)}`;
    cells.set(name, [...(cells.get(name) ?? []), cell]);
  }
}
const columns = BACKEND_COUNTS.map((n) => `n=${n}: M/s, build ms`.padStart(24));
console.log(['policy'.padEnd(28), ...columns].join(''));
for (const [name, row] of cells) {
  console.log([name.padEnd(28), ...row.map((cell) => cell.padStart(24))].join(''));
}

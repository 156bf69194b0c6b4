import { describe, expect, test } from 'vitest';
import {
  apertureOf,
  apertureWidth,
  createBalancer,
  deterministicSubset,
  policies,
  randomSubset,
  rocksteadierSubset,
  SubsetPolicy,
} from '../../../balancer/index.ts';
import { shuffleForRound } from '../../../balancer/subsetting/deterministic.ts';
import { vanDerCorput } from '../../../balancer/subsetting/rocksteadier.ts';
import { readVectors } from '../read-vectors.ts';

const vectors = readVectors<{
  sre: {
    backends: number;
    subset_size: number;
    round_permutation: number[][];
    subsets_by_client_0_to_7: number[][];
  };
  grpc_random_subsetting: { seed: number; subset_size: number; expected: string[] };
  finagle_d_aperture_width: {
    cases: { clients: number; remotes: number; aperture: number; width: number }[];
  };
}>('balancing/lb-subsetting.json');

function clientsByBackend(backendCount: number, subsets: readonly (readonly number[])[]): number[] {
  const counts = Array.from({ length: backendCount }, () => 0);
  for (const subset of subsets) for (const backend of subset) counts[backend]!++;
  return counts;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test('deterministic subsets of the SRE book', () => {
  const { backends, subset_size, round_permutation, subsets_by_client_0_to_7 } = vectors.sre;
  for (const [round, expected] of round_permutation.entries()) {
    expect(shuffleForRound(round, backends)).toEqual(expected);
  }
  for (const [client, expected] of subsets_by_client_0_to_7.entries()) {
    expect(deterministicSubset(client, backends, subset_size)).toEqual(expected);
  }
  // 300 clients × 10 of 100: each backend has 30, exactly.
  const subsets = range(300).map((client) => deterministicSubset(client, 100, 10));
  expect(new Set(clientsByBackend(100, subsets))).toEqual(new Set([30]));
});

describe('random subsets of gRPC', () => {
  test('as its test', () => {
    const { seed, subset_size, expected } = vectors.grpc_random_subsetting;
    const ids = range(10).map((i) => `endpoint-${i}`);
    // Go hashes the text of its address structure.
    const names = ids.map((id) => `{Addr: "${id}", ServerName: "", }`);
    expect(randomSubset(names, subset_size, seed).map((i) => ids[i])).toEqual(expected);
  });

  test('one backend less changes at most one member', () => {
    const names = range(100).map((i) => `b${i}`);
    for (const client of range(50)) {
      const before = new Set(randomSubset(names, 10, client).map((i) => names[i]));
      const fewer = names.slice(0, 99);
      const after = randomSubset(fewer, 10, client).map((i) => fewer[i]);
      expect(after.filter((name) => !before.has(name)).length).toBe(before.has('b99') ? 1 : 0);
    }
  });
});

describe('aperture of Finagle', () => {
  test.each(vectors.finagle_d_aperture_width.cases)('width $width', (row) => {
    expect(apertureWidth(row.clients, row.remotes, row.aperture)).toBe(row.width);
  });

  test.each([
    [10, 100],
    [7, 20],
    [30, 23],
  ])('%d clients cover %d backends evenly', (clients, backends) => {
    const load = Array.from({ length: backends }, () => 0);
    for (const client of range(clients)) {
      for (const { position, share } of apertureOf(client, clients, backends)) {
        load[position]! += share;
      }
    }
    const [first] = load;
    for (const each of load) expect(each).toBeCloseTo(first!, 6);
  });
});

describe('Rocksteadier', () => {
  test('the van der Corput sequence', () => {
    expect(range(6).map(vanDerCorput)).toEqual([0, 0.5, 0.25, 0.75, 0.125, 0.625]);
  });

  test('whole lots: every backend has the same number of clients, within one lot sequence', () => {
    const subsets = range(320).map((client) => rocksteadierSubset(client, 80, 8));
    for (const subset of subsets) expect(new Set(subset).size).toBe(8);
    expect(new Set(clientsByBackend(80, subsets))).toEqual(new Set([32]));
    // 4 of 8 lots each: lots start at points spread by van der Corput.
    const half = range(320).map((client) => rocksteadierSubset(client, 80, 4));
    expect(new Set(clientsByBackend(80, half))).toEqual(new Set([16]));
  });

  test('churn: one backend more touches few; random and deterministic beside it', () => {
    const changed = (choose: (client: number, backends: number) => number[]) => {
      let changes = 0;
      for (const client of range(200)) {
        const before = new Set(choose(client, 100));
        changes += choose(client, 101).filter((backend) => !before.has(backend)).length;
      }
      return changes / 200;
    };
    const steady = changed((client, n) => rocksteadierSubset(client, n, 10));
    const reshuffled = changed((client, n) => deterministicSubset(client, n, 10));
    expect(steady).toBeLessThan(1);
    expect(reshuffled).toBeGreaterThan(5);
  });
});

test('a policy over a subset picks among it only', () => {
  const inner = policies
    .find(({ name }) => name === 'round-robin')!
    .create({}, { random: () => 0 });
  const policy = new SubsetPolicy((ids) => randomSubset(ids, 3, 7), inner);
  const balancer = createBalancer({ policy, clock: { nowNs: 0 } });
  for (const i of range(10)) balancer.add({ id: `b${i}` });
  const expected = randomSubset(
    range(10).map((i) => `b${i}`),
    3,
    7,
  );
  expect(new Set(range(20).map(() => balancer.pick(0, 0)))).toEqual(new Set(expected));
});

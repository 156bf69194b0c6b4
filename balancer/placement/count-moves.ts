import type { Placement } from './place-keys.ts';

/** A backend before and after a change; shares are parts of all keys. */
export interface BackendShare {
  readonly id: string;
  /** Null while it is no member. */
  readonly weightBefore: number | null;
  readonly weightAfter: number | null;
  /** Weight ÷ total, or 1 ÷ members where the policy heeds no weights. */
  readonly fairBefore: number;
  readonly fairAfter: number;
  readonly keysBefore: number;
  readonly keysAfter: number;
  readonly movedAway: number;
  readonly movedHere: number;
}

export interface KeyMoves {
  readonly keyCount: number;
  readonly backends: readonly BackendShare[];
  /** Keys that changed their backend. */
  readonly moved: number;
  /**
   * The least that any policy must move: all keys of backends that left, and of those that stay
   * what their fair share fell by.
   */
  readonly unavoidable: number;
  /** Greatest share ÷ fair share, before and after; 1 is even. */
  readonly peakBefore: number;
  readonly peakAfter: number;
}

/** What a change of membership did to the keys of a placement. */
export function countMoves(placement: Placement, heedsWeights: boolean): KeyMoves {
  const { before, after, weightsBefore, weightsAfter } = placement;
  const away = new Map<string | null, number>();
  const here = new Map<string | null, number>();
  let moved = 0;
  before.forEach((owner, key) => {
    if (after[key] === owner) return;
    moved++;
    increase(away, owner);
    increase(here, after[key]!);
  });
  const keysBefore = countsOf(before);
  const keysAfter = countsOf(after);
  const fairBefore = fairShares(weightsBefore, heedsWeights);
  const fairAfter = fairShares(weightsAfter, heedsWeights);
  const ids = new Set([...weightsBefore.keys(), ...weightsAfter.keys()]);
  const backends = Array.from(ids, (id) => ({
    id,
    weightBefore: weightsBefore.get(id) ?? null,
    weightAfter: weightsAfter.get(id) ?? null,
    fairBefore: fairBefore.get(id) ?? 0,
    fairAfter: fairAfter.get(id) ?? 0,
    keysBefore: keysBefore.get(id) ?? 0,
    keysAfter: keysAfter.get(id) ?? 0,
    movedAway: away.get(id) ?? 0,
    movedHere: here.get(id) ?? 0,
  }));
  const keyCount = before.length;
  return {
    keyCount,
    backends,
    moved,
    unavoidable: unavoidableMoves(backends, keyCount),
    peakBefore: peakOf(backends.map((b) => [b.keysBefore / keyCount, b.fairBefore])),
    peakAfter: peakOf(backends.map((b) => [b.keysAfter / keyCount, b.fairAfter])),
  };
}

function unavoidableMoves(backends: readonly BackendShare[], keyCount: number): number {
  let least = 0;
  for (const { keysBefore, fairBefore, fairAfter } of backends) {
    if (fairAfter === 0) least += keysBefore;
    else least += keyCount * Math.max(0, fairBefore - fairAfter);
  }
  return least;
}

function fairShares(
  weights: ReadonlyMap<string, number>,
  heedsWeights: boolean,
): Map<string, number> {
  const parts = Array.from(weights, ([id, weight]): [string, number] => [
    id,
    heedsWeights ? weight : Math.sign(weight),
  ]);
  const total = parts.reduce((sum, [, part]) => sum + part, 0);
  return new Map(parts.map(([id, part]) => [id, total === 0 ? 0 : part / total]));
}

function peakOf(shares: readonly (readonly [share: number, fair: number])[]): number {
  return shares.reduce(
    (most, [share, fair]) => (fair === 0 ? most : Math.max(most, share / fair)),
    0,
  );
}

function countsOf(owners: readonly (string | null)[]): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const owner of owners) increase(counts, owner);
  return counts;
}

function increase(counts: Map<string | null, number>, owner: string | null): void {
  counts.set(owner, (counts.get(owner) ?? 0) + 1);
}

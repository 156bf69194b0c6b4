import {
  apertureOf,
  deterministicSubset,
  randomSubset,
  rocksteadierSubset,
} from '../../../balancer/index.ts';
import type { SubsetSpec } from '../../world.ts';

/** An instance among those of its POP. */
export interface SubsetClient {
  readonly instance: number;
  readonly instanceCount: number;
  readonly seed: number;
}

/** How much of each server, in the order of `ids`, one instance sees: 0 is nothing, 1 all of it. */
export function subsetShares(
  { kind, size }: SubsetSpec,
  { instance, instanceCount, seed }: SubsetClient,
  ids: readonly string[],
): number[] {
  const shares = ids.map(() => 0);
  if (kind === 'aperture') {
    for (const { position, share } of apertureOf(instance, instanceCount, ids.length, size)) {
      shares[position] = share;
    }
    return shares;
  }
  const chosen =
    kind === 'random'
      ? randomSubset(ids, size, seed)
      : kind === 'deterministic'
        ? deterministicSubset(instance, ids.length, size)
        : rocksteadierSubset(instance, ids.length, size);
  for (const position of chosen) shares[position] = 1;
  return shares;
}

import { apertureOf } from './aperture.ts';
import { deterministicSubset } from './deterministic.ts';
import { randomSubset } from './random.ts';
import { rocksteadierSubset } from './rocksteadier.ts';

export interface SubsetSettings {
  readonly kind: 'deterministic' | 'random' | 'rocksteadier' | 'aperture';
  /** Backends that a client sees. */
  readonly size: number;
}

/** One of the clients that share the backends. */
export interface SubsetClient {
  /** 0 … instanceCount − 1. */
  readonly instance: number;
  readonly instanceCount: number;
  /** Of random subsets: another one for each client. */
  readonly seed: number;
}

/**
 * How much of each backend, in the order of `ids`, one client sees: 0 is nothing, 1 all of it. A
 * holder disables what it does not see and multiplies the weights of the rest.
 */
export function subsetShares(
  { kind, size }: SubsetSettings,
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

import { hash64 } from '../hashes/xxhash.ts';

/**
 * gRPC's random subsetting (A68): the `subsetSize` backends with the smallest XXH64 under the
 * client's own seed. Needs no coordination and moves little when backends change; the number of
 * clients of a backend is as uneven as chance (binomial). Positions, in ascending order of hash.
 */
export function randomSubset(
  names: readonly string[],
  subsetSize: number,
  clientSeed: number,
): number[] {
  const hashed = names.map((name, position) => ({ position, hash: hash64(name, clientSeed) }));
  hashed.sort((a, b) => {
    if (a.hash !== b.hash) return a.hash < b.hash ? -1 : 1;
    return a.position - b.position;
  });
  return hashed.slice(0, subsetSize).map(({ position }) => position);
}

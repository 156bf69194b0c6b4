/** A new hash of a hash, by a number, and by a number and the count of the draw. */
export interface FlipHashes {
  flip(hash: number, leadingZeros: number): number;
  draw(hash: number, leadingZeros: number, count: number): number;
}

/** Draws before a key is sent to the lower half, as its authors suggest. */
const DRAWS = 64;

/**
 * FlipHash (Masson & Lee, arXiv 2402.17549): a bucket in [0, bucketCount). Within a power of two,
 * the bits below the highest one are flipped by a hash that depends on its place; what falls beyond
 * the last bucket is drawn again. Constant time; only the last bucket can leave.
 */
export function flipHash(hash: number, bucketCount: number, hashes: FlipHashes): number {
  if (bucketCount === 0) return 0;
  const zeros = Math.clz32(bucketCount);
  const mask = 0xffffffff >>> zeros;
  const first = withinPower(hash, mask, hashes);
  if (first < bucketCount) return first;
  const half = mask >>> 1;
  for (let count = 1; count <= DRAWS; count++) {
    const draw = (hashes.draw(hash, zeros, count) & mask) >>> 0;
    if (draw <= half) break;
    if (draw < bucketCount) return draw;
  }
  return withinPower(hash, half, hashes);
}

/** Zeros are counted in 64 bits, as the original does. */
function withinPower(hash: number, mask: number, hashes: FlipHashes): number {
  const bits = (hash & mask) >>> 0;
  if (bits === 0) return 0;
  const zeros = Math.clz32(bits);
  const flipper = hashes.flip(hash, 32 + zeros) & ((0xffffffff >>> zeros) >>> 1);
  return (bits ^ flipper) >>> 0;
}

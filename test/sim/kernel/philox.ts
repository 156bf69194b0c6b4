/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror & Shaw, SC 2011): four words that
 * are a function of a counter and a key. Here to check the engine's own streams against.
 */
export function philox4x32(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter as [number, number, number, number];
  let [k0, k1] = key as [number, number];
  for (let round = 0; round < 10; round++) {
    const product0 = BigInt(c0) * 0xd251_1f53n;
    const product1 = BigInt(c2) * 0xcd9e_8d57n;
    const next0 = (Number(product1 >> 32n) ^ c1 ^ k0) >>> 0;
    const next2 = (Number(product0 >> 32n) ^ c3 ^ k1) >>> 0;
    c1 = Number(product1 & 0xffff_ffffn);
    c3 = Number(product0 & 0xffff_ffffn);
    c0 = next0;
    c2 = next2;
    // Weyl sequences: the golden ratio and √3 − 1
    k0 = (k0 + 0x9e37_79b9) >>> 0;
    k1 = (k1 + 0xbb67_ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

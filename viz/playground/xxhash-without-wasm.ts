import xxhash from 'xxhashjs';

/**
 * Stands in for `xxhash-wasm` in the page, whose Content-Security-Policy lets no WebAssembly
 * compile: the same hashes in plain JavaScript, slower, of a few thousand names a run.
 */
async function loadXxhash() {
  const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
  return {
    h32: (text: string, seed = 0): number => xxhash.h32(bytesOf(text), seed).toNumber() >>> 0,
    h64: (text: string, seed = 0n): bigint =>
      BigInt(`0x${xxhash.h64(bytesOf(text), Number(seed)).toString(16)}`),
  };
}

// the name under which `xxhash-wasm` exports its loader
// oxlint-disable-next-line import/no-default-export
export { loadXxhash as default };

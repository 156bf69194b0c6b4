import xxhash from 'xxhash-wasm';

/**
 * XXHash of strings, which are hashed once, when a ring, a table or a key is made; what a pick
 * needs is `mix32`. The package compiles its WebAssembly (bytes inside it, nothing is fetched)
 * before this module finishes loading.
 */
const { h32, h64 } = await xxhash();

/** XXH32 of the UTF-8 bytes, as an unsigned 32-bit number. */
export function hash32(text: string, seed = 0): number {
  return h32(text, seed);
}

/** XXH64 of the UTF-8 bytes: what Envoy and gRPC place on rings and in tables. */
export function hash64(text: string, seed = 0): bigint {
  return h64(text, BigInt(seed));
}

import { rotateLeft64, word64, wrap64 } from './bytes.ts';

/**
 * SipHash-2-4 with 64-bit output (Aumasson & Bernstein 2012), under the key (k0, k1). Used by
 * go-maglev, go-mpchash and GLB while tables are built.
 */
export function siphash24(k0: bigint, k1: bigint, bytes: Uint8Array): bigint {
  const state: SipState = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  const wholeLength = bytes.length & ~7;
  for (let offset = 0; offset < wholeLength; offset += 8) compress(state, word64(bytes, offset));
  const lengthByte = BigInt(bytes.length & 0xff) << 56n;
  const tail = wholeLength < bytes.length ? word64(bytes, wholeLength) : 0n;
  compress(state, lengthByte | tail);
  state[2] ^= 0xffn;
  for (let round = 0; round < 4; round++) sipRound(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

type SipState = [bigint, bigint, bigint, bigint];

function compress(state: SipState, word: bigint): void {
  state[3] ^= word;
  sipRound(state);
  sipRound(state);
  state[0] ^= word;
}

function sipRound(state: SipState): void {
  let [v0, v1, v2, v3] = state;
  v0 = wrap64(v0 + v1);
  v1 = rotateLeft64(v1, 13n) ^ v0;
  v0 = rotateLeft64(v0, 32n);
  v2 = wrap64(v2 + v3);
  v3 = rotateLeft64(v3, 16n) ^ v2;
  v0 = wrap64(v0 + v3);
  v3 = rotateLeft64(v3, 21n) ^ v0;
  v2 = wrap64(v2 + v1);
  v1 = rotateLeft64(v1, 17n) ^ v2;
  v2 = rotateLeft64(v2, 32n);
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}

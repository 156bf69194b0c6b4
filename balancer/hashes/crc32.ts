/**
 * CRC-32 (IEEE 802.3, reflected polynomial EDB88320), the hash of nginx's rings. Kept in its raw,
 * uninverted state between pieces, because nginx continues a state for each point. (The native
 * package for checksums of files does not run in a page.)
 */
export const CRC32_START = 0xffffffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return remainder >>> 0;
});

/** The state after more bytes; begin with `CRC32_START`, end with `finishCrc32`. */
export function updateCrc32(state: number, bytes: Uint8Array): number {
  let next = state;
  for (let i = 0; i < bytes.length; i++) {
    next = (next >>> 8) ^ TABLE[(next ^ bytes[i]!) & 0xff]!;
  }
  return next >>> 0;
}

export function finishCrc32(state: number): number {
  return ~state >>> 0;
}

export function crc32(bytes: Uint8Array): number {
  return finishCrc32(updateCrc32(CRC32_START, bytes));
}

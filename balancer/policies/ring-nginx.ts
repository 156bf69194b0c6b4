import { z } from 'zod';
import { utf8 } from '../hashes/bytes.ts';
import { crc32, CRC32_START, finishCrc32, updateCrc32 } from '../hashes/crc32.ts';
import { definePolicy } from '../policy.ts';
import type { EligibleBackend } from '../pools/eligible-backend.ts';
import type { RingPoints } from '../rings/point-ring.ts';
import { RingPolicy } from '../rings/ring-policy.ts';

/** `ngx_http_upstream_init_chash`: points per unit of weight. */
const POINTS_PER_WEIGHT = 160;

function place(backends: readonly EligibleBackend[], ring: RingPoints): void {
  const previous = new Uint8Array(4);
  const previousWord = new DataView(previous.buffer);
  for (const { backend, id, weight } of backends) {
    const colon = id.lastIndexOf(':');
    const label = colon < 0 ? id : `${id.slice(0, colon)}\0${id.slice(colon + 1)}`;
    const base = updateCrc32(CRC32_START, utf8(label));
    const count = Math.max(1, Math.floor(weight * POINTS_PER_WEIGHT));
    let point = 0;
    for (let i = 0; i < count; i++) {
      previousWord.setUint32(0, point, true);
      point = finishCrc32(updateCrc32(base, previous));
      ring.place(point, backend);
    }
  }
}

/**
 * `hash KEY consistent` of nginx (`ngx_http_upstream_hash_module.c`), also Pingora's ketama: 160
 * points per unit of weight; each is the CRC-32 of host, NUL, port and the point before it. Of
 * points that coincide the first placed stays. Ids read `host:port`; keys are hashed by CRC-32.
 */
export const ringNginx = definePolicy({
  name: 'ring-nginx',
  summary: 'The consistent hash ring of nginx: 160 CRC-32 points per unit of weight.',
  options: z.strictObject({}),
  consistent: true,
  hashKey: (text) => crc32(utf8(text)),
  create: () => new RingPolicy({ place, dropEqual: true }),
});

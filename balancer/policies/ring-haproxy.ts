import { z } from 'zod';
import { utf8 } from '../hashes/bytes.ts';
import { avalanche, sdbm } from '../hashes/haproxy.ts';
import { definePolicy } from '../policy.ts';
import type { EligibleBackend } from '../pools/eligible-backend.ts';
import { HaproxySlots } from '../rings/load-limit.ts';
import type { RingPoints } from '../rings/point-ring.ts';
import { RingPolicy } from '../rings/ring-policy.ts';

/** `BE_WEIGHT_SCALE`: points per unit of weight. */
const POINTS_PER_WEIGHT = 16;

/** Point j of a server is `full_hash(id · 4096 + j)`. */
const POINTS_PER_SERVER_MAX = 4096;

function place(backends: readonly EligibleBackend[], ring: RingPoints): void {
  for (const { backend, weight } of backends) {
    const wanted = Math.floor(weight * POINTS_PER_WEIGHT);
    const count = Math.min(Math.max(1, wanted), POINTS_PER_SERVER_MAX);
    // HAProxy numbers its servers from 1 in the order of their declaration.
    const first = (backend + 1) * POINTS_PER_SERVER_MAX;
    for (let j = 0; j < count; j++) ring.place(avalanche(first + j), backend);
  }
}

/**
 * `hash-type consistent` of HAProxy (`lb_chash.c`): 16 points per unit of weight from the server's
 * number (its slot here), and a key belongs to the *nearest* point, before or after it. Weights of
 * 10 to 20 at least are advised there, for even shares. A change of weight moves only the keys of
 * the points that come or go. Keys are hashed by sdbm and the avalanche. With `hash_balance_factor`
 * a server takes no more than that per cent of its share of the requests in flight, and keys go on
 * clockwise.
 */
export const ringHaproxy = definePolicy({
  name: 'ring-haproxy',
  summary: 'The consistent hash ring of HAProxy: the nearest of 16 points per unit of weight.',
  options: z.strictObject({
    hash_balance_factor: z.int().min(101).max(100_000).optional().describe('per cent; 125 to 200'),
  }),
  consistent: true,
  hashKey: (text) => avalanche(sdbm(utf8(text))),
  create: ({ hash_balance_factor: factor }) => {
    const limit = factor === undefined ? undefined : new HaproxySlots(factor);
    return new RingPolicy({ place, rule: 'nearest' }, limit);
  },
});

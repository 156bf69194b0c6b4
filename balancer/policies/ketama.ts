import { md5 } from '@noble/hashes/legacy.js';
import { z } from 'zod';
import { utf8, word32 } from '../hashes/bytes.ts';
import { definePolicy } from '../policy.ts';
import type { EligibleBackend } from '../pools/eligible-backend.ts';
import type { RingPoints } from '../rings/point-ring.ts';
import { RingPolicy } from '../rings/ring-policy.ts';

/** Digests of a mean backend; each gives 4 points, so 160 points (Jones, libketama, 2007). */
const DIGESTS = 40;
const POINTS_PER_DIGEST = 4;

/** First little-endian word of MD5: how every ketama hashes its keys. */
export function ketamaKeyHash(text: string): number {
  return word32(md5(utf8(text)), 0);
}

/** A backend's digests: its share of the weight × 40 × number of backends, as a product rounds. */
type CountDigests = (share: number, backendCount: number) => number;

function layout(label: (id: string) => string, countDigests: CountDigests) {
  return (backends: readonly EligibleBackend[], ring: RingPoints) => {
    const total = backends.reduce((sum, { weight }) => sum + weight, 0);
    for (const { backend, id, weight } of backends) {
      const digests = countDigests(weight / total, backends.length);
      for (let k = 0; k < digests; k++) {
        const digest = md5(utf8(`${label(id)}-${k}`));
        for (let part = 0; part < POINTS_PER_DIGEST; part++) {
          ring.place(word32(digest, 4 * part), backend);
        }
      }
    }
  };
}

/** The products compute in C floats, whose rounding decides between 39 and 40 digests. */
const countLibketama: CountDigests = (share, backendCount) =>
  Math.floor(Math.fround(Math.fround(share) * DIGESTS * backendCount));

const countLibmemcached: CountDigests = (share, backendCount) =>
  Math.floor(Math.fround(Math.fround(share) * DIGESTS * backendCount + 1e-10));

const DEFAULT_MEMCACHED_PORT = ':11211';

function withoutDefaultPort(id: string): string {
  return id.endsWith(DEFAULT_MEMCACHED_PORT) ? id.slice(0, -DEFAULT_MEMCACHED_PORT.length) : id;
}

/**
 * libketama (Jones 2007): MD5 of `ID-k`, 40 digests of 4 points for a backend of mean weight. A
 * change of membership changes everybody's share, hence, with unequal weights, everybody's points.
 */
export const ketama = definePolicy({
  name: 'ketama',
  summary: 'The ring of libketama: 160 MD5 points for a backend of mean weight.',
  options: z.strictObject({}),
  consistent: true,
  hashKey: ketamaKeyHash,
  create: () => new RingPolicy({ place: layout((id) => id, countLibketama) }),
});

/**
 * `MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED` of libmemcached 1.1: libketama with another rounding, and
 * without the port in the label when it is 11211. Ids read `host:port`.
 */
export const ketamaLibmemcached = definePolicy({
  name: 'ketama-libmemcached',
  summary: 'The weighted ketama ring of libmemcached, whose labels leave port 11211 out.',
  options: z.strictObject({}),
  consistent: true,
  hashKey: ketamaKeyHash,
  create: () => new RingPolicy({ place: layout(withoutDefaultPort, countLibmemcached) }),
});

/**
 * `KetamaNodeLocator` of spymemcached: 40 digests for every backend whatever its weight, labelled
 * with what Java prints for its socket address. `leading_slash` labels `/ip:port`, as versions do
 * that do not strip the slash: most keys then go elsewhere.
 */
export const ketamaSpymemcached = definePolicy({
  name: 'ketama-spymemcached',
  summary: 'The unweighted ketama ring of spymemcached: 160 MD5 points for every backend.',
  options: z.strictObject({
    leading_slash: z.boolean().default(false).describe('whether labels begin with a slash'),
  }),
  consistent: true,
  hashKey: ketamaKeyHash,
  create: ({ leading_slash: hasSlash }) =>
    new RingPolicy({
      place: layout(
        (id) => (hasSlash ? `/${id}` : id),
        () => DIGESTS,
      ),
    }),
});

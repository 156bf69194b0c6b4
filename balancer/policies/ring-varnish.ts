import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { utf8, word32 } from '../hashes/bytes.ts';
import { duration, probability } from '../options.ts';
import { definePolicy } from '../policy.ts';
import type { EligibleBackend } from '../pools/eligible-backend.ts';
import type { RingPoints } from '../rings/point-ring.ts';
import { RingPolicy } from '../rings/ring-policy.ts';
import { ShardRamp } from '../rings/shard-ramp.ts';

/** The last 4 bytes of SHA-256, little-endian: Varnish's points, and its `KEY`. */
export function shardHash(text: string): number {
  return word32(sha256(utf8(text)), 28);
}

function place(replicas: number, backends: readonly EligibleBackend[], ring: RingPoints): void {
  for (const { backend, id, weight } of backends) {
    const count = Math.max(1, Math.floor(replicas * weight));
    for (let i = 0; i < count; i++) ring.place(shardHash(`${id}${i}`), backend);
  }
}

/**
 * The shard director of Varnish (`vmod_directors_shard`): 67 points per unit of weight at SHA-256
 * of the backend's name and a number, and its `warmup` and `rampup` (see `ShardRamp`).
 */
export const ringVarnish = definePolicy({
  name: 'ring-varnish',
  summary: 'The shard director of Varnish: 67 SHA-256 points per unit of weight.',
  options: z.strictObject({
    replicas: z.int().min(1).max(65_536).default(67).describe('points per unit of weight'),
    warmup: probability().default(0).describe('part of a key’s requests for its alternative'),
    rampup: duration().prefault('0s').describe('how long one that came back shares its keys'),
  }),
  consistent: true,
  hashKey: shardHash,
  create: ({ replicas, warmup, rampup: rampupNs }, { random }) => {
    const ring = new RingPolicy({ place: (backends, points) => place(replicas, backends, points) });
    if (warmup === 0 && rampupNs === 0) return ring;
    return new ShardRamp(ring, { warmup, rampupNs }, random);
  },
});

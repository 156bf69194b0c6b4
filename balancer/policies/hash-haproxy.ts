import { z } from 'zod';
import { utf8 } from '../hashes/bytes.ts';
import { sdbm } from '../hashes/haproxy.ts';
import { definePolicy } from '../policy.ts';
import { serverMap } from '../tables/haproxy-map.ts';
import { TablePolicy } from '../tables/table-policy.ts';

/**
 * HAProxy's default `hash-type map-based` (`lb_map.c`): the key's hash modulo the server map.
 * Perfectly even, but any change of membership or weight moves nearly all keys. Keys are hashed by
 * sdbm, without the avalanche.
 */
export const hashHaproxy = definePolicy({
  name: 'hash-haproxy',
  summary: 'The key modulo a map in which each backend stands as its weight says (HAProxy).',
  options: z.strictObject({}),
  consistent: true,
  hashKey: (text) => sdbm(utf8(text)),
  create: () => new TablePolicy(serverMap),
});

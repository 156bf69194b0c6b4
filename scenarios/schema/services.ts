import { z } from 'zod';
import { durationDistribution } from './distributions.ts';
import { record } from './pieces.ts';
import { originHealthSettings } from './health.ts';
import { count, duration, onOff, rate } from './quantities.ts';
import { popularity, sentence } from './traffic-sentences.ts';
import { parseCount } from './numerals.ts';
import { parseSize } from '../../topology/index.ts';
import { nearestName } from '../suggest.ts';
import { coded } from './issue-text.ts';

/** What stands behind and beside the servers: caches and origins. */

/** `8TiB per server`, `2000 objects`, `2000 objects per server`. */
function capacity() {
  type Capacity = { readonly bytes: number; readonly objects: number };
  const form = '8TiB per server or 2000 objects';
  return sentence<Capacity>('a cache capacity', form, (written) => {
    const text = written.replace(/ per server$/, '');
    const objects = /^(\S+) objects?$/.exec(text);
    if (objects !== null) {
      const parsed = parseCount(objects[1]!);
      if (!parsed.ok || parsed.value < 1) return null;
      return { bytes: Infinity, objects: parsed.value };
    }
    const per = / per (\S+)$/.exec(text)?.[1] ?? '';
    if (nearestName(per, ['server']) !== undefined) {
      return coded('E0206', `'${written}' is not a cache capacity`, "did you mean 'server'?");
    }
    const unit = /^\S+ (\S+)$/.exec(text)?.[1] ?? '';
    if (nearestName(unit, ['objects']) !== undefined) {
      return coded('E0206', `'${written}' is not a cache capacity`, "did you mean 'objects'?");
    }
    const parsed = parseSize(text);
    if (!parsed.ok) return coded('E0206', parsed.message, parsed.hint);
    return parsed.value > 0 ? { bytes: parsed.value, objects: Infinity } : null;
  });
}

const tier = {
  capacity: capacity()
    .optional()
    .describe('each server: bytes or objects; default 1TiB per server'),
  policy: z.string().optional().describe('eviction; default lru'),
  hash: z
    .enum(['server', 'rendezvous'])
    .optional()
    .describe('server: who took the request looks (default); rendezvous: the object’s owner does'),
  collapse_requests: onOff()
    .optional()
    .describe('one fetch for all who wait for the same object; default on'),
};

export const cacheSettings = z.strictObject({
  ...tier,
  edge: z.strictObject(tier).optional().describe('the tier in every POP'),
  shield: z
    .strictObject({
      pops: z.array(z.string()).min(1).describe('POPs that fetch on behalf of the others'),
      ...tier,
    })
    .optional(),
  stale_if_error: duration().optional().describe('RFC 5861; default 0s'),
  stale_while_revalidate: duration().optional().describe('RFC 5861; default 0s'),
  ttl: duration().optional().describe('for classes that do not say'),
  objects: count(1).optional().describe('for classes that do not say'),
  popularity: popularity().optional().describe('for classes that do not say'),
});

export type CacheSettings = z.output<typeof cacheSettings>;

export const originSettings = record(
  z.strictObject({
    near: z.string().optional().describe('POP beside which it stands'),
    latency: duration().optional().describe('round trip from that POP; default 0s'),
    servers: count(0).optional().describe('0 (default): answers any number at once'),
    concurrency: count(1).optional().describe('requests that a server serves at once; default 1'),
    queue: z
      .union([count(0), z.literal('unlimited')])
      .optional()
      .describe('a server; default unlimited'),
    service_time: durationDistribution().optional().describe('default 0s'),
    capacity: rate()
      .optional()
      .describe(
        'sets concurrency so that all slots together serve this rate at the mean service time',
      ),
    timeout: duration().optional().describe('to the first byte; default 15s'),
    connect_timeout: duration().optional().describe('default 1s'),
    retries: count(0, 10).optional().describe('default 0'),
    connections: count(1).optional().describe('from all POPs together; default unlimited'),
    health: originHealthSettings
      .optional()
      .describe('of its servers, as every POP sees them; default all are used'),
    balancer: z.unknown().optional().describe('policy among its servers; default least-request'),
  }),
);

export type OriginSettings = z.output<typeof originSettings>;

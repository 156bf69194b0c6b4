import { z } from 'zod';
import { entityName, oneOrMore, record } from './pieces.ts';
import { count, duration, durationRange, onOff, share } from './quantities.ts';

/** How clients find a POP. */

const CIDR = /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$|^[0-9a-f:]+\/\d{1,3}$/i;

const bgp = z.strictObject({
  mrai: duration()
    .optional()
    .describe('least interval of updates to a neighbour; default 30s (RFC 4271)'),
  hold_timer: duration()
    .optional()
    .describe('silence until a neighbour is dead; default 90s (RFC 4271)'),
  bfd: onOff()
    .optional()
    .describe('RFC 5880: a dead neighbour is found in under a second; default off'),
  propagation: durationRange('per-as')
    .optional()
    .describe('delay of an update at each AS, drawn evenly; default per-as 250ms..2s'),
});

export const prefixSettings = record(
  z.strictObject({
    cidr: z.string().regex(CIDR, 'an address block is written 203.0.113.0/24').optional(),
    announce: z
      .strictObject({
        from: z
          .union([z.literal('all'), z.array(entityName())])
          .optional()
          .describe('POPs; default all'),
        via: oneOrMore(z.enum(['transit', 'ixp']))
          .optional()
          .describe('default [transit, ixp]'),
      })
      .optional(),
    prepend: z.record(z.string(), count(0, 32)).optional().describe('extra AS_PATH hops per POP'),
    bgp: bgp.optional(),
  }),
);

export const dnsSettings = z.strictObject({
  ttl: duration().optional().describe('of answers; default 60s'),
  clients_ignoring_ttl: share().optional().describe('keep an answer past its TTL; default 0%'),
  ecs: share().optional().describe('resolvers that send the client subnet (RFC 7871); default 35%'),
  remote_resolvers: share().optional().describe('clients whose resolver is far away; default 5%'),
  failover: duration().optional().describe('until a dead POP is no longer answered; default 30s'),
});

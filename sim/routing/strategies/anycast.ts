import { z } from 'zod';
import { defineRoutingStrategy } from '../routing-strategy.ts';

/** One prefix, `www`, from every POP: BGP alone decides where clients go. */
export const anycast = defineRoutingStrategy({
  name: 'anycast',
  summary: 'One prefix announced by all POPs; BGP decides which one a client reaches.',
  options: z.strictObject({}),
  create: ({ network }) => ({
    prefixes: [{ name: 'www', pops: network.popNames.map((_, pop) => pop) }],
    addressing: 'fixed',
    choose: () => 0,
  }),
});

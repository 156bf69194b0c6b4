import { z } from 'zod';
import { cheapestPop, defineRoutingStrategy, unicastPrefixes } from '../routing-strategy.ts';

/** The bound for all others: each client uses the live POP of lowest RTT, and knows it at once. */
export const nearest = defineRoutingStrategy({
  name: 'nearest',
  summary: 'Oracle: every client uses the live POP of lowest RTT, without any delay of knowledge.',
  options: z.strictObject({}),
  create: ({ network, unicastRttNs }) => ({
    prefixes: unicastPrefixes(network),
    addressing: 'oracle',
    choose: (region, isUsable) =>
      cheapestPop(network.popCount, isUsable, (pop) => unicastRttNs(region, pop)),
  }),
});

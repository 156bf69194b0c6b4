import { z } from 'zod';
import { cheapestPop, defineRoutingStrategy, unicastPrefixes } from '../routing-strategy.ts';

/** DNS answers with the POP of lowest measured RTT from where whoever asks stands. */
export const dnsLatency = defineRoutingStrategy({
  name: 'dns-latency',
  summary: 'DNS answers with the POP of lowest RTT from the resolver (or client, with ECS).',
  options: z.strictObject({}),
  create: ({ network, unicastRttNs }) => ({
    prefixes: unicastPrefixes(network),
    addressing: 'dns',
    choose: (region, isUsable) =>
      cheapestPop(network.popCount, isUsable, (pop) => unicastRttNs(region, pop)),
  }),
});
